"""What a merge says is new: a delegation whose head or time was corrected is a changed row, not two others."""

import pytest
from consolidation import PLANNED, merged, submission

from doingoai_cli.consolidate.news import news

CHANGED = "01 dòng có nội dung thay đổi."
FIRST = [PLANNED, {**PLANNED, "name": "Đoàn dự hội chợ", "countries": "Đức", "leader": "Giám đốc Sở"}]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(FIRST, "không có gì mới.", id="the same"),
        pytest.param([{**PLANNED, "leader": "Phó Giám đốc Sở"}, FIRST[1]], CHANGED, id="another head"),
        pytest.param([{**PLANNED, "members": 6}, FIRST[1]], CHANGED, id="other members"),
        pytest.param(
            [{**PLANNED, "period": "Tháng 11/2020", "leader": "Phó Giám đốc Sở"}, FIRST[1]],
            CHANGED,
            id="another time and head",
        ),
        pytest.param(FIRST[:1], "01 dòng không còn.", id="one gone"),
        pytest.param(
            [*FIRST, {**PLANNED, "name": "Đoàn bác sĩ", "countries": "Pháp", "activities": "Đào tạo"}],
            "01 dòng mới.",
            id="one more",
        ),
    ],
)
def test_what_is_new(rows: list[dict[str, object]], told: str) -> None:
    before = merged([submission("a.xlsx", "Sở Y tế", {"02.A": FIRST})]).consolidated
    after = merged([submission("b.xlsx", "Sở Y tế", {"02.A": rows})]).consolidated  # type: ignore[dict-item]
    assert news(before, after)[0].removeprefix("So với lần tổng hợp trước: ") == told


def test_an_agency_by_another_name_has_sent_the_same_rows() -> None:
    before = merged([submission("a.xlsx", "Phòng Y tế", {"02.A": FIRST})]).consolidated
    after = merged([submission("a.xlsx", "Phòng Y tế huyện Lệ Thủy", {"02.A": FIRST})]).consolidated
    assert news(before, after)[0] == "So với lần tổng hợp trước: các dòng không thay đổi."
