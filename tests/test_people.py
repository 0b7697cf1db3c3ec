"""Leaders' cells: who is one person, who are two, and which whole titles each one holds."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.people.leaders import general_head, is_key_leader
from doingoai_cli.vietnamese.people.persons import People, is_unique_post, read_people
from doingoai_cli.vietnamese.people.titles import parse_title
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key


def normal_title(text: str) -> str:
    """A title's comparing form, post and body: "CT UBND tỉnh Quảng Bình" = "Chủ tịch UBND tỉnh"."""
    title = parse_title(text)
    return title.key if title else written_out(text)


# A cell, and its persons as "name: title; title | name: title". An unnamed person's name is "?".
READ = [
    # names before titles, behind titles, in brackets; forms of address, ranks, degrees
    ("Nguyễn Văn A - Phó Giám đốc Sở", "Nguyễn Văn A: Phó Giám đốc Sở"),
    ("ông Trần Công Thuật, Chủ tịch UBND tỉnh", "Trần Công Thuật: Chủ tịch UBND tỉnh"),
    ("Bí thư Tỉnh ủy Hoàng Đăng Quang", "Hoàng Đăng Quang: Bí thư Tỉnh ủy"),
    ("Giám đốc Sở: Nguyễn Văn A", "Nguyễn Văn A: Giám đốc Sở"),
    ("Giám đốc Sở (đ/c Nguyễn Văn A)", "Nguyễn Văn A: Giám đốc Sở"),
    ("Nguyễn Văn A Giám đốc Sở Y tế", "Nguyễn Văn A: Giám đốc Sở Y tế"),
    ("Đại tá Nguyễn Văn Phương, Giám đốc Công an tỉnh", "Nguyễn Văn Phương: Giám đốc Công an tỉnh"),
    ("PGS.TS. Nguyễn Đức Vượng - Hiệu trưởng", "Nguyễn Đức Vượng: Hiệu trưởng"),
    ("Bác sĩ Nguyễn Văn Hải\nPhó Giám đốc Sở Y tế", "Nguyễn Văn Hải: Phó Giám đốc Sở Y tế"),
    ("Phó Giám đốc Sở Y tế Bác sỹ CKII Cao Thị Hà", "Cao Thị Hà: Phó Giám đốc Sở Y tế"),
    ("Phó Giám đốc Sở Y tế\nBS CK2 Cao Thị Hà", "Cao Thị Hà: Phó Giám đốc Sở Y tế"),
    ("BSCKII. Lê Văn C, GĐ Sở Y tế", "Lê Văn C: Giám đốc Sở Y tế"),
    ("Ông: Nguyễn Văn A\nChức vụ: Giám đốc Sở", "Nguyễn Văn A: Giám đốc Sở"),
    ("02 Phó Giám đốc Sở: Trần Văn An, Lê Văn Bê", "Trần Văn An: Phó Giám đốc Sở | Lê Văn Bê: Phó Giám đốc Sở"),
    ("Ông An, Giám đốc Sở và bà Bình, Phó Giám đốc", "An: Giám đốc Sở | Bình: Phó Giám đốc"),
    ("Đ/c An, Giám đốc và đ/c Bình, Phó Giám đốc", "An: Giám đốc | Bình: Phó Giám đốc"),
    ("Giám đốc Sở Văn hóa và các đồng chí thành viên", "?: Giám đốc Sở Văn hóa"),
    ("Nguyễn Văn A - PCT UBND tỉnh - Trưởng đoàn", "Nguyễn Văn A: Phó Chủ tịch UBND tỉnh"),
    ("Nguyễn Văn Hóa - Giám đốc Sở Văn hóa và Thể thao", "Nguyễn Văn Hóa: Giám đốc Sở Văn hóa và Thể thao"),
    ("Hồ A Lềnh - Phó Chủ tịch HĐND huyện", "Hồ A Lềnh: Phó Chủ tịch HĐND huyện"),
    ("Y Biêr Niê - Phó Chủ tịch HĐND tỉnh", "Y Biêr Niê: Phó Chủ tịch HĐND tỉnh"),
    ("Đoàn Ngọc Lâm, Bí thư Huyện ủy", "Đoàn Ngọc Lâm: Bí thư Huyện ủy"),
    ("Mai Sơn", "Mai Sơn:"),
    ("KANG, CHEOL SIG", "KANG, CHEOL SIG:"),
    ("Ngài Ođai Suđaphon, Tỉnh trưởng", "Ođai Suđaphon: Tỉnh trưởng"),
    ("Mr. John Smith", "John Smith:"),
    # surnames that end a word of offices or begin one; schools called after people, with their head's name behind
    ("Chi cục trưởng Chi cục Kiểm lâm Lý Thái Dũng", "Lý Thái Dũng: Chi cục trưởng Chi cục Kiểm lâm"),
    ("Giám đốc Trung tâm Khuyến nông Trần Văn An", "Trần Văn An: Giám đốc Trung tâm Khuyến nông"),
    ("Phó Chủ tịch UBND tỉnh Đoàn Ngọc Lâm", "Đoàn Ngọc Lâm: Phó Chủ tịch UBND tỉnh"),
    ("Cục trưởng Cục Thuế tỉnh Đoàn Ngọc Lâm", "Đoàn Ngọc Lâm: Cục trưởng Cục Thuế tỉnh"),
    ("Chánh Văn phòng Tỉnh Đoàn Nguyễn Văn An", "Nguyễn Văn An: Chánh Văn phòng Tỉnh Đoàn"),
    (
        "Hiệu trưởng Trường THPT Chuyên Võ Nguyên Giáp Mai Xuân Toàn",
        "Mai Xuân Toàn: Hiệu trưởng Trường THPT Chuyên Võ Nguyên Giáp",
    ),
    ("Hiệu trưởng Trường THCS Nguyễn Huệ, Lê Văn B", "Lê Văn B: Hiệu trưởng Trường THCS Nguyễn Huệ"),
    ("Giám đốc Bệnh viện Nguyễn Tri Phương", "?: Giám đốc Bệnh viện Nguyễn Tri Phương"),
    (
        "Giám đốc Công an tỉnh\nTrưởng phòng PA01",
        "?: Giám đốc Công an tỉnh | ?: Trưởng phòng PA01",
    ),
    ("Ông Bun Thăn, Tỉnh trưởng", "Bun Thăn: Tỉnh trưởng"),
    # several titles of one person
    (
        "Tỉnh ủy viên, Phó Bí thư Thành ủy, Chủ tịch UBND thành phố",
        "?: Tỉnh ủy viên; Phó Bí thư Thành ủy; Chủ tịch UBND thành phố",
    ),
    ("Nguyễn Văn A, TUV, Bí thư Huyện ủy", "Nguyễn Văn A: Tỉnh ủy viên; Bí thư Huyện ủy"),
    ("Bí thư Huyện ủy kiêm Chủ tịch UBND huyện", "?: Bí thư Huyện ủy; Chủ tịch UBND huyện"),
    (
        "Nguyễn Văn A\n- Phó Bí thư Tỉnh ủy\n- Chủ tịch UBND tỉnh",
        "Nguyễn Văn A: Phó Bí thư Tỉnh ủy; Chủ tịch UBND tỉnh",
    ),
    ("Nguyễn Văn A - Phó Bí thư Tỉnh ủy,\nCT UBND tỉnh", "Nguyễn Văn A: Phó Bí thư Tỉnh ủy; Chủ tịch UBND tỉnh"),
    ("Nguyễn Văn A - Phó Giám đốc\nSở Y tế", "Nguyễn Văn A: Phó Giám đốc Sở Y tế"),
    ("Giám đốc, Sở Y tế", "?: Giám đốc Sở Y tế"),
    # several persons
    ("Giám đốc Sở; Phó Giám đốc Sở", "?: Giám đốc Sở | ?: Phó Giám đốc Sở"),
    ("Giám đốc Sở, Phó Giám đốc Sở", "?: Giám đốc Sở | ?: Phó Giám đốc Sở"),
    ("Giám đốc và Phó Giám đốc Sở Y tế", "?: Giám đốc Sở Y tế | ?: Phó Giám đốc Sở Y tế"),
    ("Bí thư Huyện ủy và Chủ tịch UBND huyện", "?: Bí thư Huyện ủy | ?: Chủ tịch UBND huyện"),
    ("Bí thư Huyện ủy\nChủ tịch UBND huyện", "?: Bí thư Huyện ủy | ?: Chủ tịch UBND huyện"),
    (
        "Nguyễn Văn A - Giám đốc Sở và Trần Thị B - Phó Giám đốc Sở",
        "Nguyễn Văn A: Giám đốc Sở | Trần Thị B: Phó Giám đốc Sở",
    ),
    (
        "Nguyễn Văn A (Giám đốc Sở), Trần Thị B (Phó Giám đốc Sở)",
        "Nguyễn Văn A: Giám đốc Sở | Trần Thị B: Phó Giám đốc Sở",
    ),
    (
        "Giám đốc Sở Nguyễn Văn A, Phó Giám đốc Sở Trần Thị B",
        "Nguyễn Văn A: Giám đốc Sở | Trần Thị B: Phó Giám đốc Sở",
    ),
    (
        "Đ/c Nguyễn Văn A - PGĐ Sở, đ/c Trần Văn B - Trưởng phòng",
        "Nguyễn Văn A: Phó Giám đốc Sở | Trần Văn B: Trưởng phòng",
    ),
    (
        "1. Nguyễn Văn A - Giám đốc Sở\n2. Trần Văn B - Phó Giám đốc Sở",
        "Nguyễn Văn A: Giám đốc Sở | Trần Văn B: Phó Giám đốc Sở",
    ),
    (
        "Nguyễn Văn A\nGiám đốc Sở\nTrần Thị B\nPhó Giám đốc Sở",
        "Nguyễn Văn A: Giám đốc Sở | Trần Thị B: Phó Giám đốc Sở",
    ),
    ("Nguyễn Văn A, Trần Thị B", "Nguyễn Văn A: | Trần Thị B:"),
    ("Trưởng đoàn: Nguyễn Văn A - Giám đốc Sở; Phó đoàn: Trần Thị B", "Nguyễn Văn A: Giám đốc Sở | Trần Thị B:"),
    # "và" and marks inside an agency's name separate nothing
    ("Giám đốc Sở Văn hóa và Thể thao", "?: Giám đốc Sở Văn hóa và Thể thao"),
    (
        "Giám đốc Sở Lao động - Thương binh và Xã hội Nguyễn Văn B",
        "Nguyễn Văn B: Giám đốc Sở Lao động, Thương binh và Xã hội",
    ),
    ("Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy", "?: Trưởng ban Tuyên giáo và Dân vận Tỉnh ủy"),
    (
        "Giám đốc BQL Vườn Quốc gia Phong Nha - Kẻ Bàng",
        "?: Giám đốc Ban Quản lý Vườn Quốc gia Phong Nha - Kẻ Bàng",
    ),
    ("Chủ tịch Hội Hữu nghị Việt - Lào tỉnh", "?: Chủ tịch Hội Hữu nghị Việt - Lào tỉnh"),
    ("Chủ tịch UBND tỉnh và đoàn công tác", "?: Chủ tịch UBND tỉnh"),
    ("Đặng Đại Tình, Chủ tịch UBND huyện Lệ Thủy, tỉnh Quảng Bình", "Đặng Đại Tình: Chủ tịch UBND huyện Lệ Thủy"),
    # places and schools with people's names
    ("Bí thư Huyện ủy Cao Lộc", "?: Bí thư Huyện ủy Cao Lộc"),
    ("Chủ tịch UBND quận Lê Chân Nguyễn Văn A", "Nguyễn Văn A: Chủ tịch UBND quận Lê Chân"),
    ("Hiệu trưởng Trường THPT Võ Nguyên Giáp", "?: Hiệu trưởng Trường THPT Võ Nguyên Giáp"),
    ("Giám đốc Công ty TNHH Hoàng Long", "?: Giám đốc Công ty TNHH Hoàng Long"),
    ("Bí thư Thành ủy Trần Phong", "Trần Phong: Bí thư Thành ủy"),
    # nobody
    ("Chưa xác định", ""),
    ("", ""),
]


