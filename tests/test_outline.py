"""Outlines: official text letter for letter, and broken ones refused with their line."""

import re
from datetime import date
from pathlib import Path

import pytest

from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import load_outline, load_outlines
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.vocabulary import vocabulary
from doingoai_cli.resources import outlines_dir

OUTLINES = load_outlines(outlines_dir())


def headings(
    outline: Outline, year: int, settings: ReportSettings | None = None, day: date = date(2019, 9, 1)
) -> list[str]:
    words = vocabulary(outline, outline.window(year, 8), settings or ReportSettings(), day)
    return [words.fill(section.heading) for section, _ in outline.walk()]


def guidance(
    outline: Outline, year: int, day: date, settings: ReportSettings | None = None
) -> dict[str, list[str]]:
    words = vocabulary(outline, outline.window(year, 8), settings or ReportSettings(), day)
    return {s.id: [words.fill(line) for line in s.guidance] for s, _ in outline.walk()}


def test_the_annual_outline_has_its_twelve_areas_and_both_borders() -> None:
    found = headings(OUTLINES.choose("nam"), 2020)
    assert found[0] == "I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI NĂM 2019"
    assert [h for h in found if re.match(r"(\d+)\. ", h)][:12] == [
        "1. Tổ chức và quản lý đoàn ra, đoàn vào (Mẫu 01.A và 01.B)",
        "2. Công tác hợp tác với các nước",
        "3. Công tác ký kết và thực hiện thỏa thuận quốc tế",
        "4. Công tác tổ chức và quản lý hội nghị, hội thảo quốc tế (Mẫu số 03)",
        "5. Công tác ngoại giao kinh tế",
        "6. Công tác phi chính phủ nước ngoài",
        "7. Văn hoá đối ngoại",
        "8. Công tác thông tin đối ngoại và quản lý hoạt động thông tin, báo chí của phóng viên nước ngoài tại "
        "địa phương",
        "9. Công tác quản lý, bảo vệ biên giới",
        "10. Công tác lãnh sự và bảo hộ công dân",
        "11. Công tác đối với người Việt Nam ở nước ngoài",
        "12. Công tác khen thưởng đối ngoại",
    ]
    assert "9.1 Công tác quản lý, bảo vệ biên giới đất liền" in found
    assert "9.2 Công tác quản lý, bảo vệ biên giới biển" in found
    assert found[-5:] == [
        "1. Khó khăn, vướng mắc và nguyên nhân",
        "2. Kiến nghị và đề xuất",
        "III. Phương hướng và dự kiến kế hoạch công tác đối ngoại năm 2020",
        "1. Phương hướng, nhiệm vụ trọng tâm",
        "2. Kế hoạch đoàn ra, đoàn vào",
    ]


def test_the_half_year_outline_has_thirteen_areas_with_their_sub_points() -> None:
    outline = OUTLINES.choose("6-thang")
    ids = [section.id for section, _ in outline.walk()]
    assert [i for i in ids if "." not in i] == ["I", "II", "III", "IV", "V", "VI"]
    assert [i for i in ids if re.fullmatch(r"III\.\d+", i)] == [f"III.{n}" for n in range(1, 14)]
    assert {"III.2.a", "III.2.b", "III.2.c", "III.7.e", "III.8.b", "III.13.b"} <= set(ids)
    said = guidance(outline, 2021, date(2021, 6, 1))
    assert any(line.startswith("(iii) Không thống kê các đoàn vào") for line in said["III.1"])
    assert [line[:5] for line in said["III.2.a"][1:]] == ["(i) T", "(ii) ", "(iii)", "(iv) "]


def test_the_monthly_outline_looks_back_and_ahead() -> None:
    found = headings(OUTLINES.choose("thang"), 2020)
    assert found[0] == "I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI THÁNG 8/2020"
    assert found[-1] == "II. DỰ KIẾN CHƯƠNG TRÌNH CÔNG TÁC CHỦ YẾU THÁNG 9/2020"


