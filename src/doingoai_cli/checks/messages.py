"""The sentences of rules (message, fix, citation): Jinja2 templates, sandboxed, each compiled once."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, meta

from doingoai_cli.errors import ConfigError
from doingoai_cli.sandbox import SentenceEnvironment, compiled, parsed, rendered
from doingoai_cli.vietnamese.text import shortened

COMMON = {
    "value": "nội dung ô như đã ghi", "form": "mẫu", "agency": "cơ quan gửi", "ordinal": "TT của dòng",
    "label": "tên cột", "year": "…", "cell": "địa chỉ ô", "name": "tên đoàn, hội nghị", "code": "mã quy tắc",
    "stage": "realised: đoàn, việc đã thực hiện; planned: dự kiến",
}  # fmt: skip
"""What every message may use, beside what its kind offers."""

_LONGEST = 300
"""Letters of a text that a sentence names: a cell may hold 32,767, and the finding has them all."""
_LONGEST_LIST = 3_000
"""Letters of a list (other trips, posts, words of the pack), of which each item is such a text."""
_BETWEEN_ITEMS = re.compile(r"([;,] )")
_ENVIRONMENT = SentenceEnvironment()


@lru_cache(maxsize=1024)  # saves 0.86 s
def _template(text: str) -> Template:
    return compiled(_ENVIRONMENT, text)


def fill(text: str, values: Mapping[str, Any], where: str) -> str:
    """`text` with `values` filled in; ConfigError naming `where` if the template fails."""
    if "{" not in text:
        return text
    long = {n: _cut(n, value) for n, value in values.items() if isinstance(value, str) and len(value) > _LONGEST}
    try:
        return rendered(_template(text), {**values, **long} if long else values)
    except ValueError as error:
        raise ConfigError([f"{where}: câu mẫu không điền được ({error})"]) from error


def _cut(name: str, value: str) -> str:
    if name in COMMON:  # what a cell says
        return shortened(value, _LONGEST)
    items = _BETWEEN_ITEMS.split(value[: _LONGEST_LIST + 1])
    listed = "".join(item if len(item) <= _LONGEST else shortened(item, _LONGEST) for item in items)
    return shortened(listed, _LONGEST_LIST)


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
