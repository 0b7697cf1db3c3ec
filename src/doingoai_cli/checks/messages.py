"""The sentences of rules (message, fix, citation): Jinja2 templates, sandboxed.

Nearly all of them only put names in, some where another name says so; these are filled in without Jinja2, whose
import and compiler take longer than a workbook is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from doingoai_cli.errors import ConfigError

COMMON = {
    "value": "nội dung ô như đã ghi", "form": "mẫu", "agency": "cơ quan gửi", "ordinal": "TT của dòng",
    "label": "tên cột", "cell": "địa chỉ ô", "name": "tên đoàn, hội nghị", "code": "mã quy tắc",
}  # fmt: skip
"""What every message may use, beside what its kind offers."""


@cache
def _environment() -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=False)


@lru_cache(maxsize=1024)
def _template(text: str) -> Any:
    return _environment().from_string(text)


class _Piece(NamedTuple):
    """Words, or the value of a name; shown always, or where the name `depends` is (not) empty, 0 or None."""

    words: str
    name: str = ""
    depends: str = ""
    shown: bool = True


_TAG = re.compile(r"(?<!\{)(?:\{\{ ?([a-z_]+) ?\}\}|\{% (?:if ([a-z_]+)|(else)|(endif)) %\})")


@lru_cache(maxsize=1024)
def _pieces(text: str) -> tuple[_Piece, ...] | None:
    """A template that holds nothing but names and one `if` at a time; None: Jinja2 must read it."""
    try:
        pieces = tuple(_cut(text.removesuffix("\n")))
    except ValueError:
        return None
    return None if "\r" in text or any(re.search(r"\{[{%#]", piece.words) for piece in pieces) else pieces


def _cut(text: str) -> Iterator[_Piece]:
    at, depends, shown = 0, "", True
    for tag in _TAG.finditer(text):
        yield _Piece(text[at : tag.start()], "", depends, shown)
        at = tag.end()
        name, condition, otherwise, _ = tag.groups()
        if name:
            yield _Piece("", name, depends, shown)
        elif bool(condition) == bool(depends) or (otherwise and not shown):
            raise ValueError("an if within an if, or an else or endif without one")
        else:
            depends, shown = (depends, False) if otherwise else (condition or "", True)
    if depends:
        raise ValueError("an if without its end")
    yield _Piece(text[at:])


def fill(text: str, values: Mapping[str, Any], where: str) -> str:
    """`text` with `values` filled in; ConfigError naming `where` if the template fails."""
    if "{" not in text:
        return text
    pieces = _pieces(text)
    if pieces is not None:
        try:
            return "".join(
                str(values[name]) if name else words
                for words, name, depends, shown in pieces
                if not depends or bool(values[depends]) is shown
            )
        except KeyError:  # a name of Jinja2's own, or of nothing
            pass
    from jinja2 import TemplateError

    try:
        filled: str = _template(text).render(values)
    except (TemplateError, ArithmeticError, TypeError, ValueError, AttributeError, LookupError) as error:
        raise ConfigError([f"{where}: câu mẫu không điền được ({error})"]) from error
    return filled


def faults(text: str, offered: Iterable[str] | None) -> list[str]:
    """What is wrong with a template: its syntax, or names that the rule's kind does not offer (None: any)."""
    if "{" not in text:
        return []
    from jinja2 import TemplateSyntaxError, meta

    try:
        used = meta.find_undeclared_variables(_environment().parse(text))
    except TemplateSyntaxError as error:
        return [f"câu mẫu sai cú pháp Jinja ({error.message})"]
    if offered is None:
        return []
    known = {*COMMON, *offered}
    return [
        f"câu mẫu dùng biến “{name}” không có; các biến có: {', '.join(sorted(known))}"
        for name in sorted(used - known)
    ]
