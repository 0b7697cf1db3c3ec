"""What officers decide of the approved plan: which rows are one delegation, and what changed the plan since."""

import re
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.vietnamese.documents import read_document
from doingoai_cli.vietnamese.text import ascii_slug

SAME, DIFFERENT = "Là một đoàn", "Không phải một đoàn"
"""What an officer chooses on the sheet "Ghép kế hoạch"."""
_YES = re.compile(r"(?:la|dung|co|ghep|dong-y|trung|x|yes|ok|cung)(?:-.*)?")
_NO = re.compile(r"(?:khong|khac|sai|no|chua)(?:-.*)?")
_OPEN = re.compile(r"(?:chua(?!-phai)|co-(?:the|le)|khong-(?:ro|biet|chac))(?:-.*)?")


class Pairing(NamedTuple):
    """A row of the plan and one that took place, as the sheet "Ghép kế hoạch" shows them to an officer.

    The ids are those of the consolidated workbooks; "" where an officer typed the line himself.
    """

    direction: str
    planned_agency: str
    planned_name: str
    planned_countries: str
    planned_period: str
    agency: str
    name: str
    countries: str
    period: str
    score: str = ""
    reasons: str = ""
    decision: str = ""
    """As typed."""
    remark: str = ""
    planned_id: str = ""
    realised_id: str = ""

    @property
    def verdict(self) -> bool | None:
        """Whether the officer says that both are one delegation; None: not decided."""
        said = _plain(self.decision)
        if _OPEN.fullmatch(said):
            return None
        if _NO.fullmatch(said):
            return False
        return True if _YES.fullmatch(said) else None

    @property
    def ids(self) -> tuple[str, str]:
        """Both rows; by what they say where the line has no ids."""
        return (self.planned_id or self.planned_name, self.realised_id or self.name)


class ChangeKind(StrEnum):
    """What a decision does to the approved plan; the values are those of the sheet's list."""

    ADDED = "Bổ sung"
    ADJUSTED = "Điều chỉnh"
    CANCELLED = "Hủy"


_PART = r"(?:\d+-)?(?:noi-dung|thanh-vien|thanh-phan|nguoi|can-bo|ngay|thoi-gian|kinh-phi|nuoc|doi-tac|diem-den)"
"""What is added to a delegation, which is none of its own: "bổ sung nội dung", "thêm 02 người"."""
_KINDS = (
    (
        "huy|bai-bo|xoa|bo(?!-sung|-tri)|khong-(?:thuc-hien|to-chuc|di)|(?:^|tam-)dung|^thoi(?!-(?:gian|diem|han|ki))"
        "|rut(?!-(?:ngan|bot|gon))|(?:loai|dua)(?:-ra)?-khoi",
        ChangeKind.CANCELLED,
    ),
    (rf"(?:bo-sung|them)(?!-{_PART}(?:-|$))|phat-sinh", ChangeKind.ADDED),
    (
        "dieu-chinh|d-?c|sua|thay|hoan|lui|chuyen|doi|tang|giam|cat-giam|gia-han|keo-dai|rut-(?:ngan|bot|gon)"
        f"|(?:bo-sung|them)-{_PART}",
        ChangeKind.ADJUSTED,
    ),
)
_NOT = r"(?<!khong-)(?<!chua-)"
_KIND = tuple((re.compile(rf"(?<![a-z0-9]){_NOT}(?:{words})(?![a-z0-9])"), kind) for words, kind in _KINDS)


class PlanChange(NamedTuple):
    """One line of the sheet "Điều chỉnh kế hoạch": a decision that changes the approved plan (seed 001, III.1)."""

    day: str
    document: str
    """Số văn bản."""
    name: str
    """The delegation."""
    kind_text: str
    content: str
    agency: str = ""
    direction: str = ""
    """"Đoàn ra" or "Đoàn vào"; "" where the line does not say."""
    when: date | None = None
    line: int = 0
    """Its row on the sheet."""
    extras: tuple[tuple[str, str], ...] = ()
    """Further columns that an officer added: heading and text."""

    @property
    def kind(self) -> ChangeKind | None:
        """What it does; None where that cannot be read."""
        said = _plain(self.kind_text)
        found = [(match.start(), kind) for words, kind in _KIND if (match := words.search(said))]
        return (
            min(found, key=itemgetter(0))[1] if found else None
        )  # "Điều chỉnh, không hủy": the first word says it

    @property
    def unclear(self) -> str:
        """What is said of a line whose delegation, or whose kind, could not be told."""
        which = f"chưa rõ “{self.name}” là đoàn nào của kế hoạch" if self.name else "chưa ghi tên đoàn"
        return (
            f"Trang “{ListSheet.PLAN_CHANGES}”, dòng {self.line}: {which}, "
            "hoặc chưa rõ bổ sung, điều chỉnh hay hủy; dòng này chỉ được tính vào số lần điều chỉnh."
        )

    @property
    def decision(self) -> str:
        """The document that it is part of: one document is one adjustment of the plan ("lần").

        "Công văn số 900/UBND-NgV" and "900/UBND – NgV ngày 31/5/2019" are one.
        """
        number = read_document(self.document).number or ""
        symbol = _plain(number.replace(" ", "").lstrip("0")) if "/" in number else ""
        return symbol or _plain(self.document) or _plain(self.day) or f"dòng {self.line}"


def _plain(text: str) -> str:
    """Letters and digits without accents; "" where there are none."""
    return ascii_slug(text) if any(c.isalnum() for c in text) else ""