def _said(people: People) -> str:
    persons = []
    for person in people.persons:
        titles = "; ".join(title.key for title in person.titles)
        persons.append(f"{person.name or '?'}: {titles}".strip())
    return " | ".join(persons)


def _expected(said: str) -> str:
    persons = []
    for person in filter(None, said.split(" | ")):
        name, _, titles = person.partition(":")
        keys = "; ".join(normal_title(title) for title in titles.strip().split("; ") if title)
        persons.append(f"{name}: {keys}".strip())
    return " | ".join(persons)


@pytest.mark.parametrize(("cell", "said"), READ)
def test_who_is_named(cell: str, said: str) -> None:
    assert _said(read_people(cell)) == _expected(said)


TITLES = [
    ("Chủ tịch UBND tỉnh", "chủ tịch ủy ban nhân dân tỉnh"),
    ("CT.UBND tỉnh Quảng Bình", "chủ tịch ủy ban nhân dân tỉnh"),
    ("Chủ tịch Uỷ ban Nhân dân tỉnh", "chủ tịch ủy ban nhân dân tỉnh"),
    ("Chủ tịch tỉnh", "chủ tịch ủy ban nhân dân tỉnh"),
    ("P.CT UBND tỉnh", "phó chủ tịch ủy ban nhân dân tỉnh"),
    ("PCT. UBND tỉnh", "phó chủ tịch ủy ban nhân dân tỉnh"),
    ("Phó CT UBND tỉnh", "phó chủ tịch ủy ban nhân dân tỉnh"),
    ("PCT TT UBND tỉnh", "phó chủ tịch thường trực ủy ban nhân dân tỉnh"),
    ("CT HĐND tỉnh", "chủ tịch hội đồng nhân dân tỉnh"),
    ("BTTU", "bí thư tỉnh ủy"),
    ("Bí thư tỉnh", "bí thư tỉnh ủy"),
    ("PBT Thường trực Tỉnh ủy", "phó bí thư thường trực tỉnh ủy"),
    ("P.GĐ Sở GD&ĐT", "phó giám đốc sở giáo dục đào tạo"),
    ("Phó Chánh VP UBND tỉnh", "phó chánh văn phòng ủy ban nhân dân tỉnh"),
    ("Phó Trưởng ban Thường trực Ban Tổ chức Tỉnh ủy", "phó trưởng ban thường trực tổ chức tỉnh ủy"),
    ("UVBTV Tỉnh ủy", "ủy viên ban thường vụ tỉnh ủy"),
    ("Chủ tịch UBMTTQVN tỉnh", "chủ tịch ủy ban mặt trận tổ quốc tỉnh"),
    ("Chủ tịch UBND TP. Đà Nẵng", "chủ tịch ủy ban nhân dân thành phố"),
    ("Chủ tịch UBND TP Đồng Hới", "chủ tịch ủy ban nhân dân thành phố đồng hới"),
]


