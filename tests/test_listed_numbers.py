"""Lists of numbers, with or without their total, are read alike as persons, as delegates and as money."""

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.breakdowns import read_breakdown
from doingoai_cli.vietnamese.counts import read_count
from doingoai_cli.vietnamese.money.amounts import read_money

GROUPS = ("lãnh đạo", "chuyên viên", "bác sĩ", "CBCC", "lái xe", "người Sở Y tế")
COUNTRIES = ("Lào", "Thái Lan", "Nhật Bản", "Hàn Quốc", "Hoa Kỳ", "Cộng hòa Liên bang Đức")
SOURCES = ("Ngân sách tỉnh", "NSNN", "Đối tác", "Phía Lào", "Tổ chức JICA", "Doanh nghiệp")


class Shape(NamedTuple):
    """How a list is written: what stands before each item, between two, and where its total stands."""

    mark: str
    between: str
    total: str

    def write(self, items: list[str], total: str) -> str:
        """The list of these items as a cell has it."""
        marked = (self.mark.format(number=n, letter="abcdef"[n - 1]) + item for n, item in enumerate(items, 1))
        return self.total.format(items=self.between.join(marked), total=total)


NUMBERED = st.tuples(
    st.sampled_from(("{number}. ", "{number}) ", "({number}) ", "{letter}) ", "({letter}) ")),
    st.sampled_from(("\n", "; ")),
)
MARKED = st.tuples(st.sampled_from(("- ", "+ ", "• ")), st.just("\n"))
PLAIN = st.tuples(st.just(""), st.sampled_from(("; ", ", ", "\n")))
TOTALS = ("{items}", "Tổng số: {total}, trong đó: {items}", "{total} gồm: {items}", "{total} ({items})",
          "{total}\n{items}", "{items}\nTổng cộng: {total}", "{items}; tổng: {total}")  # fmt: skip
SHAPES = st.builds(
    lambda list_, total: Shape(*list_, total), st.one_of(NUMBERED, MARKED, PLAIN), st.sampled_from(TOTALS)
)


def parts(names: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(
        st.tuples(st.sampled_from(names), st.integers(1, 60)),
        min_size=2,
        max_size=4,
        unique_by=lambda part: part[0],
    )


@settings(max_examples=300)
@given(SHAPES, parts(GROUPS), st.sampled_from(("{n:02d} {name}", "{name}: {n}", "{name} ({n})")))
def test_persons(shape: Shape, groups: list[tuple[str, int]], item: str) -> None:
    whole = sum(n for _, n in groups)
    text = shape.write([item.format(name=name, n=n) for name, n in groups], f"{whole} người")
    assert read_count(text).value == whole, text


@settings(max_examples=300)
@given(
    SHAPES,
    parts(COUNTRIES),
    st.sampled_from(("{name}: {n}", "{name} ({n})", "{name}: {n:02d} người", "{n} {name}")),
)
def test_delegates(shape: Shape, countries: list[tuple[str, int]], item: str) -> None:
    whole = sum(n for _, n in countries)
    text = shape.write([item.format(name=name, n=n) for name, n in countries], f"{whole} đại biểu")
    read = read_breakdown(text)
    assert (read.total, read.parts) == (whole, tuple(countries)), text


@settings(max_examples=300)
@given(
    SHAPES,
    parts(SOURCES),
    st.sampled_from(("{name}: {n} triệu đồng", "{name} {n} triệu đồng", "{n} triệu đồng ({name})")),
)
def test_money(shape: Shape, sums: list[tuple[str, int]], item: str) -> None:
    whole = sum(n for _, n in sums)
    text = shape.write([item.format(name=name, n=n) for name, n in sums], f"{whole} triệu đồng")
    read = read_money(text)
    assert sum(amount.value for amount in read.amounts) == whole * 10**6, text
    assert len(read.amounts) == len(sums), text
