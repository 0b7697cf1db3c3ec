"""What a row of the consolidated workbook says, as digests: a look at a row tells what one at each cell does."""

from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.consolidate.workbook.row_digests import cell_digest, row_digest

# Spaces of all kinds, breaks, a tone apart from its letter, what joins texts: what a quick look could pass over.
texts = st.lists(
    st.sampled_from(["a", "Đ", "ộ", "o\u0323\u0302", " ", "\u00a0", "\n", "\t", "|", "\u200b", "\x1f", "–"])
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, max_size=6))
def test_a_row_has_the_digests_of_its_cells(said: list[str]) -> None:
    assert row_digest(said) == b"".join(map(cell_digest, said))


def test_cells_that_say_nothing_are_blank_and_spaces_do_not_matter() -> None:
    assert row_digest(["", "Lào", " Lào ", "Lào\nCHDCND"]) == row_digest(["  ", "Lào", "Lào", "Lào  CHDCND"])
    assert row_digest(["", "Lào"])[:2] == b"\0\0" != row_digest(["", "Lào"])[2:]
