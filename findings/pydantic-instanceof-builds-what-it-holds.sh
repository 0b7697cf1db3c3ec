#!/usr/bin/env bash
# pydantic 2.14.3: a field `InstanceOf[Part]`, which validates nothing but isinstance, builds the whole schema of Part again
# for every class that has such a field, to describe Part as JSON, even where no JSON schema is ever asked for.
# Expected of "only an instance check": the cost of a check, whatever Part holds.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.3
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys

import pydantic
from pydantic import GetCoreSchemaHandler, InstanceOf, TypeAdapter
from pydantic.dataclasses import dataclass

built = []


class Part:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> object:
        built.append(cls.__name__)
        return handler(int)


@dataclass
class One:
    part: InstanceOf[Part]


@dataclass
class Other:
    parts: tuple[InstanceOf[Part], ...]


TypeAdapter(One).validate_python({"part": Part()})
Other((Part(),))
print(f"pydantic {pydantic.VERSION}: two classes hold InstanceOf[Part]; schemas built of Part: {len(built)}")
sys.exit(0 if len(built) >= 2 else 1)
PYTHON
