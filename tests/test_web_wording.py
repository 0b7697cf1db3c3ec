"""The page speaks of its own fields and buttons, not of the options of commands."""

import re
from pathlib import Path

import pytest

import doingoai_cli
from doingoai_cli.web.wording import PHRASES, on_page

SOURCE = Path(doingoai_cli.__file__).parent


def _said() -> str:
    """All texts of the program, pieces of one text joined."""
    files = (p.read_text(encoding="utf-8") for p in SOURCE.rglob("*.py") if p.name != "wording.py")
    return re.sub(r'"\s*\n\s*f?"', "", "\n".join(files))


def test_every_phrase_is_one_that_the_program_says() -> None:
    said = _said()
    assert [phrase for phrase in PHRASES if phrase not in said] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_option_is_left(phrase: str) -> None:
    told = on_page(f"Trước. {phrase} Sau.")
    assert "--" not in told
    assert "doingoai " not in told
    assert told.startswith("Trước. ")
    assert told.endswith(" Sau.")
