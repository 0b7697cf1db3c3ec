"""Agencies' text as WordprocessingML: attributed, in their order, and never rendered as a template."""

from collections.abc import Iterable

from doingoai_cli.report.agency_texts import Block, PictureBlock, TableBlock, TextBlock
from doingoai_cli.report.placing import Contribution
from doingoai_cli.report.word.decree30 import PORTRAIT
from doingoai_cli.report.word.markup import EMU_PER_MM, PLACEHOLDER_STYLE, attribute, drawing, paragraph, run
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.tables import TableColumn, table

_STYLE = "AgencyText"
_TALLEST_MM = 200


class ContributionWriter:
    """Writes contributions; pictures are added to the package."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._pictures = 0

    def write(self, contributions: Iterable[Contribution]) -> str:
        """The contributions one after another."""
        return "".join(self._contribution(contribution) for contribution in contributions)

    def _contribution(self, contribution: Contribution) -> str:
        name = run(f"{contribution.agency}: ", bold=True)
        first, *others = contribution.blocks
        if isinstance(first, TextBlock):
            parts = [paragraph(_STYLE, name + run(first.text))]
        else:
            parts = [paragraph(_STYLE, name), self._block(first)]
        return "".join([*parts, *(self._block(block) for block in others)])

    def _block(self, block: Block) -> str:
        if isinstance(block, TextBlock):
            return paragraph(_STYLE, run(block.text))
        return _table(block) if isinstance(block, TableBlock) else self._picture(block)

    def _picture(self, picture: PictureBlock) -> str:
        try:
            rel_id, image = self._package.add_picture(picture.data)
            shape = image.px_height / image.px_width
            width = min(picture.width_mm or image.width / EMU_PER_MM, PORTRAIT.room, _TALLEST_MM / shape)
        except Exception:  # a format that Word alone knows, or a broken file: the library raises bare exceptions
            lost = f"[Hình không chuyển được: {picture.name}; xem tệp gốc của đơn vị]"
            return paragraph(_STYLE, run(lost, PLACEHOLDER_STYLE))
        self._pictures += 1
        return _drawn(rel_id, self._pictures, picture.name, (width, width * shape))


def _table(block: TableBlock) -> str:
    width = max(len(row) for row in block.rows)
    columns = [TableColumn("", 1)] * width
    rows = [[*row, *("",) * (width - len(row))] for row in block.rows]
    return table(columns, rows, headed=False) + paragraph("Rule")


def _drawn(rel_id: str, number: int, name: str, size_mm: tuple[float, float]) -> str:
    cx, cy = (round(length * EMU_PER_MM) for length in size_mm)
    graphic = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{attribute(name)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rel_id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )
    return drawing(size_mm, 1000 + number, f"Hình {number}", f"Hình của đơn vị: {name}", graphic)
