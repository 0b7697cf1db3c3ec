"""Sentences are filled as Jinja2 fills them; `test_sandbox.py` says what they may not hold."""

import marshal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from doingoai_cli.checks.messages import fill
from doingoai_cli.checks.pack import load_pack
from doingoai_cli.errors import ConfigError
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.ready_sentences import ready_sentences
from doingoai_cli.report.sentences import Words, code_of
from doingoai_cli.resources import outlines_dir

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


OUTLINES = load_outlines(outlines_dir()).all


@pytest.mark.parametrize("outline", OUTLINES, ids=[one.id for one in OUTLINES])
def test_sentences_that_were_compiled_before_are_those_of_the_outline(outline: Outline) -> None:
    ready = ready_sentences(outline.id)
    assert {text for section, _ in outline.walk() for text in section.sentences if "{" in text} <= ready.keys()
    for text, code in ready.items():
        assert marshal.loads(code) == marshal.loads(code_of(text))


def test_another_outline_has_its_own_words() -> None:
    ready = {"{{ year }}": code_of("{{ year }}")}
    assert Words({"year": 2020}, ready).fill("{{ year }}") == "2020"
    assert Words({"year": 2020}, ready).fill("Năm {{ year }}") == "Năm 2020"
    assert ready_sentences("cua-tinh") == {}
