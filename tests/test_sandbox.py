"""Sentences that people write: what they may say, and that nothing in them runs long or grows."""

import pytest
from jinja2 import StrictUndefined

from doingoai_cli import sandbox
from doingoai_cli.sandbox import SentenceEnvironment, compiled, rendered

VALUES = {"value": "=A1", "members": 12, "limit": 7, "names": ["Lào", "Đức"]}


def fill(text: str) -> str:
    environment = SentenceEnvironment(StrictUndefined)
    return rendered(compiled(environment, text), VALUES)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Đoàn có {{ members }} người, vượt {{ limit }}.", "Đoàn có 12 người, vượt 7."),
        ("{% if value.startswith('=') %}công thức{% else %}chữ{% endif %}", "công thức"),
        ("{% for name in names %}{{ name | upper }};{% endfor %}", "LÀO;ĐỨC;"),
        ('{{ "%02d" | format(limit) }} và {{ names | join(", ") }}', "07 và Lào, Đức"),
        ("thừa {{ members - limit }}, {{ members * 2 }}", "thừa 5, 24"),
        ("không có gì để điền", "không có gì để điền"),
    ],
)
def test_what_a_sentence_may_say(text: str, filled: str) -> None:
    assert fill(text) == filled


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{% set a = value %}{{ a }}", "assign"),
        ("{% macro m() %}x{% endmacro %}", "macro"),
        ("{% include 'x' %}", "include"),
        ("{% for a in names %}{% for b in names %}{{ b }}{% endfor %}{% endfor %}", "vòng lặp trong vòng lặp"),
        ("{% for a in names %}{% if a %}{% for b in names %}{% endfor %}{% endif %}{% endfor %}", "vòng lặp"),
        ("{{ value | center(100) }}", "center"),
        ("{{ value.replace('', value) }}", "replace"),
        ("{{ value.ljust(10) }}", "ljust"),
        ("{{ value * 3 }}", "chỉ dùng cho số"),
        ("{{ 'a' + value }}", "chỉ dùng cho số"),
        ("{{ 2 ** 3 }}", "chỉ dùng cho số"),
        ('{{ "%500d" | format(limit) }}', "độ rộng"),
        ("{% for a in range(3) %}{% endfor %}", "range"),
        ("{{ value.__class__ }}", ""),
        ("{{ khong_co }}", "khong_co"),
        ("{{ 1 / 0 }}", "division"),
        ("{{", "cú pháp"),
    ],
)
def test_what_it_may_not(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"(?s).*{why}"):
        fill(text)


def test_a_template_and_what_it_prints_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LARGEST_TEXT", 40)
    with pytest.raises(ValueError, match=r"quá dài|dài quá"):
        fill("{% for name in names %}" + "mười chữ một dòng" * 2 + "{% endfor %}")
    with pytest.raises(ValueError, match="câu quá dài"):
        fill("{{ names | join('" + "-" * 50 + "') }}")
    monkeypatch.setattr(sandbox, "LARGEST_TEMPLATE", 10)
    with pytest.raises(ValueError, match="dài quá"):
        fill("mười một chữ")
