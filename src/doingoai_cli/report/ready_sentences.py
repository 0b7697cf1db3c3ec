"""Sentences of shipped outlines, compiled once an installation (câu mẫu dịch sẵn): 35 of 440 ms of a report."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jinja2 import compiler

from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import load_outlines, texts_in
from doingoai_cli.report.sentences import code_of
from doingoai_cli.resources import outlines_dir
from doingoai_cli.shipped import precomputed


def ready_sentences(outline_id: str) -> Mapping[str, bytes]:
    """The templates of the shipped outline with that id → their code (`sandbox.compiled`); {} where there is none.

    It is found by a template's text, so an outline that replaces a shipped one has its own words.
    """
    shipped = next((one for one in load_outlines(outlines_dir()).all if one.id == outline_id), None)
    if shipped is None:
        return {}
    state = Path(compiler.__file__).stat()  # another Jinja2 may write other code
    name = f"sentences-{outline_id}-{state.st_size}-{int(state.st_mtime)}"
    return precomputed(name, partial(_codes, shipped))


def _codes(outline: Outline) -> dict[str, bytes]:
    return {text: code_of(text) for _, text in texts_in(outline.model_dump(mode="json")) if "{" in text}
