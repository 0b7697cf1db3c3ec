"""A rule pack's file (YAML) and those that it extends, merged key by key, every key with the file that set it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from doingoai_cli.checks.rule import Cycles
from doingoai_cli.errors import ConfigError
from doingoai_cli.messages import did_you_mean
from doingoai_cli.value_faults import Key
from doingoai_cli.yamlfile import FrozenModel, Located, load_file, validate

SUFFIX = ".yaml"


class PackHead(FrozenModel):
    """What a pack says of itself; its rules are read later, one by one."""

    id: Annotated[str, Field(min_length=1)]
    title: str = ""
    extends: str | None = None
    cycles: Cycles | None = None
    source: str = ""
    province: str | None = None
    rules: Mapping[Any, Any] | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """Several files as one: the merged rules, and for each key the file that set it."""

    heads: tuple[PackHead, ...]
    """The pack itself first, then what it extends."""
    rules: Mapping[str, Any]
    origins: Mapping[Key, Located]
    owners: Mapping[str, str]
    """File name as printed → pack id."""
    problems: tuple[str, ...] = ()
    """Faults of the list of rules; told together with those of each rule (`resolve`)."""

    def source_of(self, key: Key) -> Located:
        """The file that set a key."""
        while key not in self.origins:
            key = key[:-1]
        return self.origins[key]

    def at(self, key: Key) -> str:
        """`file:line` of the place that set a key."""
        return self.source_of(key).at(key)

    def set_by(self, key: Key) -> str:
        """The pack that set a key, with `file:line`."""
        return f"{self.owners[self.source_of(key).name]} ({self.at(key)})"


def find_pack(ref: str, search: Path, beside: Path | None = None) -> Path | None:
    """The file of a pack named by its id or by a path; None where there is none.

    A path is taken from the current folder, or from the folder of the pack that extends it (`beside`).
    """
    folders = (beside, search) if beside else (search,)
    if ref.endswith((".yaml", ".yml")) or "/" in ref or "\\" in ref:
        path = (beside or Path()) / ref
        return path if path.is_file() else None
    named = (folder / f"{ref}{SUFFIX}" for folder in folders)
    return next((path for path in named if path.is_file()), None)


def cycles_of(search: Path, first: str) -> Mapping[str, Cycles | None]:
    """Each pack of a folder with the cycles that it is for (None: any), the one named `first` first."""
    files = sorted(search.glob(f"*{SUFFIX}"), key=lambda p: (p.stem != first, p.stem))
    return {path.stem: _cycles_in(load_file(path)) for path in files}


def _cycles_in(located: Located) -> Cycles | None:
    try:
        return validate(Cycles, located, ("cycles",))
    except (ConfigError, LookupError, TypeError):
        return None


def read_layers(path: Path, search: Path, above: tuple[Path, ...] = ()) -> Layers:
    """The pack at `path` with all that it extends; ConfigError lists every fault of a file's head.

    `above`: the packs that extend it.
    """
    located = load_file(path)
    if not isinstance(located.data, dict):
        raise ConfigError([f"{located.at(())}: bộ quy tắc phải gồm các cặp khóa: giá trị, ít nhất có “id”"])
    head, problems = _head(located, located.data)
    mine = Layers((head,), {}, {("rules",): located}, {located.name: head.id})
    base = mine if head.extends is None else _base(head.extends, path, search, (*above, path.resolve()), located)
    return _merged(base, located, head, problems)


def _head(located: Located, data: Mapping[str, Any]) -> tuple[PackHead, Sequence[str]]:
    """The head, and its faults where the rules can be read in spite of them."""
    try:
        return validate(PackHead, located), ()
    except ConfigError as error:
        sound = {"id": located.name, **{key: value for key, value in data.items() if _is_sound(key, value)}}
        if not {"extends", "rules"} & data.keys() <= sound.keys():
            raise
        return PackHead.model_validate(sound), error.problems


def _is_sound(key: str, value: object) -> bool:
    try:
        PackHead.model_validate({"id": "-", key: value})
    except ValidationError:
        return False
    return True


def _base(ref: str, path: Path, search: Path, chain: tuple[Path, ...], located: Located) -> Layers:
    where = located.at(("extends",))
    found = find_pack(ref, search, path.parent)
    if found is None:
        hint = did_you_mean(ref, [p.stem for p in search.glob(f"*{SUFFIX}")])
        raise ConfigError([f"{where}: không tìm thấy bộ quy tắc “{ref}” để kế thừa{hint}"])
    if found.resolve() in chain:
        names = " → ".join(p.name for p in (*chain, found))
        raise ConfigError([f"{where}: các bộ quy tắc kế thừa vòng tròn ({names})"])
    return read_layers(found, search, chain)


def is_switched_off(value: object) -> bool:
    """Whether a rule or a form is switched off."""
    return value is False or (isinstance(value, str) and value.strip().lower() == "off")


_CODE = re.compile(r"[A-Z]{2}[0-9]{2}")


def _merged(base: Layers, located: Located, head: PackHead, faults: Sequence[str]) -> Layers:
    problems = [*faults, *base.problems]
    rules, origins = dict(base.rules), dict(base.origins)
    for code, value in (head.rules or {}).items():
        key: Key = ("rules", code)
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            problems.append(
                f"{located.at(key)}: mã quy tắc “{code}” sai: phải gồm hai chữ cái hoa và hai chữ số, ví dụ QB01"
            )
        elif is_switched_off(value):
            if rules.pop(code, None) is None and code not in base.rules:
                problems.append(f"{located.at(key)}: không có quy tắc {code} để tắt{did_you_mean(code, rules)}")
        elif not isinstance(value, dict):
            problems.append(f"{located.at(key)}: quy tắc {code} phải gồm các cặp khóa: giá trị, hoặc là off")
        else:
            rules[code] = _over(rules.get(code), value, key, origins, located)
    heads = (head,) if not base.rules and base.heads == (head,) else (head, *base.heads)
    return Layers(heads, rules, origins, {**base.owners, located.name: head.id}, tuple(problems))


def _over(base: Any, value: Any, key: Key, origins: dict[Key, Located], located: Located) -> Any:
    """`value` over `base`; mappings key by key, anything else replaced."""
    if not (isinstance(base, dict) and isinstance(value, dict)):
        for stale in [known for known in origins if known[: len(key)] == key]:
            del origins[stale]
        origins[key] = located
        return value
    merged = dict(base)
    if "kind" in value and value["kind"] != base.get("kind"):
        merged.pop("params", None)  # another kind's parameters
    for name, inner in value.items():
        merged[name] = _over(merged.get(name), inner, (*key, name), origins, located)
    return merged
