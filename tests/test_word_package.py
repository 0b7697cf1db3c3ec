"""The Word package around a body: what is stored of python-docx's work gives the document that it makes anew."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.report.word.decree30 import FORMS, PORTRAIT, LegalForm
from doingoai_cli.report.word.markup import text_paragraph
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.package_parts import CHART, CHART_BOOK, CORE, CUSTOM, Properties, parts_of

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
_PROPERTIES = st.builds(
    Properties,
    title=st.one_of(_TEXTS, st.sampled_from(["@title@", "<b> & @author@", "Báo cáo " * 60])),
    author=_TEXTS,
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    custom=st.dictionaries(st.text("abc.", min_size=1), _TEXTS, max_size=3),
    keywords=_TEXTS,
)


def made(form: LegalForm, charts: int, properties: Properties, *, anew: bool) -> bytes:
    package = WordPackage(form, pictures=anew)
    ids = [package.add_chart(f"<c{n}/>".encode(), f"sổ {n}".encode()) for n in range(charts)]
    return package.close([(PORTRAIT, text_paragraph("BodyText", " ".join(ids)))], properties)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(FORMS), st.sampled_from((0, 1, 3, 21, 22)), _PROPERTIES)
def test_a_document_is_the_same_with_and_without_what_is_stored(
    form: LegalForm, charts: int, properties: Properties
) -> None:
    data = made(form, charts, properties, anew=False)
    assert data == made(form, charts, properties, anew=True)
    parts = parts_of(data)
    assert next(iter(parts)) == "[Content_Types].xml"
    assert {CORE, CUSTOM} < parts.keys()
    for number in range(1, charts + 1):
        assert parts[CHART.format(number)] == f"<c{number - 1}/>".encode()
        assert parts[CHART_BOOK.format(number)] == f"sổ {number - 1}".encode()
        assert (
            f'Target="{CHART.format(number).removeprefix("word/")}"'
            in parts["word/_rels/document.xml.rels"].decode()
        )


def test_pictures_must_be_announced() -> None:
    with pytest.raises(ValueError, match="pictures"):
        WordPackage(FORMS[0]).add_picture(b"")
