"""The one answer to "the same delegation?"."""

import re

import pytest
from consolidation import CONFERENCE, PLANNED, REALISED, Texts, record, submission
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import findings, table
from rows import submission as sent

from doingoai_cli.consolidate.settle import Receiving, settle
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.matching import POSSIBLE, likeness, same_delegation
from doingoai_cli.model.pairing import Lookup
from doingoai_cli.model.run import History
from doingoai_cli.vietnamese.delegation_names import compared_name, numbers_in, partner_key
from doingoai_cli.vietnamese.text import clean

SAME_NAMES = (
    ("Đoàn công tác của Sở GD&ĐT thăm Nhật Bản (Nhật Bản)", "Đoàn Sở Giáo dục và Đào tạo thăm Nhật"),
    ("Đoàn PCT UBND tỉnh đi Mỹ", "Đoàn cán bộ Phó Chủ tịch Ủy ban nhân dân tỉnh sang Hoa Kỳ"),
    ("Đoàn công tác của đồng chí Bí thư Tỉnh ủy", "Đoàn Bí thư Tỉnh ủy"),
    ("Đoàn khảo sát số 01", "Đoàn khảo sát số 1"),
    ("Đoàn bồi dưỡng khóa XVI", "Đoàn bồi dưỡng khoá 16"),
    ("Đoàn học tập lần thứ hai", "Đoàn học tập lần thứ 2"),
    ("Đoàn lãnh đạo tỉnh thăm Xiêng Khoảng năm 2020", "Đoàn tỉnh thăm Xiêng Khoảng"),
    ("ĐOÀN CÔNG TÁC TẠI LÀO", "Đoàn cán bộ sang Lào (CHDCND Lào)"),
    ("Đoàn công tác tỉnh thăm tỉnh Khăm Muồn", "Đoàn tỉnh thăm và làm việc tại tỉnh Khăm Muồn (Lào)"),
    ("Đoàn ĐB tỉnh dự Quốc khánh Lào", "Đoàn đại biểu tỉnh dự Quốc khánh CHDCND Lào"),
)
OTHER_NAMES = (
    ("Đoàn nghiên cứu mô hình A1", "Đoàn nghiên cứu mô hình A2"),
    ("Đoàn bồi dưỡng khóa II", "Đoàn bồi dưỡng khóa III"),
    ("Đoàn làm việc với Tập đoàn SK", "Đoàn làm việc với Tập đoàn LG"),
    ("Đoàn dự hội nghị xúc tiến đầu tư tại Seoul", "Đoàn dự hội nghị xúc tiến đầu tư tại Busan"),
    ("Đoàn giáo viên tiếng Anh bồi dưỡng", "Đoàn giáo viên tiếng Pháp bồi dưỡng"),
    ("Đoàn do Chủ tịch UBND tỉnh dẫn đầu", "Đoàn do Phó Chủ tịch UBND tỉnh dẫn đầu"),
    ("Đoàn học tập lần thứ hai", "Đoàn học tập lần thứ ba"),
    ("Đoàn A thăm trường bạn", "Đoàn B thăm trường bạn"),
    ("Đoàn Sở Y tế ký kết hợp tác", "Đoàn Sở Tài chính hội đàm"),
    ("Tỉnh đoàn thăm Hội Thanh niên", "Công đoàn ngành Giáo dục tập huấn"),
)


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert compared_name(one, 2020) == compared_name(other, 2020)


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_names_of_two_delegations(one: str, other: str) -> None:
    mine, theirs = (record("02.A", {**PLANNED, "name": name}) for name in (one, other))
    assert not same_delegation(mine, theirs)


@pytest.mark.parametrize("body", ["Tỉnh đoàn", "Tập đoàn Than", "Công đoàn tỉnh", "Đoàn Thanh niên"])
def test_a_union_is_no_generic_word(body: str) -> None:
    assert "đoàn" in compared_name(f"Đoàn công tác {body} sang Lào").words.split()


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"countries": "Đức"}, False),
        ({"countries": "Lào"}, True),  # part of the way
        ({"countries": ""}, True),
        ({"name": "Đoàn công tác xúc tiến du lịch tại tỉnh Chăm-pa-sắc", "partners": ""}, False),
        ({"name": "Đoàn nghiên cứu cao su"}, False),
        ({"name": ""}, False),
    ],
)
def test_what_makes_two_rows_one_delegation(change: Texts, same: bool) -> None:
    one = record("02.A", {**PLANNED, "name": "Đoàn công tác xúc tiến du lịch tại Khăm Muộn"})
    other = record("01.A", {**REALISED, "name": "Đoàn xúc tiến du lịch tại Khammouane", **change})
    assert same_delegation(one, other) is same


def test_rows_of_other_numbers_and_countries_are_no_pair_to_confirm() -> None:
    planned = record("02.A", {**PLANNED, "name": "Đoàn Sở Y tế số 6", "countries": "Lào"})
    went = {"name": "Đoàn Sở Y tế số 9", "period": "5-8/2/2019"}
    assert likeness(planned, record("01.A", {**REALISED, **went, "countries": "Đức"})).total < POSSIBLE
    assert likeness(planned, record("01.A", {**REALISED, **went, "countries": "Lào"})).total >= POSSIBLE


