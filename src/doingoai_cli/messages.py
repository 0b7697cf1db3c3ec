"""What the program itself says (câu chữ của chương trình); rules and outlines carry their own text."""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

NO_TRACEBACK = (
    "Chương trình gặp lỗi ngoài dự kiến: {error}. Dữ liệu của quý cơ quan không bị thay đổi. "
    "Chạy lại với --debug để xem chi tiết và gửi cho người quản trị."
)
ALL_FILES = "Toàn bộ kỳ báo cáo"
"""Above findings of no single file."""
AGENCY_UNKNOWN = "(không rõ cơ quan)"
INTERRUPTED = "Đã dừng theo yêu cầu."
KEEP_BOTH_OF_NOBODY = (
    "--keep-both: không tệp nào là của “{name}”; ghi đúng tên cơ quan như trong kết quả kiểm tra."
)
ROSTER_EMPTY = "Danh sách đơn vị chưa có đơn vị nào nên không biết ai chưa nộp; kiểm tra lại tệp danh sách."
PATH_MISSING = "Không tìm thấy tệp hoặc thư mục “{path}”. Kiểm tra lại đường dẫn."
NOTHING_TO_READ = "Không có tệp nào để đọc trong: {paths}. Đặt các tệp của cơ quan, đơn vị vào đó rồi chạy lại."
WAIVERS_FOUND = "Dùng tệp miễn trừ {path} (tìm thấy trong thư mục làm việc)."
UNRULED = (
    "Mẫu {form}: không quy tắc nào của bộ {pack} nêu mẫu này, nên chỉ các quy tắc chung của mọi mẫu được kiểm "
    "tra. Muốn kiểm tra thêm thì ghi mã mẫu vào “forms” của từng quy tắc trong bộ quy tắc riêng (khóa rules)."
)
PLAN_BESIDE = "Trang “Ghép kế hoạch” đối chiếu với kế hoạch trong {path} (cùng thư mục); chỉ rõ bằng --history."
OPENED = "đã mở "
"""How a reason begins where a letter or an archive is no submission itself, but what it holds is read."""
OWN_OUTPUT = {
    "consolidated": "sổ tổng hợp do chương trình tạo",
    "blank": "biểu mẫu trống, chưa điền; không phát sinh thì ghi “Không có” vào biểu",
    "report": "văn bản do chương trình tạo",
    "outline": "đề cương báo cáo, không phải biểu mẫu (dùng cho doingoai report --texts)",
}
NO_FORM = "không có mẫu “{form}”; các mẫu có: {known}"
LIST_OF_FILES = "danh-sach-tep.csv"
"""The file that tells which of many files is whose."""
TEXT = "văn bản báo cáo{of_whom}, không phải biểu mẫu: dùng làm nội dung khi lập báo cáo (doingoai report)"
NOTHING_TO_MERGE = "Không có biểu mẫu nào đọc được để tổng hợp; chưa ghi sổ tổng hợp."
YEARS_DISAGREE = (
    "Không xác định được năm kế hoạch: các tệp ghi những năm khác nhau. Dùng --year để chỉ rõ.\n{files}"
)
YEAR_UNKNOWN = (
    "Không xác định được năm kế hoạch: không tệp nào ghi năm trong tiêu đề. Dùng --year để chỉ rõ.\n{files}"
)
YEAR_TAKEN = "Năm kế hoạch: {year} (lấy từ {source})."
UNKNOWN_CODE = "Không có mã quy tắc “{code}” trong bộ “{pack}”. Xem danh sách: doingoai rules."
CANNOT_READ = "Không đọc được “{path}”: {reason}."
CANNOT_WRITE = "Không ghi được “{path}”: {reason}."
WROTE = "Đã ghi {path}"
WRITTEN_BESIDE = (
    "Giữ nguyên “{path}”: tệp đã có người sửa hoặc không do chương trình tạo. Bản mới ghi cạnh đó: “{new}”."
)
TEXT_SUFFIX = (
    "Kết quả ở đây là văn bản, không ghi được vào “{path}”: đặt tên có đuôi .txt, .csv, .json hoặc .html, theo "
    "dạng kết quả đã chọn."
)
WRONG_SUFFIX = "Tên tệp “{path}” phải có đuôi {suffix}."

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` with control characters written out ("\\x1b"): names of files may hold what steers a terminal."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


_LONGEST_LINE = 1000


def readable(text: str) -> str:
    """`text` for a terminal: printable, and no line longer than people read, as a cell's text may be."""
    lines = printable(text).split("\n")
    return "\n".join(line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…" for line in lines)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of a sentence that refuses `word`: "; có phải “…”?", or `otherwise` where no known word is near."""
    near = get_close_matches(word, list(known), 1)
    return f"; có phải “{near[0]}”?" if near else otherwise


def bullet_list(lines: Iterable[str]) -> str:
    """Lines as a list below a sentence."""
    return "\n".join(f"  - {line}" for line in lines)


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """The rows as lines whose columns begin below one another; those in `right` end below one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def passed_over(path: str, reason: str) -> str:
    """The sentence on a file that is no submission; one whose content is read is not said to be skipped."""
    return f"{path}: {reason}" if reason.startswith(OPENED) else f"Bỏ qua {path}: {reason}"
