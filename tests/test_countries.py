"""Destinations: what stands for a country, what is general, and what the marks around them mean."""

import unicodedata
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.places.countries import (
    SUBREGIONS,
    country_name,
    read_destinations,
    subregion,
    written_countries,
)
from doingoai_cli.vietnamese.places.gazetteer import COUNTRIES
from doingoai_cli.vietnamese.places.general import covers
from doingoai_cli.vietnamese.places.provinces import provinces_in
from doingoai_cli.vietnamese.tables import names

NAMED = [
    ("Bulgari, Kazakstan", "BGR KAZ"),
    ("Lucxambua và Indonêxia", "LUX IDN"),
    ("Lào", "LAO"),
    ("Pháp, Đức, Bỉ, Hà Lan", "FRA DEU BEL NLD"),
    ("Thụy Sĩ và Áo", "CHE AUT"),
    ("nước CHND Trung Hoa", "CHN"),
    ("Singapore, Đài Loan, CHLB Đức, Pháp, Canada, Úc, I-xra-en", "SGP TWN DEU FRA CAN AUS ISR"),
    ("Bosnia và Herzegovina", "BIH"),
    ("Bô-xni-a và Héc-xê-gô-vi-na", "BIH"),
    ("Trinidad & Tobago và Guinea Xích đạo", "TTO GNQ"),
    ("Papua New Guinea", "PNG"),
    ("Guinea - Bissau", "GNB"),
    # one name holds the beginning of the next
    ("Dominica\nNa Uy", "DMA NOR"),
    ("Dominica Na Uy", "DMA NOR"),
    ("India Na Uy", "IND NOR"),
    ("Đô-mi-ni-ca\nna", "DOM"),
    ("Guinea\nBissau", "GNB"),
    ("Dominica\nna, Uy ban", "DOM"),
    ("CHDC Congo; CH Congo", "COD COG"),
    ("Nam Phi, Cộng hòa Trung Phi", "ZAF CAF"),
    ("CH Dominica, Dominica", "DOM DMA"),
    ("Hàn Quốc, CHDCND Triều Tiên", "KOR PRK"),
    ("Vương quốc Anh và Bắc Ai-len", "GBR"),
    ("Liên bang Nga và CH Belarus", "RUS BLR"),
    ("CHDCND Lào", "LAO"),
    ("Cộng hòa Dân chủ Nhân dân Lào", "LAO"),
    ("CHDCNDL", "LAO"),
    ("In đô nê xi a; Inđônêxia", "IDN"),
    ("Ô-xtrây-li-a/Niu Di-lân", "AUS NZL"),
    ("Hoa Kì", "USA"),
    ("Thuỵ Sỹ", "CHE"),
    ("Miến Điện", "MMR"),
    ("TQ, HQ", "CHN KOR"),
    ("Trung, Nhật, Hàn", "CHN JPN KOR"),
    ("1. Lào 2. Thái Lan", "LAO THA"),
    ("Lào - Thái Lan - Campuchia", "LAO THA KHM"),
    ("Mỹ-Đức-Pháp", "USA DEU FRA"),
    ("Đức\nAnh\nPháp", "DEU GBR FRA"),
    ("Lào, Thái Lan...", "LAO THA"),
    ("Lào, Thái Lan, v.v.", "LAO THA"),
    ("Lào, Lào và Việt Nam", "LAO"),
    ("Nhật Bản hoặc Hàn Quốc", "JPN KOR"),
    ("Georgia", "GEO"),
    # One China: whose territory it is, is no further destination.
    ("Trung Quốc (Đài Loan)", "TWN"),
    ("Đài Loan (Trung Quốc)", "TWN"),
    ("Đài Loan, Trung Quốc", "TWN CHN"),
    ("Hồng Kông, Ma Cao (Trung Quốc)", "HKG"),
    # Places beside their country, and places alone.
    ("Khăm Muồn, Lào", "LAO"),
    ("thành phố Thái Châu (Trung Quốc)", "CHN"),
    ("tỉnh Jeonbuk (Hàn Quốc)", "KOR"),
    ("Quảng Tây và Vân Nam (Trung Quốc)", "CHN"),
    ("Đức (Frankfurt, Berlin), Pháp (Paris)", "DEU FRA"),
    ("bang Georgia (Hoa Kỳ)", "USA"),
    ("Victoria (Canada)", "CAN"),
    ("Mỹ (Manchester, Birmingham)", "USA"),
    ("Mỹ: Birmingham, Paris", "USA"),
    ("Bangkok - Viêng Chăn", "THA LAO"),
    ("tỉnh Savannakhet", "LAO"),
    ("Nhựt Bổn", "JPN"),
    # Transit is no visit, unless nothing else is named.
    ("Lào (quá cảnh Thái Lan)", "LAO"),
    ("quá cảnh tại Thái Lan, Lào", "LAO"),
    ("Thái Lan (quá cảnh), Lào", "LAO"),
    ("Hàn Quốc; quá cảnh: Thái Lan", "KOR"),
]


