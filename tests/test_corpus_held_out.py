"""Rows as offices write them, each with the codes that the rules ask of it, checked as whole workbooks."""

from pathlib import Path

import pytest
from heldout import CORPUS, cases, found


@pytest.mark.parametrize("corpus", sorted(CORPUS.glob("*.yaml")), ids=lambda path: path.stem)
def test_corpus_agrees_with_the_rules(corpus: Path, tmp_path: Path) -> None:
    rows = list(cases(corpus))
    disagreements = [
        f"{case.form} {dict(case.fields)}: {list(codes)} instead of {list(case.expect)} ({case.why})"
        for case, codes in zip(rows, found(rows, tmp_path), strict=True)
        if codes != case.expect
    ]
    assert not disagreements, "\n".join(disagreements)
