#!/usr/bin/env bash
# typer 0.29.2: the converter of an option ("lazy definition to avoid up-front costs", says its source) is a pydantic
# TypeAdapter that is built whenever the option is processed, also where the option was not given: the value None is
# then returned without asking it. A command of twenty optional options, called with none, builds twenty-one
# validators (with that of --help) and uses none of them; a flag (bool) is spared.
# Expected: no validator for an option that has no value.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check typer==0.29.2 pydantic==2.14.3
"$folder/env/bin/python" - <<'PYTHON'
import inspect
import sys

import pydantic
import typer
from typer import _adapters
from typer.main import get_command

built = []
build = _adapters.build_adapter


def counted(annotation, parameter_info):
    built.append(annotation)
    return build(annotation, parameter_info)


_adapters.build_adapter = counted


def command(**options):
    assert all(value is None for value in options.values()), options


command.__signature__ = inspect.Signature(
    [
        inspect.Parameter(f"o{n}", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=(str | None, int | None)[n % 2])
        for n in range(20)
    ]
)
command.__annotations__ = {name: p.annotation for name, p in command.__signature__.parameters.items()}
app = typer.Typer(add_completion=False)
app.command()(command)
get_command(app)(args=[], standalone_mode=False)
print(f"typer {typer.__version__}, pydantic {pydantic.VERSION}: 20 options, none given: {len(built)} validators built (one is that of --help)")
sys.exit(0 if len(built) == 21 else 1)
PYTHON
