"""Letters saved by Outlook (.msg): in a code page, with letters attached, with links."""

import unicodedata
from datetime import UTC, datetime

import pytest
from oldbinaries import attached_letter, outlook_letter

from doingoai_cli.readers.contents import DEEPEST, Contents, open_contents
from doingoai_cli.readers.unreadable import Unreadable

_DAY = datetime(2019, 9, 11, 8, 30, tzinfo=UTC)
_SENDER = "Văn thư <vt@a.vn>"


def opened(data: bytes) -> Contents:
    found = open_contents(data, "thu.msg")
    assert isinstance(found, Contents)
    return found


def as_windows_writes(text: str) -> str:
    """Tones stand behind their vowels in code page 1258."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = (unicodedata.normalize("NFD", one) for one in text)
    return "".join(
        unicodedata.normalize("NFC", "".join(c for c in part if c not in tones))
        + "".join(c for c in part if c in tones)
        for part in parts
    )


@pytest.mark.parametrize("code_page", [0, 65001, 1258])
def test_names_are_read_in_the_letter_s_code_page(code_page: int) -> None:
    """Of its attachments it is not said again."""
    spelt = as_windows_writes if code_page == 1258 else str
    subject, name = "Kế hoạch đoàn ra", "Biểu mẫu của Sở Nội vụ.xlsx"
    found = opened(outlook_letter(_SENDER, spelt(subject), _DAY, {spelt(name): b"x"}, code_page))
    assert (found.sender, found.subject) == (_SENDER if code_page != 1258 else "Văn thư <vt@a.vn>", subject)
    assert [(item.name, item.data) for item in found.items] == [(name, b"x")]
    assert found.sent == _DAY.astimezone().replace(tzinfo=None)


def test_a_letter_within_a_letter_is_read_with_what_it_says() -> None:
    inner = attached_letter(
        "Sở Y tế <syt@a.vn>", "Kế hoạch gốc", _DAY, {"đoàn ra.xlsx": b"x", "đoàn vào.xlsx": b"y"}
    )
    found = opened(outlook_letter(_SENDER, "Chuyển tiếp", _DAY, {"thư": inner, "thêm.xlsx": b"z"}))
    assert [item.name for item in found.items] == ["Kế hoạch gốc.eml", "thêm.xlsx"]
    within = opened(found.items[0].data)  # type: ignore[arg-type]
    assert (within.sender, within.subject) == ("Sở Y tế <syt@a.vn>", "Kế hoạch gốc")
    assert within.sent == _DAY.astimezone().replace(tzinfo=None)
    assert [item[:2] for item in within.items] == [("đoàn ra.xlsx", b"x"), ("đoàn vào.xlsx", b"y")]


def test_letters_are_opened_so_deep_and_what_lies_deeper_is_said() -> None:
    letter = attached_letter(_SENDER, "thư 0", _DAY, {"x.xlsx": b"x"})
    for depth in range(1, DEEPEST):
        letter = attached_letter(_SENDER, f"thư {depth}", _DAY, {"thư": letter})
    said = [
        item for item in opened(outlook_letter(_SENDER, "ngoài", _DAY, {"thư": letter})).items
        if isinstance(item.data, Unreadable)
    ]  # fmt: skip
    assert [item.name.rsplit("/")[-1] for item in said] == ["thư 0.eml"]


def test_what_is_only_linked_to_is_said() -> None:
    inner = attached_letter(_SENDER, "Kế hoạch", _DAY, {"a.xlsx": None})
    found = opened(outlook_letter(_SENDER, "Chuyển tiếp", _DAY, {"thư": inner}))
    assert [item.name for item in found.items] == ["Kế hoạch/a.xlsx", "Kế hoạch.eml"]
    assert isinstance(found.items[0].data, Unreadable)
    assert "đường dẫn" in found.items[0].data.detail


def test_a_picture_in_the_letter_s_text_is_told_from_one_that_is_attached() -> None:
    page = '<p>Trân trọng</p><img src="cid:logo.png">'
    found = opened(outlook_letter(_SENDER, "Kế hoạch", _DAY, {"logo.png": b"1", "quét.png": b"2"}, page=page))
    assert [(item.name, item.in_text) for item in found.items] == [("logo.png", True), ("quét.png", False)]
