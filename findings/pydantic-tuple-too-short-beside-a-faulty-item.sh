#!/usr/bin/env bash
# pydantic 2.14.3: a `tuple[int, ...]` of at least one item that is given one faulty item is refused for two reasons: the item,
# and being too short ("actual_length": 0), since only items that passed are counted. A list, a set, a frozenset and a
# dictionary with the same bound are refused for the item alone.
# Expected of one input: one reason, in every kind of collection.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.3
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys
from typing import Annotated, Any

import pydantic
from pydantic import Field, TypeAdapter, ValidationError


def reasons(kind: Any, given: object) -> list[str]:
    try:
        TypeAdapter(Annotated[kind, Field(min_length=1)]).validate_python(given)
    except ValidationError as error:
        return [item["type"] for item in error.errors()]
    return []


found = {
    "tuple": reasons(tuple[int, ...], ["x"]),
    "list": reasons(list[int], ["x"]),
    "set": reasons(set[int], ["x"]),
    "frozenset": reasons(frozenset[int], ["x"]),
    "dict": reasons(dict[str, int], {"a": "x"}),
}
print(f"pydantic {pydantic.VERSION}: one faulty item, at least one wanted")
for kind, why in found.items():
    print(f"  {kind}: {', '.join(why)}")
expected = {kind: ["int_parsing"] for kind in found} | {"tuple": ["int_parsing", "too_short"]}
sys.exit(found != expected)
PYTHON
