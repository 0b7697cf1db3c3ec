"""Agencies' text put under the outline's headings: by wording, by number, by the order of the sections."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.report.agency_texts import AgencyText, Block, TableBlock, TextBlock, is_agency_line
from doingoai_cli.report.headings import PlacedHeading, own_words, split_label, text_after, words_of
from doingoai_cli.report.placeholders import PLACEHOLDER
from doingoai_cli.vietnamese.fuzzy import ratio, token_set_ratio
from doingoai_cli.vietnamese.text import clean, fold

_MARKED = re.compile(rf"{PLACEHOLDER.pattern}|\[Nhập nội dung[^\[\]]*\]")
_ALIKE = 88
_SOMEWHAT_ALIKE = 65
_LONGEST_HEADING = 400
_FEWEST_WORDS = 3


class Contribution(NamedTuple):
    """What one agency says under one heading."""

    agency: str
    name: str
    blocks: tuple[Block, ...]


class PlacedTexts(NamedTuple):
    """All agencies' text by section, and what no heading was found for."""

    by_section: Mapping[str, tuple[Contribution, ...]]
    unplaced: tuple[Contribution, ...]
    notes: tuple[str, ...] = ()
    """Headings that an agency added, and texts that were made for another outline: a sentence each."""


class HeadingFinder:
    """Finds the section that a paragraph heads; `hints` are the lines of the outline that are nobody's text."""

    def __init__(self, headings: Sequence[PlacedHeading], hints: Iterable[str]) -> None:
        self._headings = headings
        self._order = {h.id: i for i, h in enumerate(headings)}
        self._lines = sorted(map(clean, hints), key=len, reverse=True)
        self._hints = frozenset(map(words_of, self._lines))

    def place(self, texts: Iterable[AgencyText]) -> PlacedTexts:
        """Every block of every text, under a heading or among the unplaced, in the order given."""
        by_section: dict[str, list[Contribution]] = {}
        unplaced: list[Contribution] = []
        notes: list[str] = []
        for text in texts:
            notes += [
                f"{text.name}: đề mục riêng “{own}” của {text.agency} không có trong đề cương, ghi ở cuối báo cáo"
                for own in self.own_headings(text.blocks)
            ]
            for section, blocks in self._parts(text.blocks).items():
                contribution = Contribution(text.agency, text.name, tuple(blocks))
                (by_section.setdefault(section, []) if section else unplaced).append(contribution)
        placed = {section: tuple(found) for section, found in by_section.items()}
        return PlacedTexts(placed, tuple(unplaced), tuple(notes))

    def known(self, blocks: Sequence[Block]) -> int:
        """How many of the headings stand word for word in a text."""
        said = {words_of(split_label(block.text)[1]) for block in blocks if isinstance(block, TextBlock)}
        return len({h.words for h in self._headings if h.words} & said)

    def own_headings(self, blocks: Sequence[Block]) -> list[str]:
        """The headings that an agency added to the outline's own."""
        found, current = [], ""
        for block in blocks:
            section, _ = self._heads(block, current)
            if section is not None:
                current = section.id
            elif current and self._is_own_heading(block, current):
                found.append(block.text.strip() if isinstance(block, TextBlock) else "")
        return found

    def _parts(self, blocks: Sequence[Block]) -> dict[str, list[Block]]:
        """The blocks by section id; "" for those before any heading, or after the signature."""
        parts: dict[str, list[Block]] = {}
        current, opening, closing = "", True, False
        above: Block | None = None
        for block in blocks:
            above, before = block, above
            section, rest = self._heads(block, current)
            if section is not None:
                current, opening = section.id, False
                if rest:
                    parts.setdefault(current, []).append(TextBlock(rest))
            elif _closes(block):
                current, opening, closing = "", False, True
            elif (closing and _signs(block)) or (opening and _is_abstract(block, before)):
                continue
            elif self._is_foreign_part(block) or self._is_own_heading(block, current):
                current, opening = "", False
                parts.setdefault(current, []).append(block)
            elif not self._is_hint(block) and (current or not _is_boilerplate(block, opening=opening)):
                parts.setdefault(current, []).append(self._own(block))
        return parts

    def _own(self, block: Block) -> Block:
        return block._replace(text=own_words(block.text, self._lines)) if isinstance(block, TextBlock) else block

    def _is_hint(self, block: Block) -> bool:
        """Whether a paragraph is a line of the outline left standing, or a placeholder."""
        if not isinstance(block, TextBlock):
            return False
        return not _MARKED.sub("", block.text).strip(" .;") or words_of(block.text) in self._hints

    def _is_foreign_part(self, block: Block) -> bool:
        """Whether a paragraph opens a part ("III. …") that the outline does not have: what follows is no one's."""
        if not isinstance(block, TextBlock) or len(block.text) > _LONGEST_HEADING:
            return False
        label, _ = split_label(block.text)
        return label.isupper() and (block.level is not None or block.bold or block.text.isupper())

    def _is_own_heading(self, block: Block, current: str) -> bool:
        """Whether a paragraph goes on where the outline's numbers end, or heads a section that the outline lacks.

        What follows is no one's section: "13. Công tác khác" behind the twelfth and last one. A number within a
        section's own list comes again from 1.
        """
        if not isinstance(block, TextBlock) or current not in self._order:
            return False
        label, text = split_label(block.text)
        if not label.isdigit() or len(text) > _LONGEST_TITLE or text.rstrip().endswith((".", ";", ",")):
            return False
        mine = next((h for h in self._upwards(current) if h.label.isdigit()), None)
        if mine is None:
            return False
        last = max(int(h.label) for h in self._headings if h.parent == mine.parent and h.label.isdigit())
        marked = block.bold or block.level is not None
        return int(label) > last or (marked and int(label) > int(mine.label))

    def _upwards(self, section_id: str) -> Iterator[PlacedHeading]:
        """The section itself and those above it."""
        while section_id in self._order:
            yield (heading := self._headings[self._order[section_id]])
            section_id = heading.parent

    def _heads(self, block: Block, current: str) -> tuple[PlacedHeading | None, str]:
        """The section that a paragraph heads, and the text that follows its heading on the same line."""
        if not isinstance(block, TextBlock):
            return None, ""
        label, text = split_label(block.text)
        words = words_of(text)
        if same := next((h for h in self._following(current) if h.words == words and words), None):
            return same, ""
        for candidate in self._following(current):
            rest = text_after(block.text, candidate)
            if rest is not None:
                return candidate, rest
        if len(block.text) > _LONGEST_HEADING or not (block.level or block.bold or label):
            return None, ""
        return self._by_likeness(words, current) or self._by_number(block, label, words, current), ""

    def _following(self, current: str) -> list[PlacedHeading]:
        """All headings, those after the current section first."""
        at = self._order.get(current, -1) + 1
        return [*self._headings[at:], *self._headings[:at]]

    def _by_likeness(self, words: str, current: str) -> PlacedHeading | None:
        scored = [(ratio(h.words, words), h) for h in self._following(current)]
        best = max(scored, key=lambda pair: pair[0])
        return best[1] if best[0] >= _ALIKE else None

    def _by_number(self, block: TextBlock, label: str, words: str, current: str) -> PlacedHeading | None:
        """A heading that was worded anew but kept its number: only onwards, and only where words recur.

        One that nothing marks as a heading has no word besides: an item of a list would be lost as a heading.
        """
        if not label:
            return None
        marked = block.level or block.bold or block.text.isupper()
        said = {*words.split()} - {"về"}
        parents = {current, "", *(heading.parent for heading in self._upwards(current))}
        at = self._order.get(current, -1)
        for candidate in self._headings[at + 1 :]:
            own = {*candidate.words.split()}
            alike = (
                token_set_ratio(candidate.words, words) >= _SOMEWHAT_ALIKE
                if marked
                else len(said) >= _FEWEST_WORDS and said <= own
            )
            if candidate.label == label and candidate.parent in parents and alike:
                return candidate
        return None


