"""What reading and settling saw (CT…, TK02 … TK06): facts that wait for a rule's words."""

from typing import Literal

from doingoai_cli.checks.kind import Kind


class Observed(Kind):
    """What reading or settling saw; the rule has only its severity and words. Not for new codes."""

    kind: Literal["observed"]
    ABOUT = (
        "Điều mà bộ đọc tệp hoặc sổ tiếp nhận đã thấy; quy tắc chỉ đặt mức độ và lời văn. Không dùng cho mã mới."
    )
