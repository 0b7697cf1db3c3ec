"""TCVN3 and VNI: every letter converts, and correct text of any language is left alone."""

import unicodedata

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.legacy import convert, convert_by_habit, habit_of, looks_legacy
from doingoai_cli.vietnamese.syllables import is_syllable

# Pangram-like lines with each letter and tone, as the fonts of the time stored them.
TCVN3 = {
    "a µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë": "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ",
    "e Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö i × Ý Ø Ü Þ": "e è é ẻ ẽ ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị",
    "o ß ã á â ä « å è æ ç é ¬ ê í ë ì î": "o ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ",
    "u ï ó ñ ò ô \u00ad õ ø ö ÷ ù y ú ý û ü þ ®": "u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ ỵ đ",
    "¡ ¢ £ ¤ ¥ ¦ §": "Ă Â Ê Ô Ơ Ư Đ",
    "Phã Chñ tÞch UBND tØnh": "Phó Chủ tịch UBND tỉnh",
    "Hµn Quèc": "Hàn Quốc",
    "Tõ ngµy 12 ®Õn 15/3/2019": "Từ ngày 12 đến 15/3/2019",
    "Th\u00adêng trùc TØnh ñy": "Thường trực Tỉnh ủy",
}
VNI = {
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä": "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ",
    "eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò": "è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị",
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï": "ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ",
    "uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î ñ": "ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ đ",
    "COÄNG HOØA XAÕ HOÄI": "CỘNG HÒA XÃ HỘI",
    "Coäng hoøa xaõ hoäi": "Cộng hòa xã hội",
    "Ñaø Naüng": "Đà Nẵng",
    "Sôû Du lòch, ñoaøn coâng taùc": "Sở Du lịch, đoàn công tác",
}


@pytest.mark.parametrize(("text", "unicode"), TCVN3.items())
def test_tcvn3_by_font(text: str, unicode: str) -> None:
    assert convert(text, ".VnTime") == (unicode, "TCVN3")
    assert convert(text, ".VnTimeH") == (unicode.upper(), "TCVN3")
    assert convert(text, ".VNARIALH Bold") == (unicode.upper(), "TCVN3")


@pytest.mark.parametrize(("text", "unicode"), VNI.items())
def test_vni_by_font(text: str, unicode: str) -> None:
    assert convert(text, "VNI-Times") == (unicode, "VNI")
    assert convert(text, "vni-helve") == (unicode, "VNI")


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", ".VnTimeH", "Times New Roman", None])
@pytest.mark.parametrize(
    "text", ["", "UBND", "Hàn Quốc", "Đoàn", unicodedata.normalize("NFD", "Lào"), "12/3 – 15/3"]
)
def test_text_that_is_unicode_is_left_alone_whatever_its_font(text: str, font: str | None) -> None:
    assert convert(text, font) is None


@pytest.mark.parametrize("text", [*list(TCVN3)[5:], "§oµn c«ng t¸c cña Së Du lÞch", "Céng hßa x· héi chñ nghÜa"])
def test_tcvn3_is_proved_by_its_letters(text: str) -> None:
    assert looks_legacy(text) == "TCVN3"
    decoded = convert(text, None)
    assert decoded is not None
    assert decoded == convert(text, ".VnTime")


@pytest.mark.parametrize("text", list(VNI)[4:])
def test_vni_is_proved_by_its_letters(text: str) -> None:
    assert looks_legacy(text) == "VNI"


CORRECT = """
Lào, Úc|Pháp và Áo|Hoà, Toà, Khoá|ngoài khoá, hoà toà|Côn Đảo|Cô-oét|công tác tại Pháp|hoá, khoá, thoá
Noël à Köln, où naïf|für Österreich und die Schweiz|señor Muñoz, año y niño|Curaçao, São Tomé e Príncipe
Åland, Malmö och Göteborg|Zürich – Genève|5 µm × 3 µm ½|N.ª S.ª|Windows® và Office®|© 2019 Công ty ABC|café, résumé
Ærø, Sjælland|façade élève très où là|Straße, Grüße, Müller|50 £ và 20 ¥|§ 5 Abs. 2|±5 °C|«Hội nghị»|Mª José
""".replace("\n", "|").strip("|")


@pytest.mark.parametrize("text", CORRECT.split("|"))
def test_correct_text_is_never_legacy(text: str) -> None:
    assert looks_legacy(text) is None
    assert convert(text, "Times New Roman") is None


