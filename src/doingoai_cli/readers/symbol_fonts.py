"""Symbol fonts (Wingdings …): the ticks, crosses and boxes that they draw in the place of letters."""

_PRIVATE = 0xF000  # where Word and LibreOffice put the letters of such a font: U+F0FC for "ü"


def _table(letters: str, signs: str) -> dict[str, str]:
    table = dict(zip(letters, signs, strict=True))
    return table | {chr(_PRIVATE + ord(letter)): sign for letter, sign in table.items()}


_FONTS = {
    "wingdings": _table("üþýûx¨oqrnl¡¤", "✓☑☒✗☒☐☐☐☐■●○◉"),
    "wingdings 2": _table("PORQST£", "✓✗☑☒☒☒☐"),
    "webdings": _table("arcgn", "✓✗☐■●"),
    "marlett": _table("abr", "✓✓✗"),
    "symbol": _table("Ö·´", "√•×"),
}


def is_symbol_font(font: str | None) -> bool:
    """Whether a font draws signs in the place of letters: "Wingdings", "Webdings"."""
    return font is not None and font.lower() in _FONTS


def drawn(text: str, font: str | None) -> str:
    """A text of nothing but signs of a symbol font as a reader sees it ("ü" → "✓"); any other as it is."""
    if font is None or not is_symbol_font(font):
        return text
    signs = [_FONTS[font.lower()].get(letter, "") for letter in text.strip()]
    return "".join(signs) if all(signs) else text
