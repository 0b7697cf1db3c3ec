#!/bin/sh
# pydantic 2.14.3: the JSON Schema of a keyword-only pydantic dataclass lists a field declared with Field(...) before
# those declared without it, while the dataclass itself and what is dumped keep the declared order. The same class
# without kw_only, or with a plain default, is in order. Whoever reads the order of `properties` as the order of the
# output is misled.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pydantic==2.14.3"
"$folder/venv/bin/python" - <<'PYTHON'
import dataclasses
import sys

import pydantic
from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass


@dataclass(kw_only=True)
class WithField:
    first: int
    second: int
    last: int | None = Field(default=None)


@dataclass(kw_only=True)
class Plain:
    first: int
    second: int
    last: int | None = None


def orders(kind):
    adapter = TypeAdapter(kind)
    schema = list(adapter.json_schema()["properties"])
    dumped = list(adapter.dump_python(kind(first=1, second=2)))
    declared = [field.name for field in dataclasses.fields(kind)]
    print(f"{kind.__name__}: declared {declared}, dumped {dumped}, schema {schema}")
    return declared, dumped, schema


print("pydantic", pydantic.VERSION)
declared, dumped, schema = orders(WithField)
plain = orders(Plain)
same = declared == dumped == ["first", "second", "last"] and schema == ["last", "first", "second"]
sys.exit(0 if same and plain[0] == plain[2] else 1)
PYTHON
