"""The sentences of rules (message, fix, citation): Jinja2 templates, sandboxed, each compiled once."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, meta

from doingoai_cli.errors import ConfigError
from doingoai_cli.sandbox import SentenceEnvironment, compiled, parsed, rendered

COMMON = {
    "value": "nội dung ô như đã ghi", "form": "mẫu", "agency": "cơ quan gửi", "ordinal": "TT của dòng",
    "label": "tên cột", "cell": "địa chỉ ô", "name": "tên đoàn, hội nghị", "code": "mã quy tắc",
}  # fmt: skip
"""What every message may use, beside what its kind offers."""

_LONGEST = 300
_ENVIRONMENT = SentenceEnvironment()


@lru_cache(maxsize=1024)  # saves 0.86 s
def _template(text: str) -> Template:
    return compiled(_ENVIRONMENT, text)


def fill(text: str, values: Mapping[str, Any], where: str) -> str:
    """`text` with `values` filled in; ConfigError naming `where` if the template fails."""
    if "{" not in text:
        return text
    shown = {name: _cut(value) for name, value in values.items()}
    try:
        return rendered(_template(text), shown)
    except ValueError as error:
        raise ConfigError([f"{where}: câu mẫu không điền được ({error})"]) from error


def _cut(value: Any) -> Any:
    """A value that a sentence can name: a cell may hold 32,767 characters, and the finding has them all."""
    return value if not isinstance(value, str) or len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def explained(text: str, values: Mapping[str, Any], where: str) -> str:
    """`text` where no row is at hand: what only a row could say is told by its meaning, else "…"."""
    if "{" not in text:
        return text
    used = meta.find_undeclared_variables(parsed(_ENVIRONMENT, text))
    return fill(text, {**{name: COMMON.get(name, "…") for name in used}, **values}, where)


def faults(text: str, offered: Iterable[str] | None) -> list[str]:
    """What is wrong with a template: its syntax, or names that the rule's kind does not offer (None: any)."""
    if "{" not in text:
        return []
    try:
        used = meta.find_undeclared_variables(parsed(_ENVIRONMENT, text))
    except ValueError as error:
        return [str(error)]
    if offered is None:
        return []
    known = {*COMMON, *offered}
    return [
        f"câu mẫu dùng biến “{name}” không có; các biến có: {', '.join(sorted(known))}"
        for name in sorted(used - known)
    ]