@pytest.mark.parametrize(("text", "codes"), NAMED)
def test_named_countries(text: str, codes: str) -> None:
    read = read_destinations(text)
    assert read.countries == tuple(codes.split())
    assert read.vague == ()
    assert not read.unknown


GENERAL = [
    ("ASEAN", "", "ASEAN"),
    ("Các nước ASEAN", "", "Các nước ASEAN"),
    ("EU", "", "EU"),
    ("Liên minh châu Âu (EU)", "", "Liên minh châu Âu (EU)"),
    ("Châu Á, Châu Âu", "", "Châu Á|Châu Âu"),
    ("Đông Nam Á", "", "Đông Nam Á"),
    ("BẮC MỸ", "", "BẮC MỸ"),
    ("Mỹ La-tinh", "", "Mỹ La-tinh"),
    ("03 nước châu Á", "", "03 nước châu Á"),
    ("03 nước", "", "03 nước"),
    ("một số nước", "", "một số nước"),
    ("các nước láng giềng", "", "các nước láng giềng"),
    ("nước ngoài", "", "nước ngoài"),
    ("chưa xác định", "", "chưa xác định"),
    ("Theo thư mời của đối tác", "", "Theo thư mời"),
    ("Châu Âu (dự kiến)", "", "Châu Âu"),
    ("Lào, Thái Lan và một số nước khác", "LAO THA", "một số nước khác"),
    ("Lào và các nước ASEAN", "LAO", "các nước ASEAN"),
    ("Lào - ASEAN - Thái Lan", "LAO THA", "ASEAN"),
    ("Châu Âu, Mỹ", "USA", "Châu Âu"),
    ("Châu Á (Nhật Bản), Châu Âu", "JPN", "Châu Âu"),
    ("các nước ASEAN (trừ Lào)", "LAO", "các nước ASEAN"),
    ("một số nước châu Âu (Pháp, Đức và các nước khác)", "FRA DEU", "các nước khác"),
    ("các nước châu Âu như Pháp, Đức...", "FRA DEU", "các nước châu Âu"),
]


@pytest.mark.parametrize(("text", "codes", "vague"), GENERAL)
def test_general_destinations(text: str, codes: str, vague: str) -> None:
    read = read_destinations(text)
    assert (read.countries, read.vague) == (tuple(codes.split()), tuple(vague.split("|")))
    assert not read.unknown


