"""Our own YAML: values as written, every fault with its line."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from doingoai_cli import yamlfile
from doingoai_cli.errors import ConfigError
from doingoai_cli.yamlfile import load_file, load_text, validate


class Box(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    limit: int = 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: off", "off"),
        ("a: no", "no"),
        ("a: false", False),
        ("a: 02.A", "02.A"),
        ("a: 03", 3),
        ("a: 3", 3),
        ("a: '3'", "3"),
        ("a: 2020-01-05", "2020-01-05"),
        ("a: 1.5", 1.5),
        ("a:", None),
        ("a: 1_000", "1_000"),
    ],
)
def test_scalars_are_what_they_look_like(text: str, value: object) -> None:
    assert load_text(text, "f.yaml").data == {"a": value}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\n", "f.yaml:2: khóa “a” lặp lại"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2: cú pháp YAML sai"),
        ("a: b: c\n", "f.yaml:1: cú pháp YAML sai: thừa dấu “:”"),
        ("a:\n\t- b\n", "f.yaml:2: cú pháp YAML sai: ký tự này không đứng đầu được"),
        ('a: "b\n', "f.yaml:2: cú pháp YAML sai: thiếu dấu nháy đóng"),
        ("a: {b: 1,\n  b: 2}\n", "f.yaml:2: khóa “b” lặp lại"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=r"f\.yaml") as caught:
        load_text(text, "f.yaml")
    assert caught.value.problems[0].startswith(problem)


def test_every_fault_of_a_value_is_listed_with_its_line() -> None:
    with pytest.raises(ConfigError) as caught:
        validate(Box, load_text("nam: x\nlimit: nhiều\n", "f.yaml"))
    assert sorted(caught.value.problems) == [
        "f.yaml:1: không có khóa “nam”; có phải “name”?",
        "f.yaml:1: thiếu “name”",
        "f.yaml:2: “limit”: phải là số nguyên (đang là 'nhiều')",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: &x 2\n", 2),
        ("a: &x 1\nb: *x\n", 1),
        ("a:\n  - *x\n", 2),
        ("a: {<<: *x}\n", 1),
        ("- &x [1]\n", 1),
    ],
)
def test_anchors_and_aliases_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=rf"quy-tac\.yaml:{line}: "):
        load_text(text, "quy-tac.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 9 + "]" * 9,
        "a: " + "{b: " * 9 + "1" + "}" * 9,
        "a: '" + "[" * 9 + "'",
        "".join(f"{'  ' * n}k:\n" for n in range(9)) + "  " * 9 + "1\n",
        "- " * 9 + "1\n",
    ],
)
def test_nesting_is_bounded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_text(text, "quy-tac.yaml")
    monkeypatch.setattr(yamlfile, "DEEPEST", 5)
    monkeypatch.setattr(yamlfile, "_ITEMS_IN_A_LINE", re.compile(r"^ *(?:[-?:] +){5}", re.MULTILINE))
    with pytest.raises(ConfigError, match=r"quy-tac\.yaml:\d+: lồng nhau quá"):
        load_text(text, "quy-tac.yaml")


def test_a_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "quy-tac.yaml"
    path.write_text("a: " + "x" * 200)
    load_file(path)
    monkeypatch.setattr(yamlfile, "LARGEST_FILE", 100)
    with pytest.raises(ConfigError, match="quá lớn"):
        load_file(path)
    monkeypatch.setattr(yamlfile, "LARGEST_FILE", 10)
    with pytest.raises(ConfigError, match="quá lớn"):
        load_file(path)