@pytest.mark.parametrize(("title", "normal"), TITLES)
def test_titles_are_written_out(title: str, normal: str) -> None:
    assert normal_title(title) == normal


HEADS = ("Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh", "Chủ tịch UBND tỉnh")


@pytest.mark.parametrize(
    ("cell", "is_head"),
    [
        ("Chủ tịch UBND tỉnh", True),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", True),
        ("Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", True),
        ("Trần Công Thuật - Phó Bí thư Tỉnh uỷ - CT UBND tỉnh Quảng Bình", True),
        ("Bí thư Tỉnh uỷ Quảng Bình", True),
        ("Hoàng Đăng Quang, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh", True),
        ("Q. Chủ tịch UBND tỉnh", True),
        ("Phó Chủ tịch UBND tỉnh", False),
        ("Phó Chủ tịch Thường trực HĐND tỉnh", False),
        ("nguyên Chủ tịch UBND tỉnh", False),
        ("Chủ tịch UBND huyện Lệ Thủy", False),
        ("Chủ tịch Ủy ban MTTQ tỉnh", False),
        ("Chủ tịch Hội Nông dân tỉnh", False),
        ("Bí thư Tỉnh đoàn", False),
        ("Bí thư Đảng ủy Công an tỉnh", False),
        ("Chánh Văn phòng UBND tỉnh", False),
        ("Thư ký Chủ tịch UBND tỉnh", False),
        ("Phu nhân Chủ tịch UBND tỉnh", False),
        ("Chủ tịch UBND thành phố", False),
    ],
)
def test_whole_titles(cell: str, is_head: bool) -> None:
    assert read_people(cell).persons[0].has_title(*HEADS) is is_head


