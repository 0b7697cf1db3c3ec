"""The days, months, quarters and years that a time names, in their order, before missing parts are filled in."""

import re

from doingoai_cli.vietnamese.numbers import number_in_words, read_roman
from doingoai_cli.vietnamese.time.numeric import read_figures
from doingoai_cli.vietnamese.time.parts import (
    Day,
    Mention,
    PartPair,
    Precision,
    Span,
    UnreadableError,
    month,
    plausible,
    quarter,
    whole_year,
)
from doingoai_cli.vietnamese.time.tokens import tokens, year_of


def mentions(folded: str, year: int) -> list[Mention]:
    """The mentions in folded text of a form of `year`: "đến nay" goes up to its end. Raises `UnreadableError`."""
    found = tokens(folded)
    reader = _MentionReader(year)
    alone = all(token.lastgroup in _OF_ROMANS for token in found)
    for at, token in enumerate(found):
        beside = (found[i].lastgroup for i in (at - 1, at + 1) if 0 <= i < len(found))
        reader.take(token, alone, beside_word="word" in beside)
    if reader.tie == "đến":
        raise UnreadableError  # "Từ 20/4/2018 đến …": an end is announced and not given
    return reader.mentions


_OF_ROMANS = frozenset({"roman", "dash", "range", "list"})  # "II/2020", "III-IV"


class _MentionReader:
    """One pass over the tokens; `unit` is what a bare number means at this point ("Tháng 3, 4", "Quý I, II")."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.mentions: list[Mention] = []
        self.tie = ""
        self.unit = ""
        self.by_day = False  # the text speaks of days ("ngày", "sáng")
        self.by_quarter = False
        self.bound = ""  # "before" or "after" what is named next ("trước 30/6")

    def take(self, token: re.Match[str], alone: bool, beside_word: bool) -> None:
        """Read one token."""
        match token.lastgroup:
            case "dash" | "range":
                self._tie("-" if token.lastgroup == "dash" else "đến")
            case "list":
                self.tie = ""
            case "open":
                self.tie = ""
                self.unit = "day"  # "Tháng 3: 12-15"
            case "day":
                self.unit, self.by_day = "day", True
            case "word":
                self.tie = self.tie if token[0] in _NO_END else ""
                self.bound = ""
            case "run":
                if not (beside_word and len(token[0]) < 4 and token[0].isdigit()):
                    self._add_run(token[0])
            case "roman":
                if alone or self.by_quarter:
                    self._add_span(quarter(_ordinal(token["r"]), year_of(token, "ry")), "quarter")
            case "until" | "before" | "after" | "onward" | "now":
                self._take_open(token)
            case _:
                self._take_named(token)

    def _take_open(self, token: re.Match[str]) -> None:
        """What opens a time at one end ("trước 30/6", "từ tháng 7 trở đi"), or ends it today."""
        match token.lastgroup:
            case "until":
                self._tie("đến")
                self.bound = "" if self.mentions else "before"  # "đến hết tháng 9"
            case "before" | "after":
                self.bound = token.lastgroup
            case "onward" if self.mentions:
                last = self.mentions[-1]
                self.mentions[-1] = last._replace(what=_bounded(last.what, "after"))
            case "onward":
                pass
            case "now":
                self.tie = "đến"
                self._add_now()

    def _take_named(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "quarter":
                self._add_span(quarter(_ordinal(token["q"]), year_of(token, "qy")), "quarter")
            case "month":
                self._add_span(month(_ordinal(token["m"]), year_of(token, "my")), "month")
            case "part":
                self._add_span(_part_of_year(token), "")
            case "year":
                self._add_year(plausible(int(token["y"])))
            case "anyyear" | "allquarters":
                self._add_year(None)
            case "season":
                self._add_span(Span(1, 12, Precision.HALF), self.unit)

    def _tie(self, tie: str) -> None:
        if self.mentions and self.tie != "đến":
            self.tie = tie

    def _add(self, part: Day | Span | PartPair) -> None:
        self.mentions.append(Mention(self.tie, _bounded(part, self.bound)))
        self.tie = self.bound = ""

    def _add_span(self, span: Span, unit: str) -> None:
        self._add(span)
        self.unit = unit
        self.by_quarter |= unit == "quarter"

    def _add_now(self) -> None:
        """The end of the form's year, as exact as what it is the end of."""
        before = self.mentions[-1].what if self.mentions else None
        year = max(self.year, (before.year if isinstance(before, Day | Span) else None) or 0)
        self._add(month(12, year) if isinstance(before, Span) else Day(31, 12, year))

    def _add_year(self, year: int | None) -> None:
        """A year, or its end where it ends a range ("từ tháng 9 đến cuối năm")."""
        before = self.mentions[-1].what if self.mentions else None
        from_within = isinstance(before, Day) or (isinstance(before, Span) and before.precision < Precision.HALF)
        ends = self.tie == "đến" and from_within
        self._add_span(month(12, year) if ends else whole_year(year), self.unit)

    def _add_run(self, run: str) -> None:
        for tie, what in read_figures(run, self.unit, self.by_day):
            self.tie = tie or self.tie
            self._add(what)
            if isinstance(what, PartPair):
                self.by_day = True
            elif isinstance(what, Span) and what.precision is Precision.MONTH:
                self.unit = "month"
            elif isinstance(what, Day) and what.month is not None:
                self.unit = "day"


def _bounded(part: Day | Span | PartPair, bound: str) -> Day | Span | PartPair:
    """The months up to what is named, or from it on, where the time is open at one end."""
    if not bound or isinstance(part, PartPair) or (isinstance(part, Day) and part.month is None):
        return part
    first, last = (part.month or 0, part.month or 0) if isinstance(part, Day) else (part.first, part.last)
    whole = (1, last) if bound == "before" else (first, 12)
    return Span(*whole, Precision.HALF, part.year)


# After "đến" these announce an end that is not given ("đến khi xong việc").
_NO_END = frozenset({"khi", "…", "nay", "xong"})


def _ordinal(text: str) -> int:
    """A number in figures or Roman numerals, an l typed for an I included; 0 if it is neither."""
    return int(text) if text.isdigit() else read_roman(text.replace("l", "i")) or 0


def _part_of_year(token: re.Match[str]) -> Span:
    """ "6 tháng đầu năm", "hai quý cuối năm", "nửa đầu năm"."""
    many, by_quarters = token["many"], token["unit"] == "quí"
    number = 6 if many is None else int(many) if many.isdigit() else number_in_words(many) or 0
    months = 3 * number if by_quarters else number
    if not 1 <= months <= 12:
        raise UnreadableError
    if by_quarters or months <= 3:
        precision = Precision.QUARTER
    else:
        precision = Precision.HALF if months <= 6 else Precision.YEAR
    return Span(1, months, precision) if token["side"] == "đầu" else Span(13 - months, 12, precision)
