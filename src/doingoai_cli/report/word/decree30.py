"""The legal form of documents: Decree 30/2020/NĐ-CP, Annex I, and Circular 01/2011/TT-BNV before it.

One table of styles; what differs between the two rules is in `LegalForm`. The document's own date decides.
"""

from datetime import date
from typing import NamedTuple

from doingoai_cli.report.word.markup import Align, twips

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BODY_SIZE = 14
FIRST_LINE_MM = 12.7
NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


class Page(NamedTuple):
    """A page in millimetres, as it lies."""

    width: float
    height: float
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15

    @property
    def room(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right


PORTRAIT = Page(210, 297)
LANDSCAPE = Page(297, 210)
HEADER_DISTANCE_MM = 10


class LegalForm(NamedTuple):
    """What the rules in force say where they differ."""

    id: str
    since: date
    page_number_on_top: bool
    """Centred in the top margin; else at the right in the bottom margin."""
    bases_italic: bool
    last_basis_mark: str


FORMS = (
    LegalForm("Thông tư 01/2011/TT-BNV", date.min, False, False, ","),
    LegalForm("Nghị định 30/2020/NĐ-CP", date(2020, 3, 5), True, True, "."),
)


def legal_form(day: date) -> LegalForm:
    """The rules for a document dated `day`."""
    return max((form for form in FORMS if form.since <= day), key=lambda form: form.since)


class Style(NamedTuple):
    """A paragraph style; sizes in points, lengths in millimetres."""

    id: str
    name: str
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = Align.CENTER
    first_line: float = 0
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact: float = 0
    """Exact line height in points, against `line`."""
    level: int | None = None
    """Outline level, 0 for the highest."""
    keep_next: bool = False
    based_on: str = "Normal"
    following: str = ""

    @property
    def builtin(self) -> bool:
        """Whether Word itself knows the style."""
        return self.name.isascii()

    @property
    def xml(self) -> str:
        """The style as an element of styles.xml."""
        base = "" if self.id == "Normal" else f'<w:basedOn w:val="{self.based_on}"/>'
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        kind = ' w:default="1"' if self.id == "Normal" else "" if self.builtin else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{kind} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f"{base}{following}<w:qFormat/><w:pPr>{self._paragraph}</w:pPr><w:rPr>{self._letters}</w:rPr></w:style>"
        )

    @property
    def _paragraph(self) -> str:
        spacing = (
            f'w:line="{round(self.exact * 20)}" w:lineRule="exact"'
            if self.exact
            else f'w:line="{round(self.line * 240)}" w:lineRule="auto"'
        )
        first = f'w:hanging="{twips(self.hanging)}"' if self.hanging else f'w:firstLine="{twips(self.first_line)}"'
        outline = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        return (
            ("<w:keepNext/><w:keepLines/>" if self.keep_next else "")
            + f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}" {spacing}/>'
            + f'<w:ind w:left="{twips(self.left)}" {first}/><w:jc w:val="{self.align}"/>{outline}'
        )

    @property
    def _letters(self) -> str:
        def switch(tag: str, on: bool) -> str:
            return f"<w:{tag}/>" if on else f'<w:{tag} w:val="0"/>'

        size = round(self.size * 2)
        return (
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
            f"{switch('b', self.bold)}{switch('i', self.italic)}{switch('caps', self.caps)}"
            f'<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="{LANGUAGE}"/>'
        )


_BODY = Style("BodyText", "Body Text", align=Align.BOTH, first_line=FIRST_LINE_MM, before=3, after=6, line=1.1)


def _heading(level: int, bold: bool, caps: bool) -> Style:
    return Style(
        f"Heading{level}", f"heading {level}", bold=bold, caps=caps, align=Align.BOTH, first_line=FIRST_LINE_MM,
        before=6, after=6, line=1.1, level=level - 1, keep_next=True, following="BodyText",
    )  # fmt: skip


