"""What the tool knows its own files by (dấu nhận biết): properties and names that it leaves in what it writes.

Several independent ones, because any single one gets lost: a custom document property for the file, a defined
name for each form (it follows its sheet when that is renamed), and the titles and headings themselves.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from doingoai_cli import __version__
from doingoai_cli.model.grid import SHEET, sheet_in

KIND = "doingoai.kind"
"""Custom property: one of the values below."""
KIND_FORM = "bieu-mau"
KIND_CONSOLIDATED = "tong-hop"
KIND_REPORT = "bao-cao"
KIND_LETTER = "cong-van"
KIND_OUTLINE = "de-cuong"
"""An outline that agencies fill in with their text."""
VERSION = "doingoai.version"
CYCLE = "doingoai.cycle"
"""Custom property: the plan year Y."""
AGENCY = "doingoai.agency"
"""Custom property: the agency that a form was prefilled for."""
PACK = "doingoai.pack"
OUTLINE = "doingoai.outline"
"""Custom property: the outline that a document was made from."""
PERIOD = "doingoai.period"
"""Custom property: the period that an outline was made for, "năm 2019"."""
STRUCTURE = "doingoai.structure"
"""Custom property: the workbook keeps its own structure in hidden cells."""


def own_properties(kind: str, cycle: int | None, more: Mapping[str, str]) -> dict[str, str]:
    """The custom properties of a file that we write: what it is, by which version, of which cycle, and `more`."""
    stated = {CYCLE: str(cycle)} if cycle is not None else {}
    return {KIND: kind, VERSION: __version__, **stated, **more}


def is_consolidated(properties: Mapping[str, str]) -> bool:
    """Whether the custom properties of a file say that it is a consolidated workbook."""
    return properties.get(KIND) == KIND_CONSOLIDATED


_OWN_TEXTS = tuple(
    text.encode()
    for text in (
        '"Cơ quan, đơn vị",Tệp\r\n',  # the list of files written for many agencies
        "Mức độ,Mã,Cơ quan,Tệp,",  # findings
        "id,cycle,form,section,",  # exported records
    )
)
_GENERATOR = b'<meta name="generator" content="doingoai'
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LOOKED_AT = 4096


def is_own_text(data: bytes) -> bool:
    """Whether a text file (CSV, HTML) is one that a command has written, by how it begins."""
    head = data[:_LOOKED_AT].removeprefix(_BYTE_ORDER_MARK)
    return head.startswith(_OWN_TEXTS) or _GENERATOR in head


_FORM_NAME = "_doingoai.form."
_HYPHEN = "__"
"""A defined name may not hold a hyphen; the id of a kindred layout may."""
_SIGN = re.compile(r"[^\w.]")
_NAMED_SIGN = re.compile(r"_x([0-9A-F]{4,6})_")
"""Nor any other sign but letters, digits, "_" and "."; a province's own code may ("KH xã")."""


def form_name(form_id: str, version: int) -> str:
    """The defined name at a form's heading cell: form "02.A", version 1 → `_doingoai.form.02.A.v1`."""
    named = _SIGN.sub(lambda sign: f"_x{ord(sign[0]):04X}_", form_id.replace("-", _HYPHEN))
    return f"{_FORM_NAME}{named}.v{version}"


def form_of_name(name: str) -> tuple[str, int] | None:
    """Form id and version of such a name; None for any other name."""
    if not name.startswith(_FORM_NAME):
        return None
    form_id, _, version = name.removeprefix(_FORM_NAME).rpartition(".v")
    if not form_id or not version.isdigit():
        return None
    return _NAMED_SIGN.sub(lambda sign: chr(int(sign[1], 16)), form_id).replace(_HYPHEN, "-"), int(version)


_PLACE = re.compile(rf"=?\$?{SHEET}[!.]\$?[A-Z]{{1,3}}\$?(?P<row>\d+)")  # a point in OpenDocument


def marked_forms(properties: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """The forms that defined names of a workbook mark: the layout's id, the sheet's name, the row (1-based)."""
    for name, place in properties.items():
        form = form_of_name(name.removeprefix("name:")) if name.startswith("name:") else None
        if form and (at := _PLACE.match(place)):
            yield form[0], sheet_in(at), int(at["row"])


class OwnColumn(StrEnum):
    """Our columns of a form's sheet, behind the official ones, in this order; the value is the heading."""

    AGENCY = "Cơ quan"
    SOURCE = "Nguồn"
    CODES = "Vi phạm"
    OPINION = "Ý kiến thẩm định"
    REVIEW_MARK = "Dấu thẩm định"
    """Hidden, between opinion and remark: whose review it is, should columns left of it be sorted without them."""
    REMARK = "Ghi chú thẩm định"
    CHANGE = "Thay đổi sau thẩm định"
    ID = "Mã bản ghi"
    """A hidden column."""
    SEAL = "Dấu nội dung"
    """Hidden: the fingerprint of the sender's text; where the row's own differs, an officer edited it."""


class ListSheet(StrEnum):
    """The sheets of ours that are no form's; the value is the sheet's name."""

    OVERVIEW = "Tổng quan"
    FINDINGS = "Vi phạm"
    STATUS = "Tình hình nộp"
    LEDGER = "Nhật ký"
    SUPERSEDED = "Đã thay thế"
    CHANGES = "Thay đổi bản nộp"
    """What differs between the submissions of an agency, cell by cell."""
    ORIGINS = "_doingoai"
    """Hidden: what the level above needs to settle anew (`consolidate.origins`)."""
    DROPPED = "Dòng đã bỏ"
    """Rows that an officer deleted from the form sheets."""
    NOTES = "Ghi chép giữ lại"
    """What officers wrote outside the tables, and what `--accept-loss` passed over."""
    WITHDRAWN = "Đã thẩm định, đã rút"
    """Reviewed records that no submission holds any more."""
    PAIRING = "Ghép kế hoạch"
    """Pairs of planned and realised delegations that an officer decides."""
    PLAN_CHANGES = "Điều chỉnh kế hoạch"
    """Decisions that changed the approved plan, written by officers."""


MADE_ANEW = frozenset(
    {ListSheet.OVERVIEW, ListSheet.FINDINGS, ListSheet.SUPERSEDED, ListSheet.CHANGES, ListSheet.ORIGINS}
)
"""Those of which a merge reads nothing back but what officers wrote there."""


# Sheets of a blank workbook that are not forms.
GUIDANCE_SHEET = "Hướng dẫn"
GUIDANCE_TITLE = "HƯỚNG DẪN GHI BIỂU MẪU CÔNG TÁC ĐỐI NGOẠI"
MEMBERS_SHEET = "Danh sách thành viên"
RESULT_SHEET = "Kết quả kiểm tra"
"""The first sheet of a marked workbook: passed over when it comes back."""
RESULT_TITLE = "KẾT QUẢ KIỂM TRA"
RESULT_COLUMNS = (
    "STT", "Mức độ", "Mã", "Trang tính", "Ô", "Giá trị", "Nội dung", "Cách sửa", "Căn cứ",
)  # fmt: skip
RESULT_HEAD = 10
"""How many rows at its top hold title, introduction and heading."""
MEMBER_COLUMNS = (
    ("form", "Mẫu (02.A/01.A)"), ("trip", "TT đoàn"), ("name", "Họ và tên"), ("title", "Chức vụ"),
    ("agency", "Cơ quan"),
)  # fmt: skip
