"""The conformance corpus: rows invented from the specification, each with its codes and the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rows import files_of, findings

from doingoai_cli.yamlfile import load_file

CORPUS = Path(__file__).parent / "corpus"


def cases() -> Iterator[Any]:
    for path in sorted(CORPUS.glob("*.yaml")):
        located = load_file(path)
        for at, case in enumerate(located.data["cases"]):
            row = {"form": located.data["form"], **case}
            expected, why = row.pop("expect"), row.pop("why")
            line = located.lines[("cases", at)]
            yield pytest.param(
                row, [expected] if isinstance(expected, str) else expected, why, id=f"{path.stem}:{line}"
            )


CASES = list(cases())


@pytest.mark.parametrize(("row", "expected", "why"), CASES)
def test_a_row_gives_exactly_its_codes(row: dict[str, str], expected: list[str], why: str) -> None:
    found = findings(*files_of([row]))
    assert sorted(f.code for f in found) == sorted(expected), why


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(CASES) >= 300