POSTS = (
    "Bí thư",
    "Phó Bí thư",
    "Chủ tịch",
    "Phó Chủ tịch",
    "Giám đốc",
    "Phó Giám đốc",
    "Trưởng ban",
    "Chánh Văn phòng",
)


@pytest.mark.parametrize(
    ("cell", "leads"),
    [
        ("PCT Thường trực UBND huyện", True),
        ("Phó Giám đốc phụ trách Sở", True),
        ("Q. Giám đốc Sở Ngoại vụ", True),
        ("Trưởng Ban Dân tộc", True),
        ("CVP UBND tỉnh", True),
        ("Trưởng phòng", False),
        ("Chuyên viên", False),
        ("Trợ lý Giám đốc", False),
        ("nguyên Giám đốc Sở", False),
        ("Phó Chánh Văn phòng UBND tỉnh", False),  # not in this list of posts
    ],
)
def test_key_leaders(cell: str, leads: bool) -> None:
    assert is_key_leader(read_people(cell).persons[0], POSTS) is leads


@pytest.mark.parametrize(
    ("cell", "unique"),
    [
        ("Chủ tịch UBND tỉnh", True),
        ("Giám đốc Sở", True),
        ("Giám đốc", True),
        ("Bí thư Huyện ủy Lệ Thủy", True),
        ("Chánh Văn phòng UBND tỉnh", True),
        ("Phó Bí thư Thường trực Tỉnh ủy", True),
        ("Phó Chủ tịch UBND tỉnh", False),
        ("Phó Giám đốc Sở", False),
        ("Giám đốc Trung tâm", False),
        ("Trưởng phòng", False),
        ("Chuyên viên", False),
        ("Lãnh đạo tỉnh", False),
    ],
)
def test_unique_posts(cell: str, unique: bool) -> None:
    assert is_unique_post(read_people(cell).persons[0].titles[0]) is unique


