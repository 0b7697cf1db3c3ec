"""Cài đặt: `doingoai.toml` as fields with their meaning, and whole, with its notes kept."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import tomlkit
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from tomlkit.exceptions import TOMLKitError

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.document_settings import letter_settings, report_settings
from doingoai_cli.pipeline.files import write_whole
from doingoai_cli.pipeline.new_workspace import start_workspace
from doingoai_cli.pipeline.workspace import FILE_NAME, read_workspace
from doingoai_cli.web.jobs import JobResult
from doingoai_cli.web.open_workspace import OpenWorkspace
from doingoai_cli.web.rendering import after, page


class Setting(NamedTuple):
    """One key that the page has a field for; `table` is "" for the file's head."""

    table: str
    key: str
    label: str
    meaning: str
    kind: str = "text"

    @property
    def name(self) -> str:
        """The field's name in the form."""
        return f"{self.table}.{self.key}" if self.table else self.key


SETTINGS = (
    Setting("", "year", "Năm kế hoạch", "Năm Y của kỳ báo cáo: kết quả năm Y-1, kế hoạch năm Y.", "number"),
    Setting("", "province", "Tỉnh, thành phố", "Tên in trên biểu mẫu và văn bản, ví dụ Quảng Bình."),
    Setting("", "deadline", "Hạn nộp", "Ngày đầu tiên bị coi là nộp muộn.", "date"),
    Setting("", "roster", "Danh sách đơn vị", "Tệp danh sách cơ quan, đơn vị phải báo cáo."),
    Setting("", "inbox", "Thư mục hộp thư đến", "Nơi đặt các tệp cơ quan, đơn vị gửi về."),
    Setting("", "texts", "Thư mục báo cáo bằng chữ", "Đề cương đã điền (.docx) của các cơ quan, đơn vị."),
    Setting("report", "agency", "Cơ quan ban hành báo cáo", "Ví dụ: Ủy ban nhân dân tỉnh Quảng Bình."),
    Setting("report", "place", "Địa danh", "Đứng trước ngày tháng của văn bản."),
    Setting("report", "symbol", "Ký hiệu báo cáo", "Ví dụ: BC-UBND."),
    Setting("report", "signer_title", "Chức vụ người ký", "Ví dụ: CHỦ TỊCH."),
    Setting("report", "signer_name", "Họ tên người ký", "Để trống nếu chưa biết."),
)


def show(request: Request) -> Response:
    """The page."""
    opened: OpenWorkspace = request.app.state.opened
    path = opened.folder / FILE_NAME
    text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    return page(
        request, "settings.html.j2", settings=SETTINGS, values=_values(text), text=text, exists=path.is_file(),
        problem=_problem(path) if path.is_file() else "",
    )  # fmt: skip


def _problem(path: Path) -> str:
    """What is wrong with the file as it is, with its lines; "" for a sound one."""
    try:
        _sound(path)
    except DoingoaiError as error:
        return str(error).replace(str(path), FILE_NAME)
    return ""


def _values(text: str) -> dict[str, str]:
    try:
        document = tomlkit.parse(text)
    except TOMLKitError:
        return {}
    found = {}
    for setting in SETTINGS:
        table = document.get(setting.table, {}) if setting.table else document
        value = table.get(setting.key) if isinstance(table, dict) else None
        found[setting.name] = "" if value is None else str(value)
    return found


async def save(request: Request) -> Response:
    """Write the fields into the file, its notes and other keys kept."""
    opened: OpenWorkspace = request.app.state.opened
    form = await request.form()
    return after(
        opened.jobs.start("Đang lưu cài đặt", lambda _: _saved(opened, _edited(opened, form)), "/cai-dat")
    )


async def save_text(request: Request) -> Response:
    """Write the whole file as typed."""
    opened: OpenWorkspace = request.app.state.opened
    text = str((await request.form()).get("noi-dung", "")).replace("\r\n", "\n")
    return after(opened.jobs.start("Đang lưu cài đặt", lambda _: _saved(opened, text), "/cai-dat"))


async def begin(request: Request) -> Response:
    """Make the folder a workspace."""
    opened: OpenWorkspace = request.app.state.opened
    form = await request.form()
    year, province = str(form.get("year", "")), str(form.get("province", "")).strip()
    chosen = int(year) if year.isdecimal() else None
    return after(
        opened.jobs.start(
            "Đang tạo thư mục làm việc", lambda _: JobResult(start_workspace(Path(), chosen, province)), "/cai-dat"
        )
    )


def _edited(opened: OpenWorkspace, form: FormData) -> str:
    path = opened.folder / FILE_NAME
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise DoingoaiError(_UNREADABLE.format(fault=_problem(path) or FILE_NAME)) from error
    for setting in SETTINGS:
        typed = str(form.get(setting.name, "")).strip()
        if setting.table and setting.table not in document:
            if not typed:
                continue
            document.add(setting.table, tomlkit.table())
        table = document[setting.table] if setting.table else document
        if not isinstance(table, dict):
            raise DoingoaiError(f"“{setting.table}” trong {FILE_NAME} không phải là một nhóm cài đặt.")
        if typed:
            table[setting.key] = _value(setting, typed)
        elif setting.key in table:
            del table[setting.key]
    return tomlkit.dumps(document)


def _value(setting: Setting, typed: str) -> int | str | date:
    try:
        if setting.kind == "number":
            return int(typed)
        if setting.kind == "date":
            return date.fromisoformat(typed)
    except ValueError as error:
        raise DoingoaiError(f"{setting.label}: “{typed}” không hợp lệ.") from error
    return typed


_UNREADABLE = (
    "Chưa lưu: tệp cài đặt đang sai nên không điền được vào các ô.\n{fault}\nSửa dòng đó ở “Toàn bộ tệp cài đặt”."
)


def _sound(path: Path) -> None:
    """DoingoaiError where the file is at fault."""
    workspace = read_workspace(path)
    report_settings(workspace)
    letter_settings(workspace)


def _saved(opened: OpenWorkspace, text: str) -> JobResult:
    """Write the file where it is sound; where it is not, its faults with their lines, and nothing is changed."""
    trial = opened.folder / f".{FILE_NAME}.thu"
    try:
        write_whole(trial, text.encode("utf-8"))
        _sound(trial)
    except DoingoaiError as error:
        raise DoingoaiError(str(error).replace(str(trial), FILE_NAME).replace(trial.name, FILE_NAME)) from error
    finally:
        trial.unlink(missing_ok=True)
    write_whole(opened.folder / FILE_NAME, text.encode("utf-8"))
    return JobResult((f"Đã lưu {FILE_NAME}.", *_not_there(opened, _values(text))))


_PLACES = ("roster", "inbox", "texts")


def _not_there(opened: OpenWorkspace, values: dict[str, str]) -> Iterable[str]:
    """Files and folders that the settings name and that are not there (yet)."""
    for setting in SETTINGS:
        named = values.get(setting.name)
        if setting.key in _PLACES and named and not (opened.folder / named).exists():
            yield f"{setting.label}: chưa có “{named}” trong thư mục làm việc. Ghi nhầm tên thì sửa lại ô này."


ROUTES = [
    Route("/cai-dat", show),
    Route("/cai-dat/luu", save, methods=["POST"]),
    Route("/cai-dat/luu-tep", save_text, methods=["POST"]),
    Route("/cai-dat/bat-dau", begin, methods=["POST"]),
]