def test_conferences_are_told_by_name_venue_and_time() -> None:
    held = record("03", CONFERENCE)
    moved = record("03", {**CONFERENCE, "period": "5-6/5/2019", "venue": "Ba Đồn"})
    assert same_delegation(held, moved)
    assert not same_delegation(held, record("03", CONFERENCE, section="II"))
    assert not same_delegation(held, record("03", {**CONFERENCE, "name": "Hội thảo lúa gạo"}))


_NAMES = st.sampled_from([name for pair in (*SAME_NAMES, *OTHER_NAMES) for name in pair])
_COUNTRIES = st.sampled_from(["Lào", "Lào, Thái Lan", "Đức", ""])


@settings(deadline=None)
@given(st.tuples(_NAMES, _COUNTRIES), st.tuples(_NAMES, _COUNTRIES))
def test_the_answer_does_not_depend_on_the_order(one: tuple[str, str], other: tuple[str, str]) -> None:
    a, b = (record("02.A", {**PLANNED, "name": name, "countries": c}) for name, c in (one, other))
    assert likeness(a, b) == likeness(b, a)
    assert same_delegation(a, a) or a.text("name") == ""


def test_a_row_is_looked_up_among_few_however_many_there_are() -> None:
    rows = [record("02.A", {**PLANNED, "name": f"Đoàn khảo sát thị trường số {n}"}) for n in range(600)]
    lookup = Lookup(rows)
    for at in (0, 300, 599):
        near = list(lookup.near(rows[at]))
        assert at in near
        assert len(near) < 320


# --- who asks ------------------------------------------------------------------------------------------------

_LAOS = ("Lào", "Thái Lan", "Trung Quốc", "Campuchia")
_ELSEWHERE = ("Đức", "Hàn Quốc", "Pháp", "Nhật Bản")


def test_four_plans_that_are_gone_are_a_warning() -> None:
    def plans(countries: tuple[str, ...]) -> list[Texts]:
        return [
            {**PLANNED, "ordinal": str(n), "name": f"Đoàn công tác tại {country}", "countries": country}
            for n, country in enumerate(countries, 1)
        ]

    files = [
        submission(f"{n}.xlsx", "Sở Y tế", {"02.A": plans(countries)})
        for n, countries in enumerate((_LAOS, _ELSEWHERE))
    ]
    (seen,) = (o for o in settle(files, Receiving(2020)).observations if o.code == "TK04")
    assert (seen.severity, seen.params["recurring"]) == (Severity.WARNING, 0)


@pytest.mark.parametrize(
    ("went", "plan", "found"),
    [
        ({"partners": "Tỉnh ủy Khăm Muộn"}, {"partners": "Tỉnh ủy", "name": "Đoàn thăm tỉnh Chăm-pa-sắc"}, False),
        (
            {"partners": "Tỉnh ủy", "name": "Đoàn thăm Khammouane"},
            {"partners": "Tỉnh ủy", "name": "Đoàn Pakse"},
            False,
        ),
        (
            {"partners": "Tỉnh ủy", "name": "Đoàn thăm Khammouane"},
            {"partners": "Tỉnh uỷ Khăm Muồn", "name": "Đoàn hội đàm"},
            True,
        ),
        ({"partners": "Bộ Giáo dục và Thể thao"}, {"partners": "Bộ Giáo dục & Thể thao Lào"}, True),
        ({"partners": "Bộ Y tế Lào"}, {"partners": "Bộ Y tế (CHDCND Lào)"}, True),
        ({"partners": "Bộ Y tế"}, {"partners": "Bộ Giáo dục và Thể thao"}, False),
    ],
)
def test_partners_in_laos(went: dict[str, str], plan: dict[str, str], found: bool) -> None:
    done = table("01.A", [{"countries": "Lào", "name": "Đoàn hội đàm", **went}], cycle=2020).records
    history = History(realised=tuple(("sở y tế", r) for r in done))
    planned = table("02.A", [{"countries": "Lào", "name": "Đoàn hội đàm", **plan}])
    codes = [f.code for f in findings(sent(planned), history=history)]
    assert codes == (["DR16"] if found else [])


def test_a_partners_country_is_no_part_of_its_name() -> None:
    assert partner_key("Bộ Công an nước CHDCND Lào") == partner_key("Bộ Công an")
    assert partner_key("Tỉnh ủy Khăm Muộn") != partner_key("Tỉnh ủy")


PIECES = (
    "Đoàn ",
    "số ",
    "khóa ",
    "thứ ",
    "Thứ ba",
    "II",
    "XVI",
    " A",
    "a1",
    "B02",
    "0",
    "07",
    "17",
    " 2020",
    "năm ",
    "５",
    "/",
    ".",
    " ",
    "\u200b",
    "-",
    "Ⅱ",
    "kh",
    "Lào",
    "IV.",
    "_",
    "²",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from((0, 2019, 2020)))
def test_the_numbers_of_a_name_are_those_of_its_codes(name: str, year: int) -> None:
    digits = [n.lstrip("0") for n in re.findall(r"\d+", " ".join(compared_name(name, year).codes))]
    assert numbers_in(clean(name), year) == tuple(sorted(digits))
