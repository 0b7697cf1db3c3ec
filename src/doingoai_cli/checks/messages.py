"""The sentences of rules (message, fix, citation): Jinja2 templates, sandboxed, each compiled once."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from doingoai_cli.errors import ConfigError

COMMON = {
    "value": "nội dung ô như đã ghi", "form": "mẫu", "agency": "cơ quan gửi", "ordinal": "TT của dòng",
    "label": "tên cột", "cell": "địa chỉ ô", "name": "tên đoàn, hội nghị", "code": "mã quy tắc",
}  # fmt: skip
"""What every message may use, beside what its kind offers."""


_ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=False)


@lru_cache(maxsize=1024)  # compiling a sentence takes a hundred times as long as filling it
def _template(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


def fill(text: str, values: Mapping[str, Any], where: str) -> str:
    """`text` with `values` filled in; ConfigError naming `where` if the template fails."""
    if "{" not in text:
        return text
    try:
        filled: str = _template(text).render(values)
    except (TemplateError, ArithmeticError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise ConfigError([f"{where}: câu mẫu không điền được ({error})"]) from error
    return filled


def faults(text: str, offered: Iterable[str] | None) -> list[str]:
    """What is wrong with a template: its syntax, or names that the rule's kind does not offer (None: any)."""
    if "{" not in text:
        return []
    try:
        used = meta.find_undeclared_variables(_ENVIRONMENT.parse(text))
    except TemplateSyntaxError as error:
        return [f"câu mẫu sai cú pháp Jinja ({error.message})"]
    if offered is None:
        return []
    known = {*COMMON, *offered}
    return [
        f"câu mẫu dùng biến “{name}” không có; các biến có: {', '.join(sorted(known))}"
        for name in sorted(used - known)
    ]