# --- what of a document is nobody's text: letterhead, title, recipients, signature (thể thức văn bản) ----------

_NATIONAL = re.compile(r"cộng hòa xã hội chủ nghĩa|độc lập ?- ?tự do")
_BOILERPLATE = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam.*|độc lập ?- ?tự do ?- ?hạnh phúc|số ?:.*/.*|"
    r".{0,60}, ?ngày .{0,6}tháng .{0,6}năm .{0,8}|báo cáo|đề cương.*|kính gửi.*|\(kèm theo .*\)|"
    r"nơi nhận.*|-? ?lưu ?:.*|-? ?như trên;?|(?:tm|kt|q|tl|tuq)\. ?.{0,60}|"
    r"(?:phó )?(?:chủ tịch|giám đốc|trưởng ban|chánh văn phòng|hiệu trưởng|tổng giám đốc|cục trưởng|thủ trưởng.*)|"
    r"\(ký.*\)"
)
_LONGEST_TITLE = 160
_LONGEST_NAME = 6
_RECIPIENT = re.compile(r"[-–+•]\s?.{1,90}[;.]|bản điện tử ?:", re.IGNORECASE)


def _is_boilerplate(block: Block, *, opening: bool) -> bool:
    """Whether a block outside all sections is part of a letterhead, a title or a signature.

    Titles in capitals are boilerplate only at the `opening`, before the first heading.
    """
    if isinstance(block, TableBlock):
        return any(_NATIONAL.match(fold(line)) for row in block.rows for cell in row for line in cell.split("\n"))
    if not isinstance(block, TextBlock):
        return False
    titled = opening and block.text.isupper() and len(block.text) < _LONGEST_TITLE
    return titled or is_agency_line(block.text) or _BOILERPLATE.fullmatch(fold(block.text)) is not None


def _is_abstract(block: Block, above: Block | None) -> bool:
    """Whether a line is the abstract (trích yếu) right below the name of the document."""
    if not isinstance(block, TextBlock) or not isinstance(above, TextBlock) or fold(above.text) != "báo cáo":
        return False
    return len(block.text) < _LONGEST_TITLE and not block.text.rstrip().endswith((".", ";", ":"))


def _signs(block: Block) -> bool:
    """Whether a line after "Nơi nhận" names a recipient or the signer."""
    text = block.text if isinstance(block, TextBlock) else ""
    return _RECIPIENT.fullmatch(text) is not None or (text.istitle() and len(text.split()) <= _LONGEST_NAME)


def _closes(block: Block) -> bool:
    """Whether the signature begins here; what follows belongs to no section."""
    first = (
        block.rows[0][0] if isinstance(block, TableBlock) else block.text if isinstance(block, TextBlock) else ""
    )
    return fold(first).startswith("nơi nhận")
