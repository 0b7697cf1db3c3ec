"""How what is not at hand shows itself in a document: a marked placeholder, never invented prose."""

import re

NO_DATA = "Chưa có số liệu"
PLACEHOLDER = re.compile(rf"\[{NO_DATA}[^\[\]]*\]")
"""How text that is not at hand shows itself in a document."""


def placeholder(what: str = "") -> str:
    """The mark of what is not at hand: "[Chưa có số liệu]", "[Chưa có số liệu: cần sổ tổng hợp kỳ 2019]"."""
    return f"[{NO_DATA}: {what}]" if what else f"[{NO_DATA}]"
