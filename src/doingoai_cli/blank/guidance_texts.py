"""The sentences of the guidance sheet, from the form specs and the rule pack's limits."""

from collections.abc import Sequence

from doingoai_cli.blank.aids import member_rule
from doingoai_cli.blank.values import DayLimit, FormBasis, FormLimits, Occasion
from doingoai_cli.model.forms import FormSpec, Stage, fill_years
from doingoai_cli.model.own_files import GUIDANCE_TITLE


def introduction(specs: Sequence[FormSpec], occasion: Occasion) -> list[tuple[str, str]]:
    """The lines at the top, each with its look."""
    year, deadline = occasion.cycle, occasion.deadline
    titles = [fill_years(spec.title, year, occasion.province).capitalize() for spec in specs]
    listed = "; ".join(f"{spec.sheet} ({title})" for spec, title in zip(specs, titles, strict=True))
    return [
        (GUIDANCE_TITLE, "guide_title"),
        (f"Kết quả thực hiện năm {year - 1} và kế hoạch năm {year}", "guide_subtitle"),
        (f"Nơi nhận: {occasion.recipient}.", "guide_text"),
        (f"Thời hạn: trước ngày {deadline.day}/{deadline.month}/{deadline.year}.", "guide_text"),
        (f"Biểu mẫu trong tệp này: {listed}.", "guide_text"),
        *(
            (f"{spec.label}: {fill_years(spec.introduction, year, occasion.province)}", "guide_text")
            for spec in specs
            if spec.introduction
        ),
    ]


def entry_rules(specs: Sequence[FormSpec]) -> list[str]:
    """How to work with the sheets."""
    rules = [
        "Ghi tên cơ quan, đơn vị ở dòng đầu của mỗi biểu (ghi sau dấu hai chấm hoặc ghi đè lên dòng đó).",
        "Mỗi đoàn, hội nghị, hội thảo, thỏa thuận, dự án … ghi trên một dòng, từ dòng trống đầu tiên, không bỏ "
        "cách dòng; không sửa tiêu đề, tên cột và dòng số thứ tự cột.",
        "Mỗi biểu có sẵn ít nhất 60 dòng: mấy dòng đầu kẻ khung, các dòng sau thu thấp và tự mở ra khi nhập (bấm "
        "Enter hoặc phím mũi tên xuống để sang dòng tiếp theo), nhờ vậy biểu ít dòng in gọn một trang. Cần thêm "
        "nữa thì chèn dòng vào giữa các dòng trống (bấm chuột phải vào số dòng, chọn Chèn).",
        "Trang tính được bảo vệ để tránh sửa nhầm tiêu đề và công thức, không đặt mật khẩu; ô nhập liệu để ngỏ.",
        "Khi chọn một ô, lời nhắc về cách ghi hiện ra bên cạnh. Danh sách chọn chỉ là gợi ý, có thể ghi khác.",
        "Cột thời gian để ở dạng văn bản: ghi đúng như cần báo cáo, chương trình không tự đổi thành ngày khác.",
        "Tổng số đoàn và các dòng TỔNG CỘNG được tính tự động.",
        "Biểu không có đoàn hoặc hội nghị nào thì ghi “Không có” vào dòng đầu. Biểu để trống trong tệp đã điền "
        "biểu khác cũng được hiểu là không có; tệp không điền gì là biểu mẫu trống, chưa tính là đã báo cáo.",
    ]
    if any(spec.column("in_plan") for spec in specs):
        rules.append("Loại đoàn: đánh dấu X vào đúng một trong hai cột Trong KH, Ngoài KH.")
    return rules


def rule_lines(specs: Sequence[FormSpec], occasion: Occasion, limits: FormLimits) -> list[str]:
    """The pack's limits in sentences, as far as these forms are bound by them."""
    found: list[tuple[str, FormBasis]] = []
    if limits.members:
        found.append((member_rule(limits.members), limits.members.basis))
    if limits.countries:
        text = f"Mỗi chuyến công tác không quá {limits.countries.highest:02d} nước."
        found.append((text, limits.countries.basis))
    if limits.days:
        found.append((_day_rule(limits.days), limits.days.basis))
    for general in limits.general:
        label = next((c.label for spec in specs for c in spec.columns if c.field == general.field), None)
        if label:
            found.append((f"{label}: không ghi chung chung ({', '.join(general.words[:6])}…).", general.basis))
    texts = []
    for text, basis in found:
        forms = [spec.form for spec in specs if basis.severity(spec.form)]
        if forms:
            texts.append(f"{text} Áp dụng: Mẫu {', '.join(forms)}. Căn cứ: {basis.clause}.")
    if any(spec.stage is Stage.PLANNED for spec in specs):
        texts.append(f"Thời gian của kế hoạch ghi cụ thể đến quý (ví dụ: Quý II/{occasion.cycle}).")
    if any(spec.stage is Stage.REALISED for spec in specs):
        texts.append(f"Thời gian đã thực hiện ghi đủ ngày, tháng, năm (ví dụ: 12/3/{occasion.cycle - 1} - "
                     f"16/3/{occasion.cycle - 1}).")  # fmt: skip
    return texts


def _day_rule(days: DayLimit) -> str:
    return (
        f"Mỗi nước không quá {days.per_country:02d} ngày; không quá {days.exception:02d} ngày khi tham gia đoàn "
        f"do Trung ương tổ chức hoặc dự sự kiện quy mô lớn. Cột Số ngày được tính thêm {days.travel:02d} ngày đi, "
        "về và quá cảnh."
    )


def column_rows(spec: FormSpec, occasion: Occasion) -> list[tuple[str, str, str, str, str]]:
    """One row a column that must be filled in: its number, label, how to fill it, an example, what to avoid."""
    rows = []
    for column in spec.columns:
        if not column.required:
            continue
        note = next((note.text for note in spec.notes if column.number and column.number in note.columns), "")
        label = f"{column.group}: {column.label}" if column.group else column.label
        texts = (note, column.example, "; ".join(column.avoid))
        filled = [fill_years(text, occasion.cycle, occasion.province) for text in texts]
        rows.append((column.number, label, filled[0], filled[1], filled[2]))
    return rows
