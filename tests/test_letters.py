"""Reminder letters: what is missing, what is wrong and where, by when, in the form of an official letter."""

from datetime import date

import pytest
from wordfile import WordFile

from doingoai_cli.model import own_files
from doingoai_cli.report.settings import LetterSettings
from doingoai_cli.report.word.letters import Issue, ReminderFacts, write_reminder

DEADLINE, TODAY = date(2019, 9, 15), date(2020, 9, 5)


def letter(facts: ReminderFacts) -> WordFile:
    return WordFile(write_reminder("Sở Du lịch", facts, LetterSettings(), TODAY))


def said(file: WordFile) -> list[str]:
    return [p.text for p in file.paragraphs() if p.text]


def test_an_agency_that_sent_nothing_is_asked_to_send() -> None:
    lines = said(letter(ReminderFacts(2020, DEADLINE, reply_by=date(2020, 9, 25))))
    assert "Kính gửi: Sở Du lịch" in lines
    assert "Đến nay, Sở Du lịch chưa gửi báo cáo và các biểu mẫu kèm theo." in lines
    assert any("trước ngày 15/9/2019" in line for line in lines)
    assert any(line.startswith("Đề nghị Sở Du lịch khẩn trương gửi") and "25/9/2020" in line for line in lines)
    assert any(line.endswith("./.") for line in lines)


def test_what_is_wrong_is_listed_with_its_cells() -> None:
    issue = Issue("so-du-lich.xlsx, Mẫu 02.A, ô F9", "Đoàn có 12 người, vượt mức 07 người.", "Giảm số thành viên.")
    facts = ReminderFacts(2020, DEADLINE, "17/9/2019 08:30", True, ("Mẫu 01.B",), (issue,))
    file = letter(facts)
    lines = said(file)
    assert {"so-du-lich.xlsx, Mẫu 02.A, ô F9", issue.message, issue.fix} <= set(lines)
    assert "Các biểu mẫu chưa nhận được: Mẫu 01.B." in lines
    assert any("sau thời hạn yêu cầu" in line for line in lines)


@pytest.mark.parametrize(
    ("begins", "style", "size"),
    [
        ("V/v đôn đốc gửi báo cáo", "LetterSubject", 13),
        ("Số:", "Number", 13),
        ("Kính gửi", "Addressee", 14),
        ("- Như trên;", "Recipients", 11),
        ("- Lưu: VT", "Recipients", 11),
    ],
)
def test_a_letter_has_the_legal_form(begins: str, style: str, size: float) -> None:
    file = letter(ReminderFacts(2020, DEADLINE))
    look = file.find(begins)
    assert (look.style, look.size) == (style, size)
    assert not any(p.style == "Title" for p in file.paragraphs())
    assert own_files.KIND_LETTER in file.parts["docProps/custom.xml"].decode()


def test_whoever_was_only_late_is_asked_for_nothing_more() -> None:
    lines = said(letter(ReminderFacts(2020, DEADLINE, "17/9/2019 08:30", late=True)))
    assert any(line.startswith("V/v chấp hành thời hạn gửi báo cáo") for line in lines)
    assert any(line.startswith("Đề nghị Sở Du lịch rút kinh nghiệm") for line in lines)
    assert not any("bổ sung" in line for line in lines)