TERMS = ("lãnh đạo tỉnh", "lãnh đạo UBND tỉnh", "lãnh đạo Tỉnh ủy", "lãnh đạo Sở", "lãnh đạo Ban")


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("Lãnh đạo tỉnh", "lãnh đạo tỉnh"),
        ("01 lãnh đạo tỉnh", "lãnh đạo tỉnh"),
        ("01 đ/c lãnh đạo tỉnh", "lãnh đạo tỉnh"),
        ("đại diện lãnh đạo tỉnh", "lãnh đạo tỉnh"),
        ("Lãnh đạo tỉnh Quảng Bình", "lãnh đạo tỉnh"),
        ("LÃNH ĐẠO UỶ BAN NHÂN DÂN TỈNH", "lãnh đạo UBND tỉnh"),
        ("Đ/c lãnh đạo Tỉnh uỷ", "lãnh đạo Tỉnh ủy"),
        ("Lãnh đạo Sở", "lãnh đạo Sở"),
        ("Lãnh đạo Sở Du lịch", "lãnh đạo Sở"),
        ("Lãnh đạo tỉnh và Giám đốc Sở Ngoại vụ", "lãnh đạo tỉnh"),
        ("Nguyễn Văn A - lãnh đạo Sở", "lãnh đạo Sở"),
        ("Phó Chủ tịch UBND tỉnh (lãnh đạo tỉnh)", None),
        ("Lãnh đạo tỉnh (Phó Chủ tịch UBND tỉnh)", None),
        ("Lãnh đạo Tỉnh đoàn", None),
        ("Lãnh đạo huyện", None),
        ("Phó Giám đốc Sở", None),
        ("Nguyễn Văn A", None),
        ("", None),
    ],
)
def test_general_heads(cell: str, term: str | None) -> None:
    assert general_head(cell, TERMS) == term


