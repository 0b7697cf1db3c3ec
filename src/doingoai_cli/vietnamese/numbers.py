"""Numbers: the readers of what offices write, and how official texts print them (số liệu)."""

from decimal import ROUND_HALF_UP, Decimal

from doingoai_cli.vietnamese.breakdowns import Breakdown, read_breakdown
from doingoai_cli.vietnamese.counts import Count, read_count

__all__ = [
    "Breakdown",
    "Count",
    "format_decimal",
    "format_number",
    "read_breakdown",
    "read_count",
    "read_roman",
    "roman",
]


def format_number(number: int) -> str:
    """`number` as official texts print it: 02 under ten, a dot for thousands (1.250), 0 as it is."""
    if number < 0:
        return "-" + format_number(-number)
    return f"{number:02d}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


def format_decimal(number: float | Decimal, places: int) -> str:
    """`number` rounded half up to `places` places, with a decimal comma: 13,6 or 1.250,5."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """`number` (1 … 3999) in Roman numerals."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman numeral for {number}")
    digits = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        digits.append(letters * times)
    return "".join(digits)


def read_roman(text: str) -> int | None:
    """The number that `text` writes in Roman numerals of either case; None if it is none."""
    numeral = text.strip().upper()
    rest, number = numeral, 0
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number, rest = number + value, rest.removeprefix(letters)
    return number if not rest and 0 < number < 4000 and roman(number) == numeral else None
