"""`doingoai web`: the local page, in the browser."""

import os
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from doingoai_cli import pipeline
from doingoai_cli.errors import DoingoaiError

EXAMPLE = "doingoai web"

_NOT_INSTALLED = "Trang làm việc cần thêm thư viện: cài bằng pip install doingoai-cli[web], rồi chạy lại."


def command(
    folder: Annotated[Path, Argument(metavar="[THƯ_MỤC]", help="Thư mục làm việc.")] = Path(),
    port: Annotated[
        int | None, Option("--port", metavar="SỐ", min=1, max=65535, help="Cổng; mặc định 8765, hoặc cổng trống.")
    ] = None,
    no_browser: Annotated[bool, Option("--no-browser", help="Không tự mở trình duyệt.")] = False,
    host: Annotated[
        str,
        Option(
            "--host", metavar="ĐỊA_CHỈ", help="Địa chỉ khác, để máy khác dùng được (cần DOINGOAI_WEB_PASSWORD)."
        ),
    ] = "127.0.0.1",
) -> int:
    """Mở trang làm việc trên trình duyệt: nhận tệp, kiểm tra, tổng hợp, thẩm định, báo cáo.

    In địa chỉ của trang (có mã truy cập) rồi chạy cho đến khi bấm Ctrl-C. Chỉ máy này mở được.
    """
    try:
        from doingoai_cli.web.server import serve  # its libraries are an extra
    except ModuleNotFoundError as error:
        raise DoingoaiError(_NOT_INSTALLED) from error
    if not folder.is_dir():
        raise DoingoaiError(f"Không có thư mục “{folder}”.")
    place = pipeline.workspace.find_workspace(folder.resolve()).folder or folder
    serve(
        place.resolve(), port=port, host=host, password=os.environ.get("DOINGOAI_WEB_PASSWORD") or None,
        browser=not no_browser,
    )  # fmt: skip
    return 0