def _old_tone(text: str) -> str:
    for new, old in (("ủy", "uỷ"), ("Ủy", "Uỷ"), ("hóa", "hoá"), ("Thủy", "Thuỷ"), ("Hòa", "Hoà")):
        text = text.replace(new, old)
    return text


TYPED: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    _old_tone,
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" - ", " – "),
    lambda text: f" {text} ",
]


@pytest.mark.parametrize("cell", [cell for cell, _ in READ])
def test_typing_never_changes_who_is_named(cell: str) -> None:
    said = key(_said(read_people(cell)))
    for typed in TYPED:
        assert key(_said(read_people(typed(cell)))) == said, typed(cell)


FAMILY = names("surnames.tsv")["strong"]
GIVEN = [
    "Văn An",
    "Thị Hồng Hạnh",
    "Minh",
    "Đức",
    "Quốc Khánh",
    "Văn Hóa",
    "Thị B",
    "Anh",
    "Công Thuật",
    "Xuân Quang",
    # words of offices
    "Thanh Nguyên",
    "Thế Quyền",
    "Hữu Được",
    "Văn Làm",
    "Văn Ban",
]
OFFICES = [
    "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh",
    "Giám đốc Sở Lao động - Thương binh và Xã hội",
    "PGĐ Sở KH&ĐT",
    "UVBTV Huyện ủy, PCT UBND huyện Lệ Thủy",
    "Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh",
    "Trưởng Ban Tuyên giáo Tỉnh ủy",
    "Chỉ huy trưởng Bộ đội Biên phòng tỉnh",
    "Phó Hiệu trưởng Trường Đại học Quảng Bình",
    "Chủ tịch UBND thị xã Ba Đồn",
]
person = st.tuples(st.sampled_from(FAMILY), st.sampled_from(GIVEN)).map(" ".join)
between = st.sampled_from([" - ", ", ", ": ", " – ", "\n", " -"])


@settings(max_examples=200)
@given(
    person,
    st.sampled_from(OFFICES),
    between,
    st.sampled_from(["", "ông ", "Đ/c ", "TS. ", "Đại tá "]),
    st.booleans(),
)
def test_a_name_and_its_titles(name: str, office: str, mark: str, address: str, name_first: bool) -> None:
    cell = f"{address}{name}{mark}{office}" if name_first else f"{office}{mark}{address}{name}"
    persons = read_people(cell).persons
    assert [p.name for p in persons] == [name]
    assert persons[0].titles[-1].key == read_people(office).persons[-1].titles[-1].key


@settings(max_examples=200)
@given(
    person,
    person,
    st.sampled_from(OFFICES),
    st.sampled_from(OFFICES),
    st.sampled_from(["; ", "\n", " và ", " cùng ", ", ", ";\n"]),
)
def test_two_names_are_two_persons(one: str, other: str, office: str, another: str, mark: str) -> None:
    persons = read_people(f"{one} - {office}{mark}{other} - {another}").persons
    assert [p.name for p in persons] == [one, other]
    assert persons[0].titles == read_people(f"{one} - {office}").persons[0].titles
    assert persons[1].titles == read_people(f"{other} - {another}").persons[0].titles


SCRAPS = [
    *("phó", "chủ", "tịch", "và", ",", ";", "-", "Lê", "Văn", "A", "UBND", "tỉnh", "\n"),
    *("(", ")", ":", "lãnh", "đạo", "đ/c", "Giám đốc", "Sở", "kiêm", "/", "nguyên", "q.", "đoàn"),
]


