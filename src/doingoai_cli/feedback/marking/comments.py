"""Comments (nhận xét) of a sheet: ours added to those that are there, and ours taken out again.

Ours begin with a line of their own (`MARK`): by it they are known after Excel or LibreOffice has saved the file,
and an officer's or the sender's own comment in the same cell keeps its text before it.
"""

from collections.abc import Mapping, Sequence

from lxml import etree

from doingoai_cli.feedback.marking.dialect import XML_SPACE, Dialect, dialect_of
from doingoai_cli.feedback.marking.parts import Element, parse, serialize, text_of, xml_text

AUTHOR = "doingoai"
MARK = "[doingoai] Kết quả kiểm tra"
_LIMIT = 8_000
"""Characters of a comment: far below Excel's 32,767, and as much as anyone reads."""
Runs = Sequence[tuple[str, bool]]
"""Pieces of text, each plain or bold."""


def empty_comments(dialect: Dialect) -> bytes:
    """A comments part without comments."""
    return f'<comments xmlns="{dialect.main}"><authors/><commentList/></comments>'.encode()


class Comments:
    """One sheet's comments part, to be changed in place."""

    def __init__(self, data: bytes) -> None:
        self._root = parse(data)
        self._dialect = dialect_of(self._root)
        self._authors = self._dialect.ensure(self._root, "authors", ("authors", "commentList"))
        self._list = self._dialect.ensure(self._root, "commentList", ("authors", "commentList"))

    def __len__(self) -> int:
        return len(self._list)

    def remove_ours(self) -> set[str]:
        """Takes out what an earlier check wrote; the cells whose comment is gone altogether."""
        gone = set()
        for comment in list(self._list):
            if not isinstance(comment.tag, str) or MARK not in text_of(comment):
                continue
            _cut(comment)
            if not text_of(comment).strip():
                gone.add(comment.get("ref", ""))
                self._list.remove(comment)
        self._drop_author()
        return gone

    def _drop_author(self) -> None:
        """Our name goes with our last comment, where no other comment's author number would shift."""
        used = {int(comment.get("authorId") or 0) for comment in self._list}
        last = len(self._authors) - 1
        if last >= 0 and last not in used and self._authors[last].text == AUTHOR:
            self._authors.remove(self._authors[last])

    def add(self, texts: Mapping[str, Runs]) -> set[str]:
        """Writes a comment to each cell; the cells that had none before.

        A threaded comment is left alone: its text here is only Excel's stand-in for it.
        """
        present = {comment.get("ref", ""): comment for comment in self._list}
        fresh = set()
        for address, runs in texts.items():
            comment = present.get(address)
            if comment is None:
                comment = etree.SubElement(self._list, self._dialect.tag("comment"))
                comment.set("ref", address)
                comment.set("authorId", str(self._author()))
                fresh.add(address)
            elif self._is_threaded(comment):
                continue
            self._append(comment, runs, after_other=address not in fresh)
        return fresh

    def _is_threaded(self, comment: Element) -> bool:
        author = int(comment.get("authorId") or 0)
        return author < len(self._authors) and (self._authors[author].text or "").startswith("tc=")

    def _author(self) -> int:
        for index, author in enumerate(self._authors):
            if author.text == AUTHOR:
                return index
        etree.SubElement(self._authors, self._dialect.tag("author")).text = AUTHOR
        return len(self._authors) - 1

    def _append(self, comment: Element, runs: Runs, *, after_other: bool) -> None:
        text = self._dialect.ensure(comment, "text", ("text", "commentPr"))
        mark = f"\n\n{MARK}" if after_other else MARK
        room = _LIMIT
        for piece, bold in ((mark, True), *runs):
            self._run(text, piece[:room], bold=bold)
            room -= len(piece)
            if room <= 0:
                self._run(text, "…", bold=False)
                return

    def _run(self, text: Element, piece: str, *, bold: bool) -> None:
        run = etree.SubElement(text, self._dialect.tag("r"))
        look = etree.SubElement(run, self._dialect.tag("rPr"))
        if bold:
            etree.SubElement(look, self._dialect.tag("b"))
        etree.SubElement(look, self._dialect.tag("sz")).set("val", "10")
        etree.SubElement(look, self._dialect.tag("color")).set("indexed", "81")
        etree.SubElement(look, self._dialect.tag("rFont")).set("val", "Times New Roman")
        content = etree.SubElement(run, self._dialect.tag("t"))
        content.set(XML_SPACE, "preserve")
        content.text = xml_text(piece)

    def write(self) -> bytes:
        """The comments as XML."""
        return serialize(self._root)


def _cut(comment: Element) -> None:
    """Leaves of a comment what stands before our mark, wherever the pieces of text begin and end."""
    texts = list(comment.iter("{*}t"))
    keep = "".join(element.text or "" for element in texts).index(MARK)
    before = "".join(element.text or "" for element in texts)[:keep].rstrip("\n")
    room = len(before)
    for element in texts:
        own = element.text or ""
        element.text = own[: max(room, 0)]
        room -= len(own)
        run = element.getparent()
        if not element.text and run is not None and etree.QName(run).localname == "r":
            holder = run.getparent()
            if holder is not None:
                holder.remove(run)
