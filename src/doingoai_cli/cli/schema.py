"""`doingoai schema`: JSON Schema of the models and of the JSON output."""

from doingoai_cli import pipeline
from doingoai_cli.cli.ending import put

EXAMPLE = "doingoai schema > schema.json"


def command() -> int:
    """In JSON Schema của các bản ghi và của kết quả dạng JSON (check, merge)."""
    put(pipeline.schema.schema(), None)
    return 0