@settings(max_examples=200)
@given(st.text() | st.lists(st.sampled_from(SCRAPS)).map(" ".join))
def test_never_raises(text: str) -> None:
    people = read_people(text)
    assert people.text == text
    assert all(p.name or p.titles for p in people.persons)
    general_head(text, TERMS)
    normal_title(text)


ADDRESSES = (
    *names("people-words.tsv")["address"],
    "Ô.",
    "B.",
    "Đ/c",
    "đ/chí",
    "GVC.TS.",
    "PGS.TS.BS.",
    "CVCC.",
    "Th/tá",
)
NO_ADDRESS_OF_ONE = {
    "các đồng chí",
    "gồm",
    "gồm có",
    "thành phần gồm",
    "đại diện",
    "đại diện là",
    "họ và tên",
    "ông, bà",
}


@settings(deadline=None)
@given(
    st.sampled_from([form for form in ADDRESSES if form not in NO_ADDRESS_OF_ONE]),
    st.sampled_from(("Đinh Trọng Khoát", "Lê Thị Hồng Vân", "Trần Thanh")),
    st.sampled_from(
        ("{}", "{}, Giám đốc Sở Y tế", "{} - Giám đốc Sở Y tế", "Giám đốc Sở Y tế: {}", "1. {}", "- {}")
    ),
    st.sampled_from((str, str.upper)),
)
def test_forms_of_address_are_no_part_of_a_name(
    form: str, name: str, cell: str, letters: Callable[[str], str]
) -> None:
    dot = "." if len(form) == 1 else ""  # "b" alone is a letter
    people = read_people(letters(cell.format(f"{form}{dot} {name}"))).persons
    assert [person.name for person in people] == [letters(name)]


ASIDES = names("posts.tsv")["aside"]


@settings(deadline=None)
@given(
    st.sampled_from(ASIDES),
    st.sampled_from(("", "của ", "cho đồng chí ")),
    st.sampled_from(("Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Phó Chủ tịch HĐND tỉnh")),
    st.sampled_from(("{own} {said}", "{own}, {said}", "{own} ({said})", "{own} - {said}", "{own}; {said}")),
)
def test_the_post_of_another_is_not_ones_own(aside: str, link: str, post: str, cell: str) -> None:
    own = "Phó Giám đốc Sở Y tế"
    people = read_people(cell.format(own=own, said=f"{aside} {link}{post}")).persons
    assert [title.key for title in people[0].titles] == ["phó giám đốc sở y tế"]
    assert all(title.post in ("phó giám đốc",) for person in people for title in person.titles)


@settings(deadline=None)
@given(
    st.sampled_from(("Chủ tịch UBND tỉnh", "Chủ tịch HĐND tỉnh", "Bí thư Tỉnh ủy")),
    st.sampled_from((
        " khóa XVI", ", khóa XVII", " nhiệm kỳ 2016-2021", ", nhiệm kỳ 2016 - 2021", " (khóa XVII, NK 2016-2021)",
        " NK 2015-2020", "\nTrưởng đoàn", " - Trưởng đoàn", " Trưởng đoàn", "\n(dự kiến)", " giai đoạn 2016-2021",
    )),
    st.sampled_from(("{}", "Ô. Đinh Trọng Khoát - {}", "Đinh Trọng Khoát\n{}")),
)  # fmt: skip
def test_a_term_or_a_line_behind_it_leaves_the_post(post: str, behind: str, cell: str) -> None:
    (person,) = read_people(cell.format(post + behind)).persons
    assert person.has_title(post)


@settings(deadline=None)
@given(
    st.sampled_from(("2", "02", "03", "Hai", "02 đồng chí", "02 đ/c")),
    st.sampled_from(("Phó Giám đốc Sở", "PCT UBND huyện Lệ Thủy", "Phó Trưởng ban Dân tộc")),
)
def test_a_number_before_a_deputy_means_several_persons(number: str, post: str) -> None:
    people = read_people(f"{number} {post}").persons
    assert len(people) == (3 if number == "03" else 2)
    assert len({person.titles[0].key for person in people}) == 1


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Chủ tịch UBND đặc khu Lý Sơn", None, "ủy ban nhân dân đặc khu lí sơn"),
        ("Chủ tịch UBND đặc khu Phú Quốc Nguyễn Văn An", "Nguyễn Văn An", "ủy ban nhân dân đặc khu phú quốc"),
    ],
)
def test_a_special_zone_is_no_person(text: str, name: str | None, body: str) -> None:
    (person,) = read_people(text).persons
    assert (person.name, person.titles[0].body) == (name, body)


