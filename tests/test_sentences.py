"""Sentences are filled as Jinja2 fills them; `test_sandbox.py` says what they may not hold."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from doingoai_cli.checks.messages import fill
from doingoai_cli.checks.pack import load_pack
from doingoai_cli.errors import ConfigError
from doingoai_cli.report.sentences import Words

JINJA = ImmutableSandboxedEnvironment(autoescape=False, keep_trailing_newline=False)
PARTS = (
    "Đoàn", "{{ x }}", "{{x}}", "{{ y}}", "{% if x %}", "{% if y %}", "{% else %}", "{% endif %}", "{", "}",
    "{{", "}}", "{%", "%}", "{#", "#}", "\n", "\r\n", "{{ z }}", "{{ true }}", "{% if z %}",
    "{{- x }}", "{{ x|upper }}",
)  # fmt: skip
VALUES = st.sampled_from(("", "Sở Y tế", "{{ x }}", None, 0, 3, (), ("a", "b")))


def by_jinja(text: str, values: dict[str, Any]) -> str | None:
    try:
        return JINJA.from_string(text).render(values)
    except (TemplateError, AttributeError):
        return None


def by_us(text: str, values: dict[str, Any]) -> str | None:
    try:
        return fill(text, values, "quy-dinh.yaml:1")
    except ConfigError:
        return None


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map("".join), VALUES, VALUES)
def test_any_template_is_filled_as_jinja_fills_it(text: str, x: Any, y: Any) -> None:
    values = {"x": x, "y": y}
    if "{" in text:
        assert by_us(text, values) == by_jinja(text, values)


@pytest.mark.parametrize("values", [{}, {"value": "x", "leader": "y"}])
def test_the_shipped_sentences_are_filled_as_jinja_fills_them(values: dict[str, Any]) -> None:
    for rule in load_pack("quang-binh-2020").rules.values():
        for text in (rule.message, rule.fix, rule.citation):
            if "{" in text:
                assert by_us(text, values) == by_jinja(text, values), rule.code


def test_a_sentence_of_an_outline_that_cannot_be_filled_is_named() -> None:
    """It is found by its own words in the outline's file."""
    with pytest.raises(ConfigError, match=r"câu mẫu “\{\{ year / 0 \}\}” không điền được"):
        Words({"year": 2020}).fill("{{ year / 0 }}")