SPECIFIED = [
    ("ASEAN (Thái Lan)", "THA"),
    ("Thái Lan (ASEAN)", "THA"),
    ("04 nước châu Âu gồm: Pháp, Đức, Bỉ, Hà Lan", "FRA DEU BEL NLD"),
    ("Các nước: Lào, Thái Lan", "LAO THA"),
    ("Các nước Lào, Thái Lan", "LAO THA"),
    ("Các nước\nLào\nThái Lan", "LAO THA"),
    ("03 nước: Lào, Thái Lan, Campuchia", "LAO THA KHM"),
    ("hai nước Lào và Thái Lan", "LAO THA"),
    ("ASEAN (03 nước: Lào, Thái Lan, Campuchia)", "LAO THA KHM"),
    ("Châu Âu (Pháp, Đức, ...)", "FRA DEU"),
    ("Châu Âu\n- Pháp\n- Đức", "FRA DEU"),
    ("Châu Á: Nhật Bản; Châu Âu: Pháp", "JPN FRA"),
    ("các tỉnh vùng Đông Bắc Thái Lan", "THA"),
    ("khu vực Nam Lào", "LAO"),
    ("Hàn Quốc - khu vực Đông Á", "KOR"),
    ("Hội nghị ASEAN tại Thái Lan", "THA"),
    ("Các nước châu Âu như Pháp, Đức", "FRA DEU"),
    ("Thái Lan, Malaysia, Singapore (03 nước ASEAN)", "THA MYS SGP"),
    ("nước láng giềng Lào", "LAO"),
]


@pytest.mark.parametrize(("text", "codes"), SPECIFIED)
def test_general_terms_that_real_countries_specify(text: str, codes: str) -> None:
    read = read_destinations(text)
    assert (read.countries, read.vague) == (tuple(codes.split()), ())


@pytest.mark.parametrize("text", ["Vương quốc Atlantis", "Lào Cai", "Việt Nam", "ý kiến của Sở", "tiếng Anh", "x"])
def test_text_without_country_is_unknown(text: str) -> None:
    read = read_destinations(text)
    assert read.unknown
    assert (read.countries, read.vague) == ((), ())


@pytest.mark.parametrize("text", ["", "  ", "-", "…", "..."])
def test_blank_text_is_not_unknown(text: str) -> None:
    assert read_destinations(text) == (text, (), (), False, (), (), 0, ())


COUNTS = [
    ("Papua New Guinea: 01; Malaysia: 11", "PNG 1 MYS 11"),
    ("Lào: 10 người, Thái Lan: 15 người", "LAO 10 THA 15"),
    ("Lào (10), Thái Lan (15)", "LAO 10 THA 15"),
    ("25 (Lào: 10; Thái Lan: 15)", "LAO 10 THA 15"),
    ("45 (Lào 20, Thái Lan 25)", "LAO 20 THA 25"),
    ("10 người Lào, 05 người Thái Lan", "LAO 10 THA 5"),
    ("30 đại biểu đến từ Lào (10), Thái Lan (20)", "LAO 10 THA 20"),
    ("50 đại biểu từ Lào, Thái Lan", ""),
    ("Lào 3 ngày, Thái Lan 2 ngày", ""),
    ("Lào (20/4/2018)", ""),
    ("Mỹ năm 2020", ""),
    ("1. Lào 2. Thái Lan", ""),
]


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_counts_by_country(text: str, counts: str) -> None:
    assert " ".join(f"{code} {n}" for code, n in read_destinations(text).counts) == counts


PRINTED = {"AUS": "Úc", "GBR": "Anh", "ITA": "Ý", "MMR": "Myanmar"}
"""What provinces print where CLDR has another name."""


def test_names_are_those_of_cldr() -> None:
    from babel import Locale

    vietnamese, english = Locale("vi").territories, Locale("en").territories
    for line in _table():
        code, alpha2, area, name, english_name = line
        assert (name, english_name) == (PRINTED.get(code, vietnamese[alpha2]), english[alpha2])
        assert (country_name(code), subregion(code)) == (name, area)
        assert area in SUBREGIONS


def _table() -> list[list[str]]:
    from doingoai_cli.vietnamese.tables import rows

    return list(rows("countries.tsv"))


