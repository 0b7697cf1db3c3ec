"""What an officer does next, in the order of the work: each command ends by saying it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from doingoai_cli.messages import WROTE

_WROTE = WROTE.partition("{")[0]
_BEGIN = "Bước tiếp: "
_MOST_NAMED = 3
AFTER_MERGE = (
    "Bước tiếp: mở {out}, ghi “Ý kiến thẩm định” từng dòng, đóng lại; có tệp mới thì chạy lại lệnh này (ý kiến "
    "được giữ). Sau đó: doingoai notify {out} --out thong-bao, doingoai report --from {out}."
)
AFTER_REPORT = "Bước tiếp: mở văn bản bằng Word, bổ sung các chỗ tô vàng rồi trình ký."
AFTER_RECONCILE = "Bước tiếp: đưa kết quả vào báo cáo bằng doingoai report --from {realised} --previous {plan}."
AFTER_FIGURES = (
    "Bước tiếp: lập báo cáo với cùng các tùy chọn bằng doingoai report; các số trong báo cáo là các số này."
)
AFTER_EXPORT = "Bước tiếp: mở các tệp trong {folder} bằng chương trình cần dùng; số liệu sửa ở sổ tổng hợp."
AFTER_SHARE = (
    "Bước tiếp: gửi lịch trong {out} cho mọi cơ quan, mỗi bản trích trong {extracts} cho cơ quan ghi trong "
    "danh sách tệp; các cơ quan có hoạt động trùng nhau trao đổi với nhau."
)


def after_templates(outline: bool, *, sent_up: bool, alone: bool) -> str:
    """After `new-template`; `sent_up`: the forms hold a workbook's rows; `alone`: an outline without forms."""
    if alone:
        return f"{_BEGIN}gửi đề cương cho cơ quan, đơn vị; báo cáo lấy các bản đã điền bằng tùy chọn --texts."
    if sent_up:
        return f"{_BEGIN}mở biểu mẫu bằng Excel, đối chiếu với sổ tổng hợp rồi gửi cấp trên."
    also = " và đề cương" if outline else ""
    return (
        f"{_BEGIN}gửi biểu mẫu{also} cho cơ quan, đơn vị; đặt các tệp nhận được vào thư mục inbox rồi chạy "
        "doingoai check inbox."
    )


def _merge(paths: Sequence[str]) -> str:
    """The merge of what a command was given; of many files the folder that a workspace has for them."""
    named = paths if len(paths) <= _MOST_NAMED else ("inbox",)
    words = " ".join(f'"{name}"' if " " in name else name for name in named)
    return f"doingoai merge {words} --out tonghop.xlsx."


def after_check(paths: Sequence[str], found: bool, annotated: Path | None, told: Iterable[str]) -> str:
    """After `check`; `told` is what was said of the marked copies, of which none may have been written."""
    merge = f"tổng hợp bằng {_merge(paths)}"
    if not found:
        return f"{_BEGIN}{merge}"
    if annotated is None:
        return f"{_BEGIN}ghi bản đánh dấu để trả lại bằng tùy chọn --annotate tra-lai; khi đã sửa, {merge}"
    if not any(line.startswith(_WROTE) for line in told):
        return f"{_BEGIN}đề nghị cơ quan, đơn vị sửa theo kết quả trên; nhận bản sửa, rồi {merge}"
    return f"{_BEGIN}gửi trả các tệp trong {annotated.as_posix()}; nhận bản sửa, kiểm tra lại, rồi {merge}"


def after_status(paths: Sequence[str], reminded: Path | None) -> str:
    """What comes next after `status`; `reminded` is the folder of the letters that it wrote."""
    if reminded is None:
        return f"{_BEGIN}ghi công văn nhắc bằng tùy chọn --remind nhac-nho; khi đã đủ, {_merge(paths)}"
    return f"{_BEGIN}in, ký và gửi các công văn trong {reminded.as_posix()}."


def after_notify(folder: Path, *, written: bool) -> str:
    """After `notify`; `written`: whether there was a review to tell of."""
    if not written:
        return f"{_BEGIN}ghi “Ý kiến thẩm định” từng dòng trong sổ tổng hợp, lưu, đóng tệp rồi chạy lại lệnh này."
    return (
        f"{_BEGIN}in, ký và gửi các công văn trong {folder.as_posix()}; lập kế hoạch trình duyệt bằng "
        "doingoai report --kind ke-hoach."
    )
