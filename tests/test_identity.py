"""Stable ids, and officers' work that follows a record from merge to merge."""

from datetime import datetime

import pytest
from consolidation import PLANNED, Texts, again, back, described, merged, record, submission, written
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.identity import base_id, numbered, seal, section_of_id
from doingoai_cli.consolidate.likeness import pair_up
from doingoai_cli.model.consolidated import Review
from doingoai_cli.model.records import Record

LATER = datetime(2019, 9, 10)
OTHER = {
    **PLANNED,
    "name": "Đoàn bác sĩ sang Cuba",
    "countries": "Cuba",
    "period": "Quý IV",
    "leader": "Trần Văn B",
}


def record_ids(rows: list[tuple[str, Record]]) -> tuple[str, ...]:
    """The id of each (agency key, record)."""
    return numbered([base_id(*row) for row in rows], [record for _, record in rows])


def test_an_id_depends_on_what_a_record_says_not_on_where_it_stands() -> None:
    one = record("02.A", PLANNED, file="a.xlsx", row=8)
    moved = record("02.A", {**PLANNED, "ordinal": "7"}, file="b.xlsx", row=30)
    respelt = record("02.A", {**PLANNED, "name": "  ĐOÀN công tác  xúc tiến du lịch."})
    ids = {record_ids([("sở y tế", r)])[0] for r in (one, moved, respelt)}
    assert len(ids) == 1
    assert record_ids([("sở du lịch", one)])[0] not in ids


def test_equal_records_of_one_agency_are_told_apart_whatever_the_order() -> None:
    few, many = record("02.A", PLANNED), record("02.A", {**PLANNED, "members": 9})
    forward = record_ids([("a", few), ("a", many)])
    backward = record_ids([("a", many), ("a", few)])
    assert len(set(forward)) == 2
    assert forward == backward[::-1]


@pytest.mark.parametrize(("form", "section"), [("03", "I"), ("03", "II"), ("02.A", "")])
def test_an_id_tells_the_section(form: str, section: str) -> None:
    told = record(form, {"name": "Hội thảo", "period": "1/2/2019"}, section=section)
    assert section_of_id(record_ids([("a", told)])[0]) == section


@pytest.mark.parametrize(
    ("after", "same"),
    [
        ({"members": 9}, True),
        ({"name": "Đoàn công tác xúc tiến du lịch và đầu tư"}, True),
        ({"period": "Quý IV/2020", "partners": "JICA", "leader": "Lê C"}, True),  # put off, with another head
        ({"countries": "Thái Lan"}, True),  # one country less
        ({"name": "Đoàn của cán bộ xúc tiến du lịch (Lào, Thái Lan)"}, True),
        ({"countries": "Pháp"}, False),
        ({"name": "Đoàn công tác xúc tiến du lịch số 2"}, False),
        ({"ordinal": "1", "name": "Đoàn nghiên cứu thị trường"}, False),
        ({"name": "Đoàn nghiên cứu thị trường", "countries": "Pháp", "period": "Quý I"}, False),
    ],
)
def test_which_edits_leave_a_record_the_same(after: Texts, same: bool) -> None:
    before = record("02.A", {**PLANNED, "ordinal": "1"})
    pairs = pair_up([before], [record("02.A", {**PLANNED, "ordinal": "2", **after})])
    assert pairs == ([(0, 0)] if same else [])


def test_delegations_numbered_differently_are_different() -> None:
    before = [
        record("02.A", {**PLANNED, "name": f"Đoàn xúc tiến đầu tư số {n}", "period": f"Quý {q}"})
        for n, q in ((1, "I"), (2, "II"))
    ]
    after = [record("02.A", {**PLANNED, "name": "Đoàn xúc tiến đầu tư số 2", "period": "Quý III"})]
    assert pair_up(before, after) == [(1, 0)]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3), st.sampled_from(["Lào", "Pháp"])), max_size=6),
    st.randoms(),
)
def test_pairing_uses_every_record_once_and_joins_all_equal_ones(
    rows: list[tuple[str, int, str]], random: object
) -> None:
    before = [record("02.A", {**PLANNED, "name": n, "members": m, "countries": c}) for n, m, c in rows]
    after = list(before)
    random.shuffle(after)  # type: ignore[attr-defined]
    pairs = pair_up(before, after)
    assert sorted(was for was, _ in pairs) == [now for _, now in pairs] == list(range(len(before)))
    assert all(seal(before[was]) == seal(after[now]) for was, now in pairs)


# --- reviews -----------------------------------------------------------------------------------------------


def reviewed(consolidation: Consolidation, reviews: dict[str, Review]) -> Previous:
    """The workbook after an officer reviewed rows by their name."""
    from dataclasses import replace

    previous = again(described(consolidation))
    rows = tuple(
        replace(r, review=reviews.get(r.record.text("name"), r.review)) for r in previous.consolidated.rows
    )
    return replace(previous, consolidated=replace(previous.consolidated, rows=rows))


