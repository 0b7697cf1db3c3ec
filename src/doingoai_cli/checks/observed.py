"""What reading and settling saw (CT…, TK02 … TK06): facts that wait for a rule's words."""

from typing import Literal

from doingoai_cli.checks.kind import Kind


class Observed(Kind):
    """Điều mà bộ đọc tệp hoặc sổ tiếp nhận đã thấy; quy tắc chỉ đặt mức độ và lời văn. Không dùng cho mã mới."""

    kind: Literal["observed"]
