"""Short forms of the centre written out (TƯ, T.Ư, TW, TU): Trung ương; Tỉnh ủy behind a post of the province."""

import re

_SYLLABLES_OF_WORDS = "PHÁP|VẤN|NHÂN|LỆNH|TƯỞNG|CÁCH|LIỆU|THỤC|SẢN|DUY|THẾ|GIA|CHẤT|TÚC|THƯƠNG"  # "TƯ PHÁP"
_CENTRE = re.compile(rf"\b[Tt]\. ?[ƯưWw]\b\.?|\bTƯ\b(?! (?:{_SYLLABLES_OF_WORDS})\b)|\b(?:TW|Tw)\b")
_OF_THE_PROVINCE = (
    r"(?:bí thư|lãnh đạo|lđ|thường trực|thường vụ|bt|pbt|btv|tt|uv|uvtv|uvbtv|ủy viên|văn phòng|vp|ban cán sự)"
)
_TU = re.compile(rf"(?P<before>\b{_OF_THE_PROVINCE} )?\bTU\b", re.IGNORECASE)


def written_centre(text: str) -> str:
    """`text` with the short forms written out: "do T.Ư tổ chức" -> "do Trung ương tổ chức"; "LĐ TU": Tỉnh ủy."""
    return _TU.sub(_province_or_centre, _CENTRE.sub("Trung ương", text))


def _province_or_centre(match: re.Match[str]) -> str:
    if not match[0].endswith("TU"):
        return match[0]  # "tu sửa", "tu nghiệp"
    return f"{match['before']}Tỉnh ủy" if match["before"] else "Trung ương"
