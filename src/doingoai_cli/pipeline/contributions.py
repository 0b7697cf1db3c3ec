"""What agencies write in words (văn bản của cơ quan): reports and outlines that lie in the inbox beside the forms.

They are no submissions: the report takes them in as it takes the texts of `--texts`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from doingoai_cli import messages
from doingoai_cli.errors import ConfigError
from doingoai_cli.model import own_files
from doingoai_cli.model.grid import Workbook
from doingoai_cli.pipeline.file_bounds import BoundsPassed, within_bounds
from doingoai_cli.pipeline.files import read_input
from doingoai_cli.pipeline.unpacking import Unpacked, is_container, unpacked
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.file_types import OLE, RTF
from doingoai_cli.readers.folder import expand, read_bytes
from doingoai_cli.readers.libreoffice import as_docx
from doingoai_cli.readers.limits import DEFAULT_LIMITS
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable
from doingoai_cli.report.agency_texts import AgencyText
from doingoai_cli.report.read_texts import read_texts

WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt", ".ott")
_FAULT = "chương trình gặp lỗi khi đọc văn bản này ({error})"
_AS_DOCX = "chỉ lấy được nội dung của tệp .docx, .odt; mở bằng Word, lưu dạng .docx"


def text_of(data: bytes, name: str, known: Sequence[str]) -> AgencyText:
    """The text that a document without tables holds; an old Word file by way of LibreOffice."""
    is_rtf = data.lstrip().startswith(RTF)
    if not is_rtf and not data.startswith(OLE):
        return read_texts(data, name, known)
    converted = as_docx(data, ".rtf" if is_rtf else ".doc", DEFAULT_LIMITS)
    if isinstance(converted, Unreadable):
        return AgencyText(Path(name).stem, name, problems=(_AS_DOCX,))
    return read_texts(converted[0], name, known)


def bounded_text(read: Callable[[], AgencyText], name: str) -> AgencyText:
    """What `read` gives within the bounds of a file; whatever goes wrong is said, and the other texts are read."""
    try:
        with within_bounds():
            return read()
    except BoundsPassed as passed:
        why = unreadable(passed.reason).detail
    except Exception as error:  # a fault of ours in one text must not keep the others from being read
        why = _FAULT.format(error=type(error).__name__)
    return AgencyText(Path(name).stem, name, problems=(why[0].lower() + why[1:],))


def stated_agency(data: bytes, name: str, known: Sequence[str]) -> str:
    """Whose text it is; "" where neither the text nor its name says."""
    text = text_of(data, name, known)
    return "" if text.problems or text.of_nobody else text.agency


def agency_texts(folder: Path | None, inbox: Path | None, known: Sequence[str]) -> tuple[AgencyText, ...]:
    """The texts of a folder (or a file), and what the inbox has besides; ConfigError: no such folder."""
    named = tuple(_folder_texts(folder, known)) if folder is not None else ()
    sent = inbox_texts(inbox, known) if inbox is not None else ()
    return (*named, *(text for text in sent if not any(text.blocks == other.blocks for other in named)))


def _folder_texts(folder: Path, known: Sequence[str]) -> Iterator[AgencyText]:
    if not folder.exists():
        raise ConfigError([messages.PATH_MISSING.format(path=folder)])
    for path in sorted(folder.iterdir()) if folder.is_dir() else (folder,):
        if path == folder or (path.suffix.lower() in WORD_SUFFIXES and not path.name.startswith(("~$", "."))):
            yield bounded_text(partial(text_of, read_input(path), path.name, known), path.name)


def inbox_texts(inbox: Path, known: Sequence[str]) -> Iterator[AgencyText]:
    """The texts in an inbox, those in its archives and letters too, in the order of their paths."""
    if not inbox.is_dir():
        return
    for found in expand((inbox,)):
        data = read_bytes(found.path) if found.passed_over is None else b""
        if not isinstance(data, Unreadable) and data:
            yield from _texts_in(data, found.path.as_posix(), known)


def _texts_in(data: bytes, path: str, known: Sequence[str]) -> Iterator[AgencyText]:
    within = unpacked(data, path) if is_container(data, path) else (Unpacked(path, data, None),)
    for one in within:
        word = not one.passed_over and one.path.lower().endswith(WORD_SUFFIXES)
        if word and not isinstance(one.data, Unreadable) and _is_text(one.data, one.path):
            name = Path(one.path).name
            yield bounded_text(partial(text_of, one.data, name, known), name)


def _is_text(data: bytes, path: str) -> bool:
    """Whether a document is an agency's text: mostly running text, or an outline of ours that it has filled in."""
    found = read_workbook(data, path)
    if isinstance(found, Workbook):
        kind = found.properties.get(own_files.KIND)
        return kind == own_files.KIND_OUTLINE or (kind is None and found.is_prose)
    return found.reason is Reason.TEXT_ONLY
