"""A new workspace: its settings file with every key explained, the roster, the inbox, what is clicked on."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from doingoai_cli import messages, resources
from doingoai_cli.model.run import first_late_day
from doingoai_cli.pipeline.files import make_folder, write_whole
from doingoai_cli.pipeline.workspace import FILE_NAME, ROSTER_NAME
from doingoai_cli.report.settings import ReportSettings

_ROSTER = "code,name,aliases,kind,e-mail\nSNgV,Sở Ngoại vụ,,sở,\n"


def start_workspace(folder: Path, year: int | None, province: str) -> tuple[str, ...]:
    """Make a workspace in `folder`; what stands there already is left as it is, and said."""
    make_folder(folder / "inbox")
    lines = []
    for file, data in (
        (FILE_NAME, _settings(year, province).encode("utf-8")),
        (ROSTER_NAME, ("\ufeff" + _ROSTER).encode("utf-8")),
        *_scripts(),
    ):
        path = folder / file
        if path.exists():
            lines.append(f"Đã có sẵn, không thay đổi: {path.as_posix()}")
            continue
        write_whole(path, data)
        lines.append(messages.WROTE.format(path=path.as_posix()))
    inbox = (folder / "inbox").as_posix()
    if folder.resolve() != Path.cwd():  # a workspace is the folder where a command runs
        lines.append(f'Chạy các lệnh dưới đây trong thư mục làm việc: cd "{folder.as_posix()}"')
    return (
        *lines,
        f"Bước tiếp: ghi các cơ quan vào {(folder / ROSTER_NAME).as_posix()}; xem lại {FILE_NAME} (người ký, nơi "
        "nhận, hạn nộp); tạo biểu mẫu bằng doingoai new-template.",
        f"Đặt các tệp của cơ quan, đơn vị vào {inbox} rồi chạy doingoai check inbox.",
    )


def _settings(year: int | None, province: str) -> str:
    cycle = year or date.today().year + 1
    province = re.sub(r'["\\]', "", province)
    stated = ReportSettings(**({"province": province} if province else {}))
    text = (resources.workspace_dir() / FILE_NAME).read_text(encoding="utf-8")
    for name, value in {
        "year": f"year = {cycle}" if year else f"# year = {cycle}",
        "province": province,
        "deadline": first_late_day(cycle).isoformat(),
        "before": str(cycle - 1),
        "committee": stated.issuer,
        "place": stated.signed_place,
        "kind": stated.province_kind,
        "recipients": json.dumps(stated.recipients, ensure_ascii=False),
    }.items():
        text = text.replace(f"<{name}>", value)
    return text


def _scripts() -> Iterator[tuple[str, bytes]]:
    """What is clicked on in Windows (.cmd); cmd.exe wants CR LF at the end of each line."""
    for path in sorted(resources.windows_dir().glob("*.cmd")):
        yield path.name, path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8")
