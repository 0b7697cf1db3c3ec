"""The conformance corpus: rows invented from the specification, each with its codes and the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rows import files_of, findings

from doingoai_cli.yamlfile import load_file

CORPUS = Path(__file__).parent / "corpus"


def single_rows() -> Iterator[Any]:
    for path in sorted(CORPUS.glob("*.yaml")):
        located = load_file(path)
        for at, case in enumerate(located.data["cases"]):
            row = {"form": located.data["form"], **case}
            expected, why = row.pop("expect"), row.pop("why")
            yield pytest.param(row, expected, why, id=f"{path.stem}:{located.lines[('cases', at)]}")


def several_rows() -> Iterator[Any]:
    for path in sorted((CORPUS / "across").glob("*.yaml")):
        located = load_file(path)
        for at, case in enumerate(located.data["cases"]):
            yield pytest.param(case["rows"], case["why"], id=f"{path.stem}:{located.lines[('cases', at)]}")


def as_list(expected: str | list[str]) -> list[str]:
    return [expected] if isinstance(expected, str) else sorted(expected)


SINGLE, SEVERAL = list(single_rows()), list(several_rows())


@pytest.mark.parametrize(("row", "expected", "why"), SINGLE)
def test_a_row_gives_exactly_its_codes(row: dict[str, str], expected: str | list[str], why: str) -> None:
    found = findings(*files_of([row]))
    assert sorted(f.code for f in found) == as_list(expected), why


@pytest.mark.parametrize(("rows", "why"), SEVERAL)
def test_rows_together_give_exactly_their_codes(rows: list[dict[str, Any]], why: str) -> None:
    rows = [dict(row) for row in rows]
    wanted = [as_list(row.pop("expect")) for row in rows]
    files = files_of([{**row, "remember": str(at)} for at, row in enumerate(rows)], keep="remember")
    found = findings(*files)
    places = {(*r.provenance[:2], r.provenance.row): int(r.extras["remember"]) for f in files for r in f.records}
    got: list[list[str]] = [[] for _ in rows]
    for finding in found:
        got[places[finding.file, finding.sheet, finding.row]].append(finding.code)
    assert got == wanted, why


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(SINGLE) + sum(len(case.values[0]) for case in SEVERAL) >= 300