LOCALES = ["vi", "en", "fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "hu", "tr", "id", "lo"]
COUNTRIES = sorted({name for code in LOCALES for name in Locale.parse(code).territories.values()})
VIETNAMESE = [
    "đoàn",
    "công",
    "tác",
    "của",
    "sở",
    "du",
    "lịch",
    "hòa",
    "hoà",
    "khoá",
    "toà",
    "lào",
    "úc",
    "áo",
    "pháp",
    "ý",
    "đức",
    "nga",
    "là",
    "và",
    "có",
    "ngoài",
    "loài",
    "xoá",
    "hoá",
    "tài",
    "cô",
    "hán",
]


@settings(max_examples=200)
@given(
    st.lists(st.one_of(st.sampled_from(COUNTRIES), st.sampled_from(VIETNAMESE)), min_size=1, max_size=6),
    st.sampled_from([", ", " ", " và "]),
)
def test_names_of_countries_and_vietnamese_words_are_never_legacy(names: list[str], separator: str) -> None:
    assert looks_legacy(separator.join(names)) is None


@given(st.text(), st.sampled_from([None, ".VnTime", ".VnTimeH", "VNI-Times", "Arial", ""]))
def test_any_text_is_taken(text: str, font: str | None) -> None:
    converted = convert(text, font)
    assert converted is None or converted[0] != text


SYLLABLES = "quốc nghĩa gì giếng khuya thuyền nguyễn hoà hòa thủy thuỷ quý nước yêu ương xoong quyết lịch đặc úc ý"


NO_SYLLABLES = "lat thưl zô quôc brazil fa köln"


@pytest.mark.parametrize(
    ("word", "valid"), [*((w, True) for w in SYLLABLES.split()), *((w, False) for w in NO_SYLLABLES.split())]
)
def test_syllables(word: str, valid: bool) -> None:
    assert is_syllable(word) is valid


OLD = ["§oµn c«ng t¸c cña Së Du lÞch", "Céng hßa x· héi chñ nghÜa"]
NEW = ["Đoàn công tác của Sở Du lịch", "Thăm và làm việc", "Ngân sách tỉnh"]
HABITS = [
    (OLD, None, "Th¸i Lan", None, "Thái Lan"),
    (OLD, None, "Sè: 15/BC-SYT", None, "Số: 15/BC-SYT"),
    (OLD, None, "São Paulo", None, None),
    (["Coäng hoøa xaõ hoäi", "Sôû Du lòch"], None, "Quyù I/2020", None, "Quý I/2020"),
    ([*OLD, *NEW], None, "Th¸i Lan", None, "Thái Lan"),
    ([OLD[0], *NEW], None, "Sè hai", None, None),
    ([*OLD[:1], *NEW], ".VnTime", "Thái Lan", ".VnTime", None),
    (OLD, ".VnTime", "Hµ Néi", ".VnTime", "Hà Nội"),
]


@pytest.mark.parametrize(("texts", "their_font", "text", "font", "expected"), HABITS)
def test_what_one_text_leaves_open_the_sheet_tells(
    texts: list[str], their_font: str | None, text: str, font: str | None, expected: str | None
) -> None:
    converted = convert_by_habit(text, font, habit_of((other, their_font) for other in texts))
    assert (converted[0] if converted else None) == expected


def test_unicode_in_a_legacy_font_is_no_habit() -> None:
    habit = habit_of((text, ".VnTime") for text in [*NEW, "05", "Lào, São Paulo"])
    assert habit.encoding is None
    assert convert_by_habit("Thái Lan", ".VnTime", habit) is None


OLD_IN_ITS_FONT = [(text, ".VnTime") for text in OLD]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Síp", "Times New Roman", None),
        ("Ghi chú:", None, None),
        ("Phùng Hà", "Times New Roman", None),
        ("Th¸i Lan", "Times New Roman", "Thái Lan"),
        ("Hµ Néi", ".VnTime", "Hà Nội"),
    ],
)
def test_words_that_stand_as_they_are_stay_in_fonts_without_legacy_text(
    text: str, font: str | None, expected: str | None
) -> None:
    converted = convert_by_habit(text, font, habit_of([*OLD_IN_ITS_FONT, ("Ngân sách tỉnh", "Times New Roman")]))
    assert (converted[0] if converted else None) == expected
