"""The guidance sheet (Hướng dẫn): what to fill in where, by which rules, until when, and what the colours say."""

from collections.abc import Mapping, Sequence
from itertools import count

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank.input_aids import member_rule
from doingoai_cli.blank.occasion import DayLimit, FormBasis, FormLimits, Occasion
from doingoai_cli.blank.printing import height, set_up_sheet
from doingoai_cli.blank.sheets import Lists
from doingoai_cli.blank.styles import SIGNALS, FormStyles
from doingoai_cli.model.forms import FormSpec, Stage, in_sentence_case
from doingoai_cli.model.grid import quoted
from doingoai_cli.model.own_files import GUIDANCE_SHEET, GUIDANCE_TITLE
from doingoai_cli.vietnamese.numbers import roman

_WIDTHS = (9, 26, 52, 44, 40)
_SIZES = {"guide_title": 15, "guide_heading": 13}


class _GuidanceSheet:
    """The sheet with the row that is written next."""

    def __init__(self, sheet: Worksheet, styles: FormStyles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.row = 0
        self._sections = count(1)

    def wide(self, text: str, look: str, *, space: float = 2) -> None:
        """A text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, text, self.styles[look])
        self.sheet.set_row(self.row, height([text], [sum(_WIDTHS)], _SIZES.get(look, 12)) + space)
        self.row += 1

    def heading(self, text: str) -> None:
        """A section's heading, numbered, with a blank row before it."""
        self.row += 1
        self.wide(f"{roman(next(self._sections))}. {text}", "guide_heading", space=5)

    def line(self, texts: Sequence[str], looks: Sequence[str]) -> None:
        """A table row; fewer texts than columns: the last one runs to the right edge."""
        last = len(texts) - 1
        widths = []
        for index, (text, look) in enumerate(zip(texts, looks, strict=True)):
            stop = len(_WIDTHS) - 1 if index == last else index
            if stop > index:
                self.sheet.merge_range(self.row, index, self.row, stop, text, self.styles[look])
            else:
                self.sheet.write_string(self.row, index, text, self.styles[look])
            widths.append(sum(_WIDTHS[index : stop + 1]))
        self.sheet.set_row(self.row, height(texts, widths) + 2)
        self.row += 1


def write_guidance(
    book: xlsxwriter.Workbook,
    styles: FormStyles,
    specs: Sequence[FormSpec],
    occasion: Occasion,
    limits: FormLimits,
    long_lists: Mapping[tuple[str, ...], str],
) -> Lists:
    """Adds the guidance sheet; where each of `long_lists` (values → what they are for) stands on it.

    The drop-downs that are too long for a validation refer to it.
    """
    sheet = book.add_worksheet(GUIDANCE_SHEET)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    page = _GuidanceSheet(sheet, styles)
    for text, look in introduction(specs, occasion):
        page.wide(text, look)
    _write_numbered(page, "CÁCH NHẬP", entry_rules(specs))
    _write_numbered(page, "QUY ĐỊNH CẦN TUÂN THỦ", rule_lines(specs, occasion, limits))
    _write_legend(page, specs)
    _write_columns(page, specs, occasion)
    places = _write_lists(page, long_lists)
    _write_codes(page, occasion)
    set_up_sheet(sheet, GUIDANCE_SHEET)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return places


def _write_numbered(page: _GuidanceSheet, heading: str, texts: Sequence[str]) -> None:
    if not texts:
        return
    page.heading(heading)
    for number, text in enumerate(texts, 1):
        page.wide(f"{number}. {text}", "guide_text")


def _write_legend(page: _GuidanceSheet, specs: Sequence[FormSpec]) -> None:
    page.heading("MÀU BÁO HIỆU KHI NHẬP")
    ticks = any(spec.column("in_plan") for spec in specs)
    for name, signal in SIGNALS.items():
        page.sheet.write_string(page.row, 0, "Mẫu màu", page.styles.swatch(name))
        last = len(_WIDTHS) - 1
        page.sheet.merge_range(page.row, 1, page.row, last, signal.said(ticks=ticks), page.styles["guide_cell"])
        page.sheet.set_row(page.row, 20)
        page.row += 1


def _write_columns(page: _GuidanceSheet, specs: Sequence[FormSpec], occasion: Occasion) -> None:
    page.sheet.set_h_pagebreaks([page.row + 1])
    page.heading("CÁCH GHI TỪNG CỘT")
    for spec in specs:
        page.row += 1
        page.wide(f"{spec.label}: {occasion.filled(spec.title)}", "guide_label", space=4)
        page.line(("Cột", "Tên cột", "Cách ghi", "Ví dụ", "Không ghi"), ("heading",) * 5)
        looks = ("guide_center", "guide_cell", "guide_cell", "guide_cell", "guide_avoid")
        for texts in column_rows(spec, occasion):
            page.line(texts, looks)


def _write_lists(page: _GuidanceSheet, long_lists: Mapping[tuple[str, ...], str]) -> Lists:
    at = f"{quoted(GUIDANCE_SHEET)}!"
    places: dict[tuple[str, ...], str] = {}
    if long_lists:
        page.heading("DANH MỤC GỢI Ý (các danh sách chọn trong biểu mẫu lấy từ đây)")
    for values, label in long_lists.items():
        page.wide(label, "guide_label", space=4)
        places[values] = f"={at}$A${page.row + 1}:$A${page.row + len(values)}"
        for value in values:
            page.wide(value, "guide_cell")
    return places


def _write_codes(page: _GuidanceSheet, occasion: Occasion) -> None:
    if not occasion.codes:
        return
    page.heading("MÃ KIỂM TRA (ghi trong bản nhận xét gửi lại cơ quan, đơn vị)")
    page.line(("Mã", "Mức", "Nội dung"), ("heading",) * 3)
    for code in occasion.codes:
        page.line(
            (code.code, code.severity.word.capitalize(), code.text), ("guide_center", "guide_cell", "guide_cell")
        )


def introduction(specs: Sequence[FormSpec], occasion: Occasion) -> list[tuple[str, str]]:
    """The lines at the top, each with its look."""
    year, deadline = occasion.cycle, occasion.deadline
    titles = [occasion.filled(in_sentence_case(spec.title)) for spec in specs]
    listed = "; ".join(f"{spec.sheet} ({title})" for spec, title in zip(specs, titles, strict=True))
    return [
        (GUIDANCE_TITLE, "guide_title"),
        (f"Kết quả thực hiện năm {year - 1} và kế hoạch năm {year}", "guide_subtitle"),
        ("Nơi nhận: Ủy ban nhân dân tỉnh (qua Sở Ngoại vụ).", "guide_text"),
        (f"Thời hạn: trước ngày {deadline.day}/{deadline.month}/{deadline.year}.", "guide_text"),
        (f"Biểu mẫu trong tệp này: {listed}.", "guide_text"),
        *((f"{s.label}: {occasion.filled(s.introduction)}", "guide_text") for s in specs if s.introduction),
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
        note, example, avoid = map(occasion.filled, (note, column.example, "; ".join(column.avoid)))
        rows.append((column.number, label, note, example, avoid))
    return rows
