"""The workspace and the roster: found, read, refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from doingoai_cli.errors import ConfigError
from doingoai_cli.pipeline.workspace import Workspace, find_workspace, read_roster, read_workspace


def test_it_is_the_nearest_parents(tmp_path: Path) -> None:
    (tmp_path / "doingoai.toml").write_text('year = 2020\nprovince = "Quảng Bình"\ndeadline = 2019-09-15\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    found = find_workspace(deep)
    assert (found.year, found.province, found.deadline) == (2020, "Quảng Bình", date(2019, 9, 15))
    assert found.path("don-vi.csv") == tmp_path / "don-vi.csv"


def test_without_one_everything_is_open(tmp_path: Path) -> None:
    assert find_workspace(tmp_path) == Workspace()


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("year = \n", 1, "cú pháp TOML sai"),
        ('province = "A"\nyaer = 2020\n', 2, "có phải “year”?"),
        ('\nyear = "hai"\n', 2, "số nguyên"),
        ('folder = "x"\n', 1, "không có khóa “folder”"),
    ],
)
def test_a_broken_one_is_refused_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    path = tmp_path / "doingoai.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_workspace(path)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")
    assert word in caught.value.problems[0]


ROSTER = "code,name,aliases,kind,e-mail\nSYT,Sở Y tế,SYT|Sở Y tế tỉnh,sở,a@b.vn\nLT,UBND huyện Lệ Thủy,,huyện,\n"


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_roster_is_read_as_excel_writes_it(tmp_path: Path, separator: str, mark: str) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(mark + ROSTER.replace(",", separator), encoding="utf-8")
    roster = read_roster(path)
    assert [e.name for e in roster.entries] == ["Sở Y tế", "UBND huyện Lệ Thủy"]
    assert roster.find("SỞ Y TẾ") is roster.entries[0]
    assert roster.find("Ủy ban nhân dân huyện Lệ Thuỷ") is roster.entries[1]
    assert roster.find("Sở Y") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [("code,ten goi\n1,a\n", 1), ("name\nSở Y tế\nSở  y tế\n", 3), ("code,name\n1,Sở Y tế\n2,\n", 3)],
)
def test_a_broken_roster_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_roster(path)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")
