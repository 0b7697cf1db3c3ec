"""The workspace (thư mục làm việc): `doingoai.toml`, the roster, and where things lie.

Everything works without one; then every answer comes from the command line and the rule pack.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from doingoai_cli.errors import ConfigError
from doingoai_cli.yamlfile import FrozenModel, Located, validated

FILE_NAME = "doingoai.toml"
ROSTER_NAME = "don-vi.csv"
ROSTER_NAMES = (ROSTER_NAME, "don-vi.xlsx")
"""The roster beside `doingoai.toml`, the first one that is there."""
WAIVERS_NAME = "mien-tru.yaml"


class Workspace(FrozenModel):
    """What `doingoai.toml` says; paths in it are relative to its folder."""

    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    """Năm kế hoạch Y."""
    province: str | None = None
    pack: str | None = None
    """A rule pack by its id or path; `rules` says the same."""
    rules: str | None = None
    forms: str | tuple[str, ...] = ()
    """Folders and files (.yaml) with the province's own forms."""
    uses: tuple[str, ...] = ()
    """The codes of the forms that the province uses; none: the standard ones and its own."""
    roster: str | None = None
    inbox: str = "inbox"
    history: tuple[str, ...] = ()
    """Earlier consolidated workbooks."""
    deadline: date | None = None
    request: str = ""
    """The letter that asks for the reports ("Công văn số 1456/UBND-NgV ngày 03/9/2019"), named in citations."""
    waivers: str | None = None
    texts: str | None = None
    """The folder of the agencies' filled outlines."""
    outlines: str | None = None
    """A folder with the province's own outlines."""
    report: Mapping[str, Any] = {}
    """Settings of reports, and below a kind's name those of that kind (`pipeline.document_settings`)."""
    letter: Mapping[str, Any] = {}
    """Settings of letters, and below a letter's name those of that letter."""
    calendar: Mapping[str, Any] = {}
    """When which report is due (`pipeline.deadlines`)."""
    folder: Path | None = Field(default=None, exclude=True)
    """Where the file was found; not a key of the file."""
    source: Path | None = Field(default=None, exclude=True)
    """The file itself; not a key of it."""

    def path(self, relative: str | None) -> Path | None:
        """A path that the file names, from the current folder's point of view; None for None."""
        if relative is None:
            return None
        return (self.folder or Path()) / relative


def place_of_key(workspace: Workspace, key: str) -> str:
    """`file:line` of a key of the workspace's file."""
    return places_of(workspace).at((key,))


def places_of(workspace: Workspace) -> Located:
    """Where the keys of the workspace's file stand."""
    path = workspace.source or (workspace.folder or Path()) / FILE_NAME
    try:
        lines = _toml_lines(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        lines = {}
    return Located({}, lines, str(path))


def named_paths(workspace: Workspace, key: str) -> tuple[Path, ...]:
    """The files and folders that a key of the workspace's file names; ConfigError for one not there."""
    value = getattr(workspace, key)
    names = (value,) if isinstance(value, str) else value or ()
    paths = tuple((workspace.folder or Path()) / name for name in names)
    for name, path in zip(names, paths, strict=True):
        if not path.exists():
            fault = (
                f"“{key}”: không có tệp hoặc thư mục “{name}”. Tạo nó, sửa lại đường dẫn hoặc thêm # ở đầu dòng."
            )
            raise ConfigError([f"{place_of_key(workspace, key)}: {fault}"])
    return paths


def named_path(workspace: Workspace, key: str) -> Path | None:
    """The same for a key that names one; None where it names none."""
    return next(iter(named_paths(workspace, key)), None)


def own_agency(workspace: Workspace) -> str:
    """The agency that works here ("agency" of `[report]`); "" where the workspace does not say."""
    named = workspace.report.get("agency")
    return named.strip() if isinstance(named, str) else ""


def find_workspace(start: Path) -> Workspace:
    """The workspace of `start` or of its nearest parent that has one; an empty one if none has."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return read_workspace(candidate)
    return Workspace.model_construct()  # nothing but defaults: what validates the file takes 1 ms to be built


_HINTS = (
    (r"[^=]*=\s*[“”„‘’«]", 'dùng dấu nháy thẳng (" ")'),
    (r'[^"]*"[^"]*\\', "viết đường dẫn bằng dấu / (C:/Doi-ngoai/don-vi.csv) hoặc đặt trong dấu nháy đơn"),
    (r"[^=\"'#]*[^\x00-\x7f=\"'#]", "tên khóa, tên khối viết không dấu"),
    (r"\s*[\w.-]+\s*=\s*[^\W\d_]", "văn bản phải đặt trong dấu nháy"),
    (r'[^"]*"[^"]*$', "thiếu dấu nháy đóng"),
)
"""What is usually wrong with a line that looks like this."""


def _hint(text: str, number: int, error: str) -> str:
    """What is wrong with a line of TOML, after ": "; "" where nobody can tell."""
    if "overwrite" in error or "twice" in error:
        return ": khóa hoặc khối này đã ghi ở trên"
    lines = text.splitlines()[:number][-2:]  # what is not closed is found on the next line
    said = (hint for line in reversed(lines) for pattern, hint in _HINTS if re.match(pattern, line))
    return next((f": {hint}" for hint in said), "")


def read_workspace(path: Path) -> Workspace:
    """The workspace file at `path`; ConfigError lists every fault with `file:line`."""
    import tomllib  # 0.6 ms: most commands find no such file

    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line[1]) if line else 1
        raise ConfigError([f"{path}:{number}: cú pháp TOML sai{_hint(text, number, str(error))}"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}:1: không đọc được (cần UTF-8)"]) from error
    located = Located(data, _toml_lines(text), str(path))
    for name in ("folder", "source"):
        if name in data:
            raise ConfigError([f"{located.at((name,))}: không có khóa “{name}”"])
    return validated(Workspace, {**data, "folder": path.parent, "source": path}, located)


_STEP = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_KEY = re.compile(rf"""\s*(?:\[+\s*({_STEP}(?:\s*\.\s*{_STEP})*)\s*\]+|({_STEP})\s*=)""")


def _toml_lines(text: str) -> dict[tuple[str | int, ...], int]:
    lines: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        match = _KEY.match(line)
        if match and match.group(1):
            table = tuple(step.strip("\"'") for step in re.findall(_STEP, match.group(1)))
            lines[table] = number
        elif match:
            lines[(*table, match.group(2).strip("\"'"))] = number
    return lines
