"""Rule packs as text: listed, explained, compared, validated."""

import json
from pathlib import Path

from doingoai_cli import messages, resources
from doingoai_cli.checks.pack import Pack, choose_pack, load_pack
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.findings import Severity
from doingoai_cli.pipeline.workspace import find_workspace
