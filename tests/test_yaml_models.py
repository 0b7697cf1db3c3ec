"""Values that people write in files: frozen models, every fault told with its line."""

import pickle
from typing import Annotated, Any, Self

import pytest
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from doingoai_cli.errors import ConfigError
from doingoai_cli.yamlfile import FrozenModel, load_text, validate


def _doubled(value: object) -> object:
    if value == 13:
        raise ValueError("không dùng số 13")
    return value * 2 if isinstance(value, int) else value


class Part(FrozenModel):
    first: int = Field(ge=1, alias="from")
    double: Annotated[int, BeforeValidator(_doubled)] = 0


class Box(FrozenModel):
    name: Annotated[str, Field(min_length=1)]
    parts: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if len({part.first for part in self.parts}) < len(self.parts):
            raise ValueError("hai phần trùng nhau")
        return self


def part(first: int, **more: Any) -> Part:
    return Part(**{"from": first}, **more)


def test_what_a_file_says_becomes_values() -> None:
    box = validate(Box, load_text("name: a\nparts: [{from: 1, double: 4}, {from: 2}]", "hop.yaml"))
    assert box == Box(name="a", parts=(part(1, double=4), part(2)))
    assert pickle.loads(pickle.dumps(box)) == box
    assert repr(box.parts[1]) == "Part(first=2, double=0)"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name: ''", "hop.yaml:1: “name”: không được trống (đang là '')"),
        ("name: a\nnam: b", "hop.yaml:2: không có khóa “nam”; có phải “name”?"),
        ("name: a\nparts:\n- from: 0", "hop.yaml:3: “parts.0.from”: quá nhỏ (đang là 0)"),
        ("name: a\nparts:\n- {from: 1, duble: 2}", "hop.yaml:3: không có khóa “parts.0.duble”; có phải “double”?"),
        ("name: a\nparts:\n- double: 1", "hop.yaml:3: thiếu “parts.0.from”"),
        ("name: a\nparts: [{from: 1, double: 13}]", "hop.yaml:2: “parts.0.double”: không dùng số 13"),
        (
            "name: a\nparts: [{from: 1, double: x}]",
            "hop.yaml:2: “parts.0.double”: phải là số nguyên (đang là 'x')",
        ),
        ("name: a\nparts: [{from: 1}, {from: 1}]", "hop.yaml:1: “tệp”: hai phần trùng nhau"),
        ("- a", "hop.yaml:1: “tệp”: phải là các cặp khóa: giá trị (đang là ['a'])"),
    ],
)
def test_a_fault_has_its_line(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        validate(Box, load_text(text, "hop.yaml"))
    assert list(caught.value.problems) == [problem]


class Crate(FrozenModel):
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("parts: []", "hop.yaml:1: “parts”: không được trống (đang là [])"),
        ("parts:\n- {from: 0}", "hop.yaml:2: “parts.0.from”: quá nhỏ (đang là 0)"),
    ],
)
def test_only_an_empty_list_is_said_to_be_empty(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        validate(Crate, load_text(text, "hop.yaml"))
    assert list(caught.value.problems) == [problem]


def test_python_code_is_held_to_the_same() -> None:
    with pytest.raises(ValidationError, match="from"):
        Part(double=1)  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="half"):
        part(1, half=2)
    one = part(1)
    with pytest.raises(ValidationError, match="frozen"):
        one.first = 2  # type: ignore[misc]
    assert one != part(2)
    assert {one, part(1)} == {one}