@pytest.mark.parametrize(
    ("text", "name", "former"),
    [
        ("Phan Thanh Nguyên\nGiám đốc Sở", "Phan Thanh Nguyên", False),
        ("PHAN THANH NGUYÊN\nGIÁM ĐỐC SỞ", "PHAN THANH NGUYÊN", False),
        ("Ông Lê Thế Quyền Giám đốc Sở", "Lê Thế Quyền", False),
        ("Lê Văn Hiệu\nPhó Giám đốc Sở", "Lê Văn Hiệu", False),
        ("Lê Văn Hay, Giám đốc Sở", "Lê Văn Hay", False),
        ("Giám đốc Sở Hầu Văn Hải", "Hầu Văn Hải", False),
        ("Giám đốc Sở: Nhâm Thị Hà", "Nhâm Thị Hà", False),
        ("Phan Thanh nguyên Giám đốc Sở", "Phan Thanh", True),
        ("Phan Thanh\nNguyên Giám đốc Sở", "Phan Thanh", True),
        ("Ông Nguyên Giám đốc Sở", None, True),
        ("Trưởng đoàn Nguyên Giám đốc Sở", None, True),
        ("PHAN THANH, NGUYÊN GIÁM ĐỐC SỞ", "PHAN THANH", True),
        ("Phan Thanh, nguyên\nGiám đốc Sở", "Phan Thanh", True),
    ],
)
def test_a_given_name_that_may_say_how_a_post_is_held(text: str, name: str | None, former: bool) -> None:
    (person,) = read_people(text).persons
    assert (person.name, person.titles[0].former) == (name, former)


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Chủ tịch UBND huyện Quỳnh Lưu Nguyễn Văn An", "Nguyễn Văn An", "ủy ban nhân dân huyện quình lưu"),
        ("Bí thư Huyện ủy Đô Lương Cao Thị Hà", "Cao Thị Hà", "huyện ủy đô lương"),
        ("Bí thư Huyện ủy Hoàng Đăng Quang", "Hoàng Đăng Quang", "huyện ủy"),
        ("Bí thư Huyện ủy Nguyễn Thị Hà Trang", "Nguyễn Thị Hà Trang", "huyện ủy"),
        ("Chủ tịch UBND huyện Đồng Văn", None, "ủy ban nhân dân huyện đồng văn"),
        ("Giám đốc Sở Tài nguyên và Môi trường Lê Văn An", "Lê Văn An", "sở tài nguyên môi trường"),
        ("Giám đốc Sở NN&MT Cao Thị Hà", "Cao Thị Hà", "sở nông nghiệp môi trường"),
        ("Hiệu trưởng Trường Lê Quý Đôn", None, "lê quí đôn"),
        ("Giám đốc Ban quản lý rừng", None, "ban quản lí rừng"),
        ("Trưởng Ban Quản lý dự án ODA", None, "quản lí dự án oda"),
        ("Giám đốc Trung tâm Xử lý rác", None, "trung tâm xử lí rác"),
        ("Giám đốc Trung tâm Hồ sơ", None, "trung tâm hồ sơ"),
        ("Trưởng Ban Quản lý Lý Văn An", "Lý Văn An", "quản lí"),
        ("Trưởng phòng Quản lý: Lý Thị Mai", "Lý Thị Mai", "quản lí"),
    ],
)
def test_the_last_syllable_of_a_word_is_no_surname(text: str, name: str | None, body: str) -> None:
    (person,) = read_people(text).persons
    assert (person.name, person.titles[0].body) == (name, body)
