"""Files for many agencies: each has a name of its own, short and legal on Windows, and a list says whose it is."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.cli.app import run
from doingoai_cli.messages import LIST_OF_FILES
from doingoai_cli.pipeline.file_names import LONGEST, stems

HOA, HOA2 = "UBND xã Xuân Hóa", "UBND xã Xuân Hòa"
_LEGAL = re.compile(r"[a-z0-9][a-z0-9.-]*[a-z0-9]")
_DEVICES = {"con", "prn", "aux", "nul", "com1", "lpt1"}


@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.sampled_from([HOA, HOA2, "CON", "Nul.", "???", "Sở Y tế", "SỞ Y TẾ", "X" * 300, "X" * 301]),
                st.text(min_size=1, max_size=200),
            ),
            st.sampled_from(["", "A", "B", "*"]),
        ),
        unique_by=lambda one: one[0],
        max_size=12,
    ),
    st.randoms(),
)
def test_every_agency_has_a_legal_name_of_its_own(agencies: list[tuple[str, str]], random: object) -> None:
    found = stems(agencies)
    assert len(set(found.values())) == len(agencies)
    for stem in found.values():
        assert _LEGAL.fullmatch(stem) or len(stem) == 1
        assert len(f"nhac-{stem}-02.A.xlsx") <= LONGEST
        assert stem not in _DEVICES
    shuffled = list(agencies)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stems(shuffled) == found


def test_names_say_whose_file_it_is() -> None:
    assert stems([("Sở Y tế", "SYT")]) == {"Sở Y tế": "so-y-te"}
    assert stems([(HOA, "XH1"), (HOA2, "XH2")]) == {HOA: "ubnd-xa-xuan-hoa-xh1", HOA2: "ubnd-xa-xuan-hoa-xh2"}


@pytest.mark.parametrize(
    "arguments",
    [
        "new-template --year 2020 --roster don-vi.csv --out ra",
        "status inbox --year 2020 --roster don-vi.csv --remind ra",
    ],
)
def test_each_agency_gets_its_own_file_and_a_list_names_them(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "don-vi.csv").write_text(f"code,name\nXH1,{HOA}\nXH2,{HOA2}\n,=Sở Y tế\n", encoding="utf-8")
    run(["new-template", "--year", "2020", "--form", "02.A", "--agency", "Sở Du lịch", "--out", "inbox/a.xlsx"])
    assert run(["check", "inbox/a.xlsx", "--year", "2020", "--quiet"]) == 0
    (tmp_path / "inbox" / "b.xlsx").write_bytes(b"x")
    run(arguments.split())
    text = (tmp_path / "ra" / LIST_OF_FILES).read_text(encoding="utf-8-sig")
    listed = dict(list(csv.reader(text.splitlines()))[1:])
    assert set(listed) >= {HOA, HOA2, "'=Sở Y tế"}
    assert len({*listed.values()}) == len(listed)
    assert all((tmp_path / "ra" / name).is_file() for name in listed.values())
