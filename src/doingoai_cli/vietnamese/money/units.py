"""The unit in which a column counts money (đơn vị tính), said in its heading and not in its cells."""

import re

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold

_DOLLAR = r"(?:usd|us\$|\$|đô la(?: mĩ)?)"
_THOUSAND = r"(?:1[.,]?000|nghìn|ngàn)"
# How headings write it, the word that a sum bears, and the number from which the column is no longer believed.
_UNITS = (
    (rf"{_THOUSAND} ?{_DOLLAR}", "nghìn USD", 100_000),
    (rf"(?:triệu|tr)\.? ?{_DOLLAR}", "triệu USD", 100),
    (rf"{_THOUSAND} ?(?:đồng|đ|vnđ|vnd)|nghìn|ngàn", "nghìn đồng", 10_000_000),
    (r"(?:triệu|tr)\.? ?(?:đồng|đ|vnđ|vnd)?|1[.,]?000[.,]?000 ?(?:đồng|đ|vnđ|vnd)", "triệu đồng", 100_000),
    (r"(?:tỉ|tỷ)(?: đồng| đ)?", "tỷ đồng", 1_000),
    *(
        ("|".join(map(re.escape, words)), code, 10**15 if code == "VND" else 100_000_000)
        for code, words in names("currencies.tsv").items()
    ),
)
_SAID = re.compile(
    r"(?<![\w.,])(?<!hợp )(?<!cộng )(?<!hội )(?:"
    + "|".join(f"(?P<u{at}>{words})" for at, (words, _, _) in enumerate(_UNITS))
    + r")(?=[ .]*(?:$|[():;,/]|(?:hoặc|hay|và)\b))"
)
_ASKED = re.compile(r"\b(?:ghi (?:rõ|cụ thể)|nếu)\b")
"""What the heading asks for in the cells is no unit of its own: "(ghi rõ VNĐ hay USD)"."""
_BELIEVED = {word: most for _, word, most in _UNITS}
# "1.200,5", "90,5", and what Excel holds as a number: "90.5", "90.1250"
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2}|\.(?:\d{1,2}|\d{4,15}))?"
_THOUSANDS = re.compile(r"\.(?=\d{3}(?!\d))")
_ALONE = re.compile(rf"(?P<before>\s*)(?P<number>{_NUMBER})\s*\.?\s*")
_LABELLED = re.compile(rf"(?P<before>[:=] ?)(?P<number>{_NUMBER})(?=\s*(?:$|[;\n)]|,\s))")


def unit_said(heading: str) -> str:
    """The unit that a heading, or a line above a table, states: "Kinh phí (ĐVT: nghìn đồng)"; "" for two."""
    if _ASKED.search(fold(heading)):
        return ""
    said = {str(match.lastgroup) for match in _SAID.finditer(fold(clean(heading)))}
    return _UNITS[int(said.pop()[1:])][1] if len(said) == 1 else ""


def with_unit(text: str, unit: str) -> str:
    """A cell of sums with the unit of its column, where its numbers bear none: "NSNN: 150; khác: 50"."""
    if not unit:
        return text
    if alone := _ALONE.fullmatch(text):
        return _measured(alone, unit)
    bare = not re.search(r"\b(?:đồng|đ|vnđ|vnd|triệu|tr|tỉ|tỷ|nghìn|ngàn|usd|eur)\b|[$€]", fold(text))
    return _LABELLED.sub(lambda match: _measured(match, unit), text) if bare else text


def _measured(match: re.Match[str], unit: str) -> str:
    number = float(_THOUSANDS.sub("", match["number"]).replace(",", "."))
    said = f"{match['before']}{match['number']}".strip() if match.re is _ALONE else match[0]
    return f"{said} {unit}" if number < _BELIEVED[unit] else match[0]
