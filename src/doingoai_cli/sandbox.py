"""Sentences that people write as templates (câu mẫu): Jinja2, in a sandbox that bounds time and length.

A pack or an outline may come from anywhere, so its templates can fill in values, choose and list, and nothing that
could run for long or grow: no loop within a loop, no macro, no assignment, no import, no arithmetic on text, no
method of a text that makes it longer. With that a template's work is bounded by its own length times that of its
values; what it prints is cut off at `LARGEST_TEXT`.
"""

import marshal
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

LARGEST_TEMPLATE = 20_000
"""Characters; the longest that ships has some 800."""
LARGEST_TEXT = 100_000
"""Characters of a filled sentence: three times what a cell of Excel holds."""
_LARGEST_NUMBER = 10**15
_LONGEST_WIDTH = 100
_CONSTRUCTS = (
    nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.Include, nodes.Import,
    nodes.FromImport, nodes.Extends, nodes.Block, nodes.With,
)  # fmt: skip
_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "first", "float", "format", "int", "join", "last", "length",
    "list", "lower", "round", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
)  # fmt: skip
_GROWING_METHODS = frozenset(
    ("center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust", "translate", "zfill")
)


class SentenceEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2 as far as a sentence needs it."""

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, undefined: type[Undefined] = Undefined) -> None:
        super().__init__(undefined=undefined, autoescape=False, keep_trailing_newline=False)
        self.globals.clear()
        _ = self.lexer  # made while a module is imported, its expressions are stored (`compiled`): 0.6 ms a start
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"join": _join, "format": _format}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of ordinary size alone; SecurityError for anything else."""
        if operator == "**" or not all(_is_number(value) for value in (left, right)):
            raise SecurityError(f"phép “{operator}” chỉ dùng cho số")
        return super().call_binop(context, operator, left, right)

    def call(self, *arguments: Any, **named: Any) -> Any:
        """Call what the template names; SecurityError for a method that makes a text longer."""
        called = arguments[1]
        if isinstance(getattr(called, "__self__", None), str) and called.__name__ in _GROWING_METHODS:
            raise SecurityError(f"không dùng được “{called.__name__}”")
        return super().call(*arguments, **named)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER


def _join(values: Any, between: str = "") -> str:
    parts = [str(value) for value in values]
    if sum(map(len, parts)) + len(between) * len(parts) > LARGEST_TEXT:
        raise SecurityError("câu quá dài")
    return str(between).join(parts)


def _format(pattern: str, *values: Any) -> str:
    """ "%02d" and the like; an absurd width is refused."""
    width = "".join(sign if sign.isdigit() else " " for sign in str(pattern)).split()
    if any(int(number) > _LONGEST_WIDTH for number in width) or "*" in pattern:
        raise SecurityError("độ rộng quá lớn")
    return str(pattern) % values


def parsed(environment: SentenceEnvironment, text: str) -> nodes.Template:
    """The template's tree; ValueError, in a sentence, where it cannot be parsed or uses what sentences may not."""
    if len(text) > LARGEST_TEMPLATE:
        raise ValueError(f"câu mẫu dài quá {LARGEST_TEMPLATE:,} ký tự".replace(",", "."))
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise ValueError(f"câu mẫu sai cú pháp Jinja2 ({error.message})") from error
    except RecursionError as error:
        raise ValueError("câu mẫu lồng nhau quá sâu") from error
    for fault in _forbidden(environment, tree):
        raise ValueError(fault)
    return tree


def _forbidden(environment: SentenceEnvironment, tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(_CONSTRUCTS):
        yield f"câu mẫu không dùng được “{type(node).__name__.lower()}” (dòng {node.lineno} của câu)"
    for loop in tree.find_all(nodes.For):
        if loop.recursive or any(True for part in loop.body for _ in _loops_in(part)):
            yield f"câu mẫu có vòng lặp trong vòng lặp (dòng {loop.lineno} của câu)"
    for used in tree.find_all(nodes.Filter):
        if used.name not in environment.filters:
            yield f"câu mẫu không dùng được bộ lọc “{used.name}”; các bộ lọc có: {', '.join(sorted(_FILTERS))}"


def _loops_in(node: nodes.Node) -> Iterator[nodes.Node]:
    if isinstance(node, nodes.For):
        yield node
    yield from node.find_all(nodes.For)


def code_of(environment: SentenceEnvironment, text: str) -> bytes:
    """The template's code, as it can be stored; ValueError as `parsed`."""
    return marshal.dumps(environment.compile(parsed(environment, text)))


def compiled(environment: SentenceEnvironment, text: str, code: bytes | None = None) -> Template:
    """The template, ready to be filled in, of its stored code where there is one; ValueError as `parsed`."""
    if code is None:
        return environment.from_string(parsed(environment, text))
    return Template.from_code(environment, marshal.loads(code), environment.make_globals(None))


def rendered(template: Template, values: Mapping[str, Any]) -> str:
    """The sentence; ValueError, in a sentence, where it cannot be filled in or grows too long."""
    text = ""
    try:
        for piece in template.root_render_func(template.new_context(dict(values), shared=True)):
            text += piece
            if len(text) > LARGEST_TEXT:
                raise ValueError(f"câu điền ra dài quá {LARGEST_TEXT:,} ký tự".replace(",", "."))
    except (TemplateError, ArithmeticError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return text