def styles(form: LegalForm) -> tuple[Style, ...]:
    """All paragraph styles of our documents."""
    return (
        Style("Normal", "Normal", align=Align.LEFT),
        _BODY,
        _heading(1, bold=True, caps=True),
        _heading(2, bold=True, caps=False),
        _heading(3, bold=True, caps=False),
        _heading(4, bold=False, caps=False),
        Style("NationalTitle", "Quốc hiệu", 13, bold=True, caps=True),
        Style("Motto", "Tiêu ngữ", 14, bold=True),
        Style("ParentBody", "Cơ quan chủ quản", 13, caps=True),
        Style("Issuer", "Cơ quan ban hành", 13, bold=True, caps=True),
        Style("Number", "Số và ký hiệu", 13, before=6),
        Style("PlaceDate", "Địa danh và thời gian", 14, italic=True, before=6),
        Style("Rule", "Đường kẻ", 2, exact=4),
        Style("Title", "Title", 14, bold=True, caps=True, before=18, keep_next=True, following="Subtitle"),
        Style("Subtitle", "Subtitle", 14, bold=True, keep_next=True),
        Style("LetterSubject", "Trích yếu công văn", 13, before=6),
        Style("Addressee", "Kính gửi", 14, align=Align.LEFT, before=6, after=6, left=50, hanging=20),
        _BODY._replace(id="LegalBasis", name="Căn cứ", italic=form.bases_italic),
        _BODY._replace(id="AgencyText", name="Ý kiến cơ quan"),
        _BODY._replace(id="Hint", name="Gợi ý", italic=True),
        Style("Authority", "Quyền hạn và chức vụ", 14, bold=True, caps=True),
        Style("Signer", "Họ tên người ký", 14, bold=True, before=72),
        Style("RecipientsHead", "Nơi nhận", 12, bold=True, italic=True, align=Align.LEFT),
        Style("Recipients", "Danh sách nơi nhận", 11, align=Align.LEFT),
        Style("AnnexNumber", "Phụ lục", 14, bold=True, level=0, keep_next=True),
        Style("AnnexTitle", "Tên phụ lục", 14, bold=True, caps=True, keep_next=True),
        Style("AnnexPointer", "Kèm theo văn bản", 14, italic=True, after=6),
        Style("TableText", "Nội dung bảng", 11, align=Align.LEFT, before=1, after=1),
        Style("TableNumber", "Số trong bảng", 11, before=1, after=1),
        Style("TableHead", "Đầu bảng", 11, bold=True, before=1, after=1),
        Style("AnnexText", "Nội dung bảng phụ lục", 10, align=Align.LEFT, before=1, after=1),
        Style("AnnexNumberCell", "Số trong bảng phụ lục", 10, before=1, after=1),
        Style("AnnexHead", "Đầu bảng phụ lục", 10, bold=True, before=1, after=1),
        Style("Caption", "caption", 13, italic=True, before=6, after=6, keep_next=True),
        Style("Figure", "Hình", 13, before=6, keep_next=True),
        Style("FigureCaption", "Tên hình", 13, italic=True, before=3, after=9),
        Style("Header", "header", 14),
        Style("Footer", "footer", 14, align=Align.RIGHT),
    )


PLACEHOLDER_STYLE_XML = (
    '<w:style w:type="character" w:customStyle="1" w:styleId="MissingData"><w:name w:val="Chưa có số liệu"/>'
    '<w:qFormat/><w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr></w:style>'
)
TABLE_STYLE_XML = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="DataTable"><w:name w:val="Bảng số liệu"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
DEFAULTS_XML = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
    f'w:cs="{FONT}"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)


def section_properties(page: Page, form: LegalForm, number_id: str, *, last: bool) -> str:
    """A section's own properties; its pages are numbered from 1 and the first shows no number."""
    landscape = page.width > page.height
    kind = "header" if form.page_number_on_top else "footer"
    edge = twips(HEADER_DISTANCE_MM)
    inner = (
        f'<w:{kind}Reference w:type="default" r:id="{number_id}"/>'
        + '<w:type w:val="nextPage"/>'
        + f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"'
        + (' w:orient="landscape"/>' if landscape else "/>")
        + f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.left)}" w:header="{edge}" w:footer="{edge}" '
        'w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/>'
    )
    properties = f"<w:sectPr>{inner}</w:sectPr>"
    # One point high: behind a signature at the foot of a page it makes no page of its own.
    low = '<w:pStyle w:val="Rule"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return properties if last else f"<w:p><w:pPr>{low}{properties}</w:pPr></w:p>"
