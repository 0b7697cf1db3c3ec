"""Why a file gives no workbook (tệp không đọc được): the reason, what it is, and what its sender can do.

Later one CT01 finding; never an exception for the caller.
"""

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """The kinds of failure; stable words, for machines and tests."""

    MISSING = "missing"
    EMPTY = "empty"
    NOT_REGULAR = "not-regular"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    NOT_A_SPREADSHEET = "not-a-spreadsheet"
    CONTAINER = "container"
    """An archive or a letter: what lies in it is to be read, not the file itself."""
    TEXT_ONLY = "text-only"
    """A document without a table: an agency's report, not a form."""
    LEGACY_WORD = "legacy-word"
    TOO_SLOW = "too-slow"
    TOO_HUNGRY = "too-hungry"
    UNREADABLE = "unreadable"


class Unreadable(NamedTuple):
    """A file that cannot be read. `detail` and `advice` are Vietnamese, without a final full stop."""

    reason: Reason
    detail: str
    """What is the matter: "Tệp được đặt mật khẩu"."""
    advice: str
    """What to do about it: "Bỏ mật khẩu rồi gửi lại"."""

    @property
    def params(self) -> dict[str, str]:
        """What a CT01 message fills in: `reason`, `reason_text`, `advice`."""
        return {"reason": self.reason.value, "reason_text": self.detail, "advice": self.advice}


class GiveUp(Exception):  # noqa: N818 - not an error of ours: what a reader ends with, caught in `container`
    """Raised inside a reader; `read_workbook` turns it into the `Unreadable` it carries."""

    def __init__(self, unreadable: Unreadable) -> None:
        self.unreadable = unreadable
        super().__init__(unreadable.detail)

    def __reduce__(self) -> tuple[type["GiveUp"], tuple[Unreadable]]:
        return GiveUp, (self.unreadable,)  # from the process that reads a sheet of a large workbook


_RESEND = "Mở lại tệp trên máy đã soạn, lưu dạng .xlsx rồi gửi lại"
_DEFAULTS: dict[Reason, tuple[str, str]] = {
    Reason.MISSING: ("Không tìm thấy tệp", "Kiểm tra lại đường dẫn hoặc tải lại tệp"),
    Reason.EMPTY: ("Tệp rỗng (0 byte)", "Tải hoặc chép lại tệp; nếu vẫn rỗng, đề nghị cơ quan gửi lại"),
    Reason.NOT_REGULAR: (
        "Không phải tệp thông thường (thư mục, ống dẫn hoặc thiết bị)",
        "Thay bằng tệp bảng tính thật",
    ),
    Reason.ENCRYPTED: (
        "Tệp được đặt mật khẩu",
        "Bỏ mật khẩu (mở tệp, Tệp → Thông tin → Bảo vệ → Mã hóa bằng mật khẩu, xóa mật khẩu) rồi gửi lại",
    ),
    Reason.TRUNCATED: (
        "Tệp bị cắt cụt, thiếu phần cuối",
        "Tải hoặc chép lại tệp; nếu vẫn lỗi, đề nghị cơ quan gửi lại",
    ),
    Reason.CORRUPT: ("Tệp bị hỏng", _RESEND),
    Reason.TOO_LARGE: (
        "Tệp vượt quá giới hạn an toàn",
        "Xóa các trang tính, dòng và ảnh không thuộc biểu mẫu, lưu lại rồi gửi lại",
    ),
    Reason.BOMB: (
        "Tệp nén phình to bất thường khi giải nén, có thể là tệp độc hại",
        "Không mở tệp; xác minh với cơ quan gửi và đề nghị gửi lại",
    ),
    Reason.CONTAINER: ("Tệp nén hoặc thư, không phải bảng tính", "Giải nén rồi gửi từng tệp bên trong"),
    Reason.NOT_A_SPREADSHEET: ("Tệp không phải bảng tính", "Gửi lại biểu mẫu bằng tệp Excel (.xlsx)"),
    Reason.TEXT_ONLY: (
        "Văn bản chỉ có chữ, không có bảng",
        "Nhập số liệu vào biểu mẫu (Excel, hoặc bảng trong Word) rồi gửi lại",
    ),
    Reason.LEGACY_WORD: (
        "Tệp Word đời cũ (.doc, .rtf), không đọc được bảng",
        "Mở bằng Word, lưu dạng .docx rồi gửi lại; hoặc cài LibreOffice để chương trình tự chuyển",
    ),
    Reason.TOO_SLOW: (
        "Đọc tệp quá thời gian cho phép",
        "Chép riêng các biểu mẫu sang một tệp .xlsx mới rồi gửi lại",
    ),
    Reason.TOO_HUNGRY: (
        "Đọc tệp cần quá nhiều bộ nhớ",
        "Chép riêng các biểu mẫu sang một tệp .xlsx mới rồi gửi lại",
    ),
    Reason.UNREADABLE: ("Không đọc được tệp", _RESEND),
}


def unreadable(reason: Reason, detail: str = "", advice: str = "") -> Unreadable:
    """An `Unreadable` with the usual wording for `reason` where none is given."""
    usual_detail, usual_advice = _DEFAULTS[reason]
    return Unreadable(reason, detail or usual_detail, advice or usual_advice)


LOCKED_ARCHIVE = unreadable(
    Reason.ENCRYPTED,
    "Tệp nén đặt mật khẩu",
    "Giải nén rồi gửi từng tệp bên trong, hoặc nén lại dạng .zip không đặt mật khẩu",
)
DAMAGED_ARCHIVE = unreadable(
    Reason.CORRUPT,
    "Tệp nén bị hỏng, không giải nén được",
    "Nén lại dạng .zip rồi gửi lại, hoặc gửi từng tệp bên trong",
)


def corrupt(part: str) -> GiveUp:
    """To raise where a file contradicts itself; `part` goes in brackets after "Tệp bị hỏng"."""
    return GiveUp(unreadable(Reason.CORRUPT, f"Tệp bị hỏng ({part})"))


def too_large(part: str) -> GiveUp:
    """To raise where a limit is passed; `part` says which, with the number."""
    return GiveUp(unreadable(Reason.TOO_LARGE, f"Tệp vượt quá giới hạn an toàn ({part})"))
