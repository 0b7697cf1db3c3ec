"""The tables of words under `vietnamese/data/`: read alike, no word twice in a class."""

from pathlib import Path

import pytest

from doingoai_cli.vietnamese import tables

FILES = sorted(path.name for path in tables._DATA.glob("*.tsv"))
OF_WORDS = [name for name in FILES if all(len(row) == 2 for row in tables.rows(name))]


def test_a_class_may_have_several_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_DATA", tmp_path)
    (tmp_path / "words.tsv").write_text("# what they are\na\tx|y\nb\tz\na\tw\n", encoding="utf-8")
    assert tables.names.__wrapped__("words.tsv") == {"a": ("x", "y", "w"), "b": ("z",)}


@pytest.mark.parametrize("name", OF_WORDS)
def test_no_word_stands_twice_in_a_class(name: str) -> None:
    for listed in tables.names(name).values():
        assert all(word.strip() == word for word in listed)
        assert len(set(listed)) == len(listed)
