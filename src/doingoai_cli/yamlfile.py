"""Our own YAML files (forms, rule packs, outlines, waivers), read so that every fault has its line.

Scalars follow YAML 1.2's core schema, not 1.1: `off`, `no` and `02.A` stay text; true/false, numbers and null
are typed. A duplicate key is refused.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from doingoai_cli.errors import ConfigError, reason_of
from doingoai_cli.value_faults import Key, Places, explain

T = TypeVar("T")

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None, "": None}


class FrozenModel(BaseModel):
    """What people write in a file (YAML, TOML) as a frozen value; a key that it does not know is refused."""

    # Built when something is first validated: what ships is validated once an installation (`shipped.py`).
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Located(NamedTuple):
    """Plain data with the line of every key and item: `lines[("rules", "DR07", "forms")]` is 1-based."""

    data: Any
    lines: Mapping[Key, int]
    name: str
    """The file as it should be printed."""

    def at(self, key: Key) -> str:
        """`file:line` of the nearest place that is known on the way to `key`."""
        while key and key not in self.lines:
            key = key[:-1]
        return f"{self.name}:{self.lines.get(key, 1)}"


def load_text(text: str, name: str) -> Located:
    """`text` as data with lines; ConfigError on a syntax error, a duplicate key or an alias."""
    import yaml  # 30 ms: not loaded where nothing has to be read

    _bounded(text, name)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _plain_events(yaml.parse(text, Loader=loader), name)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = f"{error.context} {error.problem}"
        hint = next((f": {hint}" for words, hint in _HINTS if words in said), "")
        raise ConfigError([f"{name}:{line}: cú pháp YAML sai{hint}"]) from error
    except yaml.YAMLError as error:
        raise ConfigError([f"{name}:1: không đọc được YAML: tệp có ký tự lạ"]) from error
    lines: dict[Key, int] = {(): 1}
    problems: list[str] = []
    data = None if node is None else _plain(node, (), lines, problems, name)
    if problems:
        raise ConfigError(problems)
    return Located(data, lines, name)


LARGEST_FILE = 2 << 20
"""Characters; the longest pack that ships has 60,000."""
DEEPEST = 40
"""Keys and items below one another; those that ship have at most 8."""
_BRACKET = re.compile(r"[\[\]{}]")
_ITEMS_IN_A_LINE = re.compile(rf"^ *(?:[-?:] +){{{DEEPEST}}}", re.MULTILINE)


def _bounded(text: str, name: str) -> None:
    """Size and nesting, from the bare text: a parser's own stack need not be tried.

    Brackets within quotes count too, so that nothing depends on who reads the quotes how.
    """
    if len(text) > LARGEST_FILE:
        raise ConfigError([f"{name}:1: tệp quá lớn (hơn {LARGEST_FILE >> 20} MB)"])
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            raise ConfigError([f"{name}:{text.count(chr(10), 0, bracket.start()) + 1}: {_TOO_DEEP}"])
    items = _ITEMS_IN_A_LINE.search(text)
    if items:
        raise ConfigError([f"{name}:{text.count(chr(10), 0, items.start()) + 1}: {_TOO_DEEP}"])


def _plain_events(events: Iterable[Any], name: str) -> None:
    """No anchor, no alias, and nothing nested too deep; each event is looked at as it comes."""
    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):
            raise ConfigError([f"{name}:{line}: không dùng “*” và “&”"])
        kind = type(event).__name__
        depth += kind.endswith(("SequenceStartEvent", "MappingStartEvent"))
        depth -= kind.endswith(("SequenceEndEvent", "MappingEndEvent"))
        if depth > DEEPEST:
            raise ConfigError([f"{name}:{line}: {_TOO_DEEP}"])


_TOO_DEEP = f"lồng nhau quá {DEEPEST} cấp"
_HINTS = (
    ("mapping values", "thừa dấu “:”, hoặc văn bản có dấu “:” chưa đặt trong dấu nháy"),
    ("find expected ':'", "thiếu dấu “:” sau tên khóa"),
    ("cannot start any token", "ký tự này không đứng đầu được (phím Tab, @, `); thụt dòng bằng dấu cách"),
    ("quoted scalar", "thiếu dấu nháy đóng"),
    ("flow", "thiếu dấu “,” hoặc ngoặc đóng"),
    ("parsing a block", "thụt dòng không đều"),
    ("alias", "không dùng “*” và “&”"),
)
"""Words of a syntax error (the library's own are English) → what it most often comes from."""


def load_file(path: Path) -> Located:
    """The YAML file at `path`; ConfigError where it cannot be read."""
    try:
        if path.stat().st_size > 4 * LARGEST_FILE:  # a character takes four bytes at the most
            raise ConfigError([f"{path}:1: tệp quá lớn (hơn {LARGEST_FILE >> 20} MB)"])
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "không phải UTF-8" if isinstance(error, UnicodeDecodeError) else reason_of(error)
        raise ConfigError(
            [f"{path}:1: không mở được tệp ({reason}). Kiểm tra lại đường dẫn và loại tệp."]
        ) from error
    return load_text(text, str(path))


def _plain(node: Any, key: Key, lines: dict[Key, int], problems: list[str], name: str) -> Any:
    lines.setdefault(key, node.start_mark.line + 1)
    if node.id == "scalar":
        return _scalar(node)
    if node.id == "sequence":
        return [_plain(item, (*key, i), lines, problems, name) for i, item in enumerate(node.value)]
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        child = _scalar(key_node) if key_node.id == "scalar" else str(key_node.value)
        line = key_node.start_mark.line + 1
        if child in result:
            problems.append(f"{name}:{line}: khóa “{child}” lặp lại")
        lines[(*key, child)] = line
        result[child] = _plain(value_node, (*key, child), lines, problems, name)
    return result


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style and node.style in "'\"|>":  # quoted, literal or folded: always text
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def validate(kind: type[T], located: Located, under: Key = ()) -> T:
    """The data (or the part `under` a key) as a `kind`; ConfigError lists every fault, each with `file:line`."""
    data = located.data
    for step in under:
        data = data[step]
    return validated(kind, data, located, under)


def validated(kind: type[T], data: Any, places: Places, under: Key = ()) -> T:
    """`data`, which stands `under` a key, as a `kind`; ConfigError lists every fault, each with `file:line`."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise ConfigError(explain(error, places, under, kind)) from error