def test_the_city_outline_has_two_parts_and_names_the_locality() -> None:
    city = ReportSettings(agency="UBND thành phố Bắc Giang")
    found = headings(OUTLINES.choose("nam", "nam-huyen"), 2019, city)
    assert [h for h in found if re.match(r"[AB]\. ", h)] == [
        "A. ĐÁNH GIÁ TÌNH HÌNH THỰC HIỆN HOẠT ĐỘNG ĐỐI NGOẠI NĂM 2018",
        "B. KẾ HOẠCH HOẠT ĐỘNG ĐỐI NGOẠI NĂM 2019",
    ]
    assert "I. Bối cảnh tình hình công tác đối ngoại của thành phố Bắc Giang" in found


@pytest.mark.parametrize(
    ("day", "decision"),
    [
        (date(2019, 9, 1), "Quyết định số 76/2010/QĐ-TTg ngày 30/11/2010"),
        (date(2020, 4, 14), "Quyết định số 76/2010/QĐ-TTg ngày 30/11/2010"),
        (date(2020, 4, 15), "Quyết định số 06/2020/QĐ-TTg ngày 21/02/2020"),
    ],
)
def test_the_legal_basis_goes_by_the_documents_date(day: date, decision: str) -> None:
    assert decision in guidance(OUTLINES.choose("nam"), 2020, day)["I.4"][0]


def test_years_and_province_are_parameters() -> None:
    outline = OUTLINES.choose("nam")
    here = guidance(outline, 2020, date(2019, 9, 1))
    assert "so với năm 2018" in here["I.1"][0]
    assert "hình ảnh của tỉnh Quảng Bình" in here["I.7"][0]
    assert "Phong Nha - Kẻ Bàng" in here["I.7"][0]
    there = guidance(outline, 2024, date(2023, 9, 1), ReportSettings(province="Hà Tĩnh"))
    assert "so với năm 2022" in there["I.1"][0]
    assert "Phong Nha" not in there["I.7"][0]
    assert "tỉnh Hà Tĩnh" in there["I.7"][0]


def test_an_outline_is_chosen_by_kind_or_id() -> None:
    assert [OUTLINES.choose(kind).id for kind in ("nam", "6-thang", "thang")] == ["nam", "6-thang", "thang"]
    assert OUTLINES.choose("nam", "nam-huyen").kind is ReportKind.YEAR
    with pytest.raises(DoingoaiError, match="nam-huyen"):
        OUTLINES.choose(None, "khong-co")
    for month in (None, 0, 13):
        with pytest.raises(DoingoaiError, match="--month"):
            OUTLINES.choose("thang").window(2020, month)
    for quarter in (None, 0, 5):
        with pytest.raises(DoingoaiError, match="--quarter"):
            OUTLINES.choose("quy").window(2020, None, quarter)
    assert OUTLINES.choose("6-thang").window(2021) == Window(2021, 1, 6)
    assert OUTLINES.choose("6-thang").cycle(2021) == 2022


MINIMAL = """\
id: rieng
kind: nam
title: Báo cáo năm {{ year }}
period: {closing_day: 14}
sections:
  - id: A
    heading: A. Kết quả
    sentences:
      - Có {{ figure("out.delegations") }} đoàn.
    tables: [{of: out.by_country}]
"""


def test_a_province_adds_an_outline_without_code(tmp_path: Path) -> None:
    (tmp_path / "rieng.yaml").write_text(MINIMAL, encoding="utf-8")
    outlines = load_outlines(outlines_dir(), tmp_path)
    assert outlines.choose(None, "rieng").window(2020).start == date(2018, 12, 15)
    assert outlines.choose("nam").id == "nam"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("out.delegations", "out.delegation", 9, "không có số liệu “out.delegation”"),
        ("{{ year }}", "{{ yaer }}", 3, "yaer"),
        ("{{ year }}", "{{ year", 3, "Jinja2"),
        ("out.by_country", "out.by_planet", 10, "không có bảng số liệu"),
        ("heading: A.", "headings: A.", 7, "headings"),
        ("kind: nam", "kind: tuan", 2, "kind"),
        ("closing_day: 14", "closing_day: 31", 4, "closing_day"),
        ("id: A", "id: A\n    heading: B", 8, "lặp lại"),
        ("Có {{", "Theo {{ legal.khac }} có {{", 1, "khac"),
    ],
)
def test_a_broken_outline_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    path = tmp_path / "rieng.yaml"
    path.write_text(MINIMAL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_outline(path)
    assert any(p.startswith(f"{path}:{line}:") and says in p for p in caught.value.problems), caught.value.problems