def _spelled() -> list[tuple[str, str]]:
    spelled = [(name, c.code) for c in COUNTRIES.values() for name in (c.name, c.english)]
    for table in ("country-aliases.tsv", "foreign-places.tsv"):
        spelled += [(name.removesuffix("="), code) for code, listed in names(table).items() for name in listed]
    return [(name, code) for name, code in spelled if code != "VNM"]


def test_every_name_is_read_alone_in_every_typing() -> None:
    wrong = []
    for name, code in _spelled():
        for typed in (
            name,
            name.upper(),
            name.lower(),
            unicodedata.normalize("NFD", name),
            name.replace("-", " "),
        ):
            read = read_destinations(typed)
            if (read.countries, read.vague, read.unknown) != ((code,), (), False):
                wrong.append((typed, read))
    assert not wrong


SEPARATORS = [", ", ",", "; ", ";", " và ", "/", " / ", " & ", " - ", " – ", "\n", "\n- ", " + ", ", và "]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(_spelled()), min_size=2, max_size=4),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["", "...", " …", ", v.v."]),
    st.sampled_from([str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)]),
)
def test_lists_of_names(spelled: list[tuple[str, str]], separator: str, tail: str, typed: object) -> None:
    # A state beside a territory of its own is one destination; those pairs have their own tables.
    codes = tuple(dict.fromkeys(code for _, code in spelled))
    if ("CHN" in codes and "TWN" in codes) or any(
        set(names("territories.tsv").get(one, ())) & set(codes) for one in codes
    ):
        return
    text = separator.join(name for name, _ in spelled) + tail
    read = read_destinations(typed(text))  # type: ignore[operator]
    assert (read.countries, read.vague) == (codes, ())


GENERAL_TERMS = [name.removesuffix("=") for name in names("destination-words.tsv")["region"]]


@pytest.mark.parametrize("term", GENERAL_TERMS)
def test_every_region_is_general_unless_specified(term: str) -> None:
    for typed in (term, term.upper(), unicodedata.normalize("NFD", term), f"Các nước {term}", f"Lào và {term}"):
        assert read_destinations(typed).vague, typed
    for typed in (f"{term} (Lào)", f"Các nước {term} gồm: Lào", f"Lào ({term})"):
        assert not read_destinations(typed).vague, typed


@settings(max_examples=200)
@given(st.text() | st.text(alphabet="Làoáthi anEU()0123456789,.;:-–/\n…cácnướgmồ"))
def test_never_raises_and_always_says_something(text: str) -> None:
    read = read_destinations(text)
    assert read.text == text
    assert read.unknown <= (not read.countries and not read.vague)


FAR_FROM_CHINA = tuple(
    (country.code, country.name)
    for country in COUNTRIES.values()
    if country.code not in ("CHN", "HKG", "MAC", "TWN", "VNM", *chain(*names("territories.tsv").values()))
)
# fmt: off
TERRITORIES = (
    "Hồng Kông, Ma Cao", "đảo La Réunion", "Puerto Rico", "Greenland", "Curaçao", "Aruba", "Gibraltar",
    "Guam, Hawaii", "Bermuda", "Quảng Tây", "Khăm Muộn, Savannakhet", "Paris", "Đài Loan",
)
# fmt: on


@settings(deadline=None)
@given(
    st.sampled_from(FAR_FROM_CHINA), st.sampled_from(TERRITORIES), st.sampled_from(("({})", "[{}]", "(gồm {})"))
)
def test_a_bracket_behind_a_country_holds_its_places(country: tuple[str, str], places: str, bracket: str) -> None:
    code, name = country
    assert read_destinations(f"{name} {bracket.format(places)}").countries == (code,)


