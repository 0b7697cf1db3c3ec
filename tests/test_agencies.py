"""Agencies: which spellings are one, and which locality they belong to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.agencies import agency_key, is_generic, keys_apart, locality, similar_agencies

SAME = [
    ("Sở Y tế", "SỞ Y TẾ", "sở y tế tỉnh Quảng Bình", "Sở Y tế Quảng Bình", "Sở YT"),
    ("Sở Giáo dục và Đào tạo", "Sở GD&ĐT", "Sở GDĐT", "Sở GD và ĐT", "Sở Giáo dục & Đào tạo"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH", "Sở LĐTBXH", "Sở Lao động, Thương binh và Xã hội"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT", "Sở Nông nghiệp và PTNT", "Sở NN và PTNT"),
    ("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "Sở KHĐT"),
    ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL", "Sở VHTTDL", "Sở VH,TT&DL"),
    ("UBND tỉnh", "Ủy ban nhân dân tỉnh Quảng Bình", "Uỷ ban Nhân dân tỉnh", "U.B.N.D tỉnh"),
    ("UBND thị xã Ba Đồn", "UBND TX. Ba Đồn", "Ủy ban nhân dân thị xã Ba Đồn"),
    ("UBND TP Đồng Hới", "UBND thành phố Đồng Hới", "UBND TP. Đồng Hới, tỉnh Quảng Bình"),
    ("UBND huyện Lệ Thủy", "UBND H. Lệ Thuỷ", "UBND huyện Lệ Thủy, tỉnh Quảng Bình"),
    ("Ủy ban MTTQ Việt Nam tỉnh", "UBMTTQVN tỉnh Quảng Bình", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
    ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ Việt Nam tỉnh"),
    ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "BCH Quân sự tỉnh", "BCHQS tỉnh Quảng Bình"),
    ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "BCH Bộ đội Biên phòng tỉnh", "BCH BĐBP tỉnh"),
    ("Bệnh viện Hữu nghị Việt Nam - Cuba Đồng Hới", "BV Hữu nghị Việt Nam - Cu Ba Đồng Hới"),
    ("Ban Tuyên giáo Tỉnh ủy", "Ban TG Tỉnh ủy"),
    ("Ban Chỉ huy Quân sự huyện Lệ Thủy", "BCH Quân sự huyện Lệ Thủy", "BCHQS huyện Lệ Thủy"),
    ("Phòng Nội vụ UBND huyện Lệ Thủy", "PHÒNG NỘI VỤ HUYỆN LỆ THUỶ", "Phòng Nội vụ thuộc UBND huyện Lệ Thủy"),
    ("Ban Dân tộc", "Ban Dân tộc UBND tỉnh Quảng Bình", "Ban Dân tộc tỉnh"),
    ("Văn phòng Tỉnh ủy", "VĂN PHÒNG TỈNH ỦY QUẢNG BÌNH"),
]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_agency(spellings: tuple[str, ...]) -> None:
    assert len({agency_key(name) for name in spellings}) == 1


def test_other_agencies_are_others() -> None:
    firsts = [agency_key(spellings[0]) for spellings in SAME]
    others = [
        "Sở Y",
        "UBND huyện Lệ Thủ",
        "UBND huyện Quảng Ninh",
        "Huyện ủy Lệ Thủy",
        "Sở Văn hóa và Thể thao",
        "UBND",
        "Phòng Nội vụ UBND huyện Quảng Ninh",
        "Văn phòng Huyện ủy Lệ Thủy",
        "Văn phòng UBND tỉnh",
        "Văn phòng",
    ]
    assert len({*firsts, *map(agency_key, others)}) == len(firsts) + len(others)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND huyện Lệ Thủy", "huyện lệ thủy"),
        ("Huyện ủy Lệ Thuỷ", "huyện lệ thủy"),
        ("HĐND huyện Lệ Thủy", "huyện lệ thủy"),
        ("Văn phòng HĐND-UBND huyện Lệ Thủy", "huyện lệ thủy"),
        ("Chủ tịch UBND huyện Lệ Thủy, tỉnh Quảng Bình", "huyện lệ thủy"),
        ("UBND huyện Quảng Ninh, tỉnh Quảng Bình", "huyện quảng ninh"),
        ("UBND thị xã Ba Đồn", "thị xã ba đồn"),
        ("Phó Bí thư Thị ủy Ba Đồn", "thị xã ba đồn"),
        ("Thành ủy Đồng Hới", "thành phố đồng hới"),
        ("UBND TP Đồng Hới", "thành phố đồng hới"),
        ("UBND tỉnh", None),
        ("Sở Ngoại vụ", None),
        ("UBND thành phố Đà Nẵng", None),
        ("Thành ủy Hải Phòng", None),
        ("Bí thư Thị ủy", None),
        ("Chủ tịch UBND thị xã", None),
        ("UBND xã Phúc Trạch, huyện Bố Trạch", None),
        ("", None),
    ],
)
def test_locality(name: str, expected: str | None) -> None:
    assert locality(name) == expected


def test_similar_names_are_offered_and_far_ones_are_not() -> None:
    roster = ["Sở Y tế", "Sở Xây dựng", "UBND huyện Lệ Thủy"]
    assert similar_agencies("Sở Y tê", roster)[0] == "Sở Y tế"
    assert similar_agencies("Kho bạc Nhà nước", roster) == ()


@settings(max_examples=100)
@given(st.text())
def test_keys_of_keys(text: str) -> None:
    assert agency_key(agency_key(text)) == agency_key(text)
    assert agency_key(text.upper()) == agency_key(text.upper().lower())


def test_a_place_is_dropped_only_where_one_side_names_none() -> None:
    alone = keys_apart(["Sở Y tế Quảng Bình", "SỞ Y TẾ", "UBND tỉnh Nghệ An", "UBND tỉnh"])
    assert alone["Sở Y tế Quảng Bình"] == alone["SỞ Y TẾ"]
    assert alone["UBND tỉnh Nghệ An"] == alone["UBND tỉnh"]
    both = keys_apart(
        ["Sở Y tế Nghệ An", "Sở Y tế tỉnh Hà Tĩnh", "Sở Y tế Hà Tĩnh", "Sở Du lịch Nghệ An", "Sở Du lịch"]
    )
    assert both["Sở Y tế Nghệ An"] != both["Sở Y tế Hà Tĩnh"] == both["Sở Y tế tỉnh Hà Tĩnh"]
    assert both["Sở Du lịch Nghệ An"] == both["Sở Du lịch"]


GENERIC = [
    "Văn phòng",
    "Phòng Nội vụ",
    "Ban Tổ chức",
    "Trung tâm Y tế",
    "Công ty TNHH MTV",
    "CÔNG TY CỔ PHẦN",
    "Thanh tra",
]
OWN = [
    "Sở Y tế",
    "Văn phòng UBND tỉnh",
    "Phòng Nội vụ huyện Lệ Thủy",
    "Ban Tổ chức Tỉnh ủy",
    "UBND xã",
    "Công ty CP Sao",
]


@pytest.mark.parametrize(("name", "generic"), [(n, True) for n in GENERIC] + [(n, False) for n in OWN])
def test_names_without_a_body_of_their_own(name: str, generic: bool) -> None:
    assert is_generic(name) is generic
