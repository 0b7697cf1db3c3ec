"""A look at columns passes no record over that its rule would find at fault."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import FAULTLESS, catalogue, pack, submission, table

from doingoai_cli.checks.kind import Context, RowKind
from doingoai_cli.checks.rows import Rows
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import Member
from doingoai_cli.model.sources import Provenance

PACKS = ("quang-binh-2020", "da-nang-2025")
ODD = (
    "", "-", "…", "0", "7", "khoảng 6", "2,5", "9 người", "30 ngày", "Châu Âu", "Lào", "Lào, Nhật Bản, Đức, Cuba",
    "Lãnh đạo tỉnh", "Chủ tịch UBND tỉnh, Bí thư Tỉnh ủy", "Giám đốc Sở Y tế", "Tháng 3/2020",
    "31/2/2020", "Năm 2020", "Từ 22/7/2020 đến 14/7/2020", "Quý II/2021", "Du lịch", "Đi thăm thân",
    "Tham quan, học tập kinh nghiệm", "Do Công ty A mời", "Ngân sách tỉnh", "Vốn vay ODA", "Theo quy định", "x",
    "X", "Văn phòng JICA tại Hà Nội", "Báo cáo số 5", "Đức: 3; Pháp: 2", "Tổng số 6 (Đức: 3; Pháp: 2)", "9 tỉ",
)  # fmt: skip


def texts_of(field: str) -> Sequence[str]:
    """What a field holds in the packs' examples, and what no field should hold."""
    examples = [rule.examples for id_ in PACKS for rule in pack(id_).rules.values() if rule.examples]
    rows = [row for e in examples for side in (e.bad, e.good) if not isinstance(side, str) for row in side]
    return sorted({*ODD, *(row[field].replace("{Y}", "2020") for row in rows if field in row)})


def rows_of(form: str) -> st.SearchStrategy[Sequence[Mapping[str, str]]]:
    fields = sorted(c.field for c in catalogue().of_form(form).columns if c.field in FAULTLESS[form])
    row = st.fixed_dictionaries({}, optional={field: st.sampled_from(texts_of(field)) for field in fields})
    return st.lists(row, max_size=6)


@pytest.mark.parametrize("form", sorted(FAULTLESS))
@settings(max_examples=60)
@given(data=st.data())
def test_a_rule_finds_nothing_where_it_suspects_nothing(form: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(form))
    cells = st.tuples(st.integers(1, 6), st.sampled_from(["name", "members"]))
    faulty = data.draw(
        st.dictionaries(cells, st.sampled_from([CellKind.ERROR, CellKind.UNCALCULATED]), max_size=2)
    )
    listed = (Member(form, "1", "Nguyễn Văn A", "Phó Giám đốc", "", Provenance("a.xlsx", "b", 1, 2, 2)),)
    members = {(form, "1"): listed} if data.draw(st.booleans()) else {}
    made = table(form, rows, kinds=faulty, without=data.draw(st.sampled_from([(), ("members",), ("period",)])))
    used = pack(data.draw(st.sampled_from(PACKS)))
    context = Context(submission(made), made, used.layouts[made.spec], used.kinds, used.province, members)
    for rule in used.rules.values():
        if isinstance(rule.kind, RowKind) and rule.severity_in(form):
            suspects = set(map(id, rule.kind.suspects(Rows(made.records), rule.fields, context)))
            assert suspects <= set(map(id, made.records))
            for record in made.records:
                if id(record) not in suspects:
                    assert not rule.kind.check(record, rule.fields, context), (rule.code, record)


def test_columns_say_nothing_of_fields_that_records_lack() -> None:
    rows = Rows(table("03", [{}, {}]).records)
    assert rows.values("members") == rows.texts("members") == rows.where(rows.texts("members")) == ()
    assert rows.texts("days") == ["2", "2"]
    assert rows.where([], [False, True]) == [rows.records[1]]
    assert rows.where([False, True], [True, False]) == list(rows.records)