@settings(deadline=None)
@given(
    st.sampled_from(FAR_FROM_CHINA),
    st.sampled_from(FAR_FROM_CHINA),
    st.sampled_from(
        ("{a} (quá cảnh {b})", "{a}, quá cảnh {b}", "{a} (qua {b})", "{a}; {b} (quá cảnh)", "{a} (transit {b})")
    ),
)
def test_transit_is_no_destination(stay: tuple[str, str], way: tuple[str, str], said: str) -> None:
    (code, name), (_, over) = stay, way
    if stay != way:
        assert read_destinations(said.format(a=name, b=over)).countries == (code,)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(FAR_FROM_CHINA), min_size=2, max_size=4, unique=True),
    st.sampled_from(
        ("Wakanda", "Zorania", "Phap", "Thái Lna", "Atlantis", "Mianmaa", "Vương quốc Xi-ôn", "Cộng hòa Zorania")
    ),
    st.sampled_from((", ", "; ", "\n", " - ", " và ")),
    st.integers(0, 4),
)
def test_an_unknown_item_of_a_list_is_named_and_the_rest_is_read(
    known: list[tuple[str, str]], unknown: str, between: str, at: int
) -> None:
    listed = [name for _, name in known]
    listed.insert(min(at, len(listed)), unknown)
    read = read_destinations(between.join(listed))
    assert set(read.countries) == {code for code, _ in known}
    assert read.unknown_items == (unknown,)
    assert not read.vague


@settings(deadline=None)
@given(st.sampled_from(FAR_FROM_CHINA), st.sampled_from(names("destination-words.tsv")["region"]))
def test_a_country_beside_its_own_region_is_the_country(country: tuple[str, str], region: str) -> None:
    code, name = country
    if region.endswith("="):
        return
    own = covers(region, code)
    for said in (f"{name} - {region}", f"{region} - {name}"):
        if said in names("destination-words.tsv")["region"]:  # "Ấn Độ - Thái Bình Dương"
            continue
        read = read_destinations(said)
        assert code in read.countries
        assert not own or not read.vague


@settings(deadline=None)
@given(st.sampled_from(FAR_FROM_CHINA), st.sampled_from(FAR_FROM_CHINA), st.sampled_from((" hoặc ", " hay ")))
def test_alternatives_are_counted(one: tuple[str, str], other: tuple[str, str], between: str) -> None:
    if one != other:
        read = read_destinations(one[1] + between + other[1])
        assert (len(read.countries), read.choices) == (2, 1)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Úc, Mỹ", {"AUS": "Úc", "USA": "Mỹ"}),
        ("Australia", {"AUS": "Australia"}),
        ("CHDCND Lào", {}),
        ("lào", {}),
        ("Hàn  Quốc (Seoul)", {"KOR": "Hàn Quốc"}),
    ],
)
def test_a_country_is_printed_as_it_is_written(typed: str, written: dict[str, str]) -> None:
    assert dict(written_countries(typed)) == written


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Guam, Hoa Kỳ", ("USA",)), ("Pháp và La Réunion", ("FRA",)), ("Đan Mạch, Greenland", ("DNK",)),
        ("Guam", ("GUM",)), ("Anh, Gibraltar, Tây Ban Nha", ("GBR", "ESP")), ("Guam, Nhật Bản", ("GUM", "JPN")),
        ("1. Lào; 2. Thái Lan", ("LAO", "THA")), ("a) Lào\nb) Thái Lan", ("LAO", "THA")),
    ],
)  # fmt: skip
def test_a_territory_beside_its_state_is_part_of_it(text: str, countries: tuple[str, ...]) -> None:
    assert read_destinations(text).countries == countries


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("tỉnh Sạ-vẳn-na-khẹt", "Xa-vẳn-na-khệt"), ("SAVẢNNAKHET", "Xa-vẳn-na-khệt"), ("Sa-lạ-van", "Xa-la-van"),
        ("Khăm-muộn", "Khăm Muộn"), ("Bò-ly-khăm-xay", "Bô-li-khăm-xay"), ("Pắc Sế", "Chăm-pa-sắc"),
        ("bó kẹo", None),
    ],
)  # fmt: skip
def test_a_long_name_of_a_province_is_known_whatever_its_tones(text: str, province: str | None) -> None:
    assert provinces_in(text) == ({province} if province else set())
