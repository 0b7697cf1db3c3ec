#!/usr/bin/env bash
# python-calamine 0.9.1: the type stubs declare `SheetTypeEnum` and `SheetVisibleEnum` as `enum.Enum`, but at run time
# they are plain classes: their members have neither `.name` nor `.value`, the classes cannot be iterated. Code that a
# type checker accepts (`sheet.visible.name`) raises AttributeError.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1
"$folder/env/bin/python" - <<'PYTHON'
import enum
import sys
from importlib.metadata import version
from pathlib import Path

import python_calamine

stub = (Path(python_calamine.__file__).parent / "_python_calamine.pyi").read_text()
declared = "class SheetVisibleEnum(enum.Enum)" in stub
is_enum = issubclass(python_calamine.SheetVisibleEnum, enum.Enum)
has_name = hasattr(python_calamine.SheetVisibleEnum.Visible, "name")
print(f"python-calamine {version('python-calamine')}: stub says Enum: {declared}; is one: {is_enum}; has .name: {has_name}")
sys.exit(0 if declared and not is_enum and not has_name else 1)
PYTHON