AGREED = Review("Đồng ý", "đã trao đổi với Sở")


def test_a_review_stays_though_rows_and_files_move() -> None:
    first = merged([submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED, OTHER]})])
    previous = reviewed(first, {PLANNED["name"]: AGREED})
    moved = merged([submission("lan-2.xlsx", "Sở Y tế", {"02.A": [OTHER, PLANNED]})], previous)
    assert {r.record.text("name"): r.review for r in moved.consolidated.rows} == {
        PLANNED["name"]: AGREED,
        OTHER["name"]: Review(),
    }
    assert moved.notices == ()


def test_a_reviewed_record_that_changed_says_so_with_the_old_text_until_the_officer_clears_it() -> None:
    previous = reviewed(merged([submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]), {PLANNED["name"]: AGREED})
    changed = submission("b.xlsx", "Sở Y tế", {"02.A": [{**PLANNED, "members": 9}]})
    for _ in range(2):
        result = merged([changed], previous)
        (row,) = result.consolidated.rows
        assert row.review == AGREED
        assert row.change == "đã thay đổi sau thẩm định: Số thành viên: “5” → “9”"
        previous = again(described(result))


def test_a_reviewed_record_that_vanished_is_kept_apart_and_comes_back_with_its_review() -> None:
    both = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED, OTHER]})
    less = submission("b.xlsx", "Sở Y tế", {"02.A": [OTHER]}, received=LATER)
    previous = reviewed(merged([both]), {PLANNED["name"]: AGREED})
    gone = merged([both, less], previous)
    assert [r.record.text("name") for r in gone.consolidated.rows] == [OTHER["name"]]
    assert [(r.record.text("name"), r.review) for r in gone.withdrawn] == [(PLANNED["name"], AGREED)]
    assert "01 dòng đã thẩm định không còn" in gone.notices[0]
    still = merged([both, less], again(described(gone)))
    assert [r.review for r in still.withdrawn] == [AGREED]
    assert still.notices == ()
    back = merged([both], again(described(still)))
    assert {r.record.text("name"): r.review for r in back.consolidated.rows}[PLANNED["name"]] == AGREED
    assert back.withdrawn == ()


def test_a_review_follows_an_agency_that_was_renamed() -> None:
    previous = reviewed(merged([submission("a.xlsx", "Sở VHTT", {"02.A": [PLANNED]})]), {PLANNED["name"]: AGREED})
    renamed = merged([submission("a.xlsx", "Sở Văn hóa và Thể thao tỉnh", {"02.A": [PLANNED]})], previous)
    assert [r.review for r in renamed.consolidated.rows] == [AGREED]


def test_the_row_that_an_officer_typed_in_gives_way_to_the_same_row_of_the_agency() -> None:
    from dataclasses import replace

    from doingoai_cli.consolidate.identity import base_id, officer_id

    empty = again(described(merged([submission("a.xlsx", "Sở Y tế", {"02.A": [OTHER]})])))
    typed = replace(
        empty.consolidated.rows[0], record=record("02.A", PLANNED), seal="", review=AGREED,
        record_id=officer_id(base_id("sở y tế", record("02.A", PLANNED))),
    )  # fmt: skip
    previous = replace(empty, consolidated=replace(empty.consolidated, rows=(*empty.consolidated.rows, typed)))
    kept = merged([submission("a.xlsx", "Sở Y tế", {"02.A": [OTHER]})], previous)
    assert [r.record_id.startswith("CB-") for r in kept.consolidated.rows] == [False, True]
    assert kept.rows_merged == 1
    sent = merged([submission("b.xlsx", "Sở Y tế", {"02.A": [OTHER, PLANNED]})], previous)
    assert sorted((r.record_id[:3], r.review) for r in sent.consolidated.rows) == [
        ("02.", Review()),
        ("02.", AGREED),
    ]


def test_agencies_of_two_provinces_stay_apart_through_merging_and_back() -> None:
    names = ("Sở Y tế Nghệ An", "Sở Y tế Hà Tĩnh")
    first = merged([submission(f"{name}.xlsx", name, {"02.A": [PLANNED]}) for name in names])
    assert [row.agency for row in first.consolidated.rows] == sorted(names)
    keys = [row.agency_key for row in first.consolidated.rows]
    assert len(set(keys)) == 2
    kept = back(written(first))
    assert [row.agency_key for row in kept.consolidated.rows] == keys
    later = merged([submission("moi.xlsx", names[0], {"02.A": [PLANNED]}, received=LATER)], kept)
    assert later.consolidated.rows[0].record_id == first.consolidated.rows[1].record_id
