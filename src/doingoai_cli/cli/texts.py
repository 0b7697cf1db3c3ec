"""typer speaks English; what an officer reads is Vietnamese: headings of help pages and errors of usage."""

import re
from typing import Any

_HELP = (
    (r"^Usage: ", "Cách dùng: "),
    (r"(?m)^Arguments:", "Tham số:"),
    (r"(?m)^Options:", "Tùy chọn:"),
    (r"(?m)^Commands:", "Lệnh:"),
    (r"COMMAND \[ARGS\]\.\.\.", "LỆNH [THAM SỐ]..."),
    (r"\[OPTIONS\]", "[TÙY CHỌN]"),
    (r"Show\s+this\s+message\s+and\s+exit\.", "Hiện trang trợ giúp này."),
    (r"Install\s+completion\s+for\s+the\s+current\s+shell\.", "Cài tự động điền lệnh cho cửa sổ lệnh."),
    (
        r"Show\s+completion\s+for\s+the\s+current\s+shell,\s+to\s+copy\s+it\s+or\s+customize\s+the\s+installation\.",
        "In đoạn mã tự động điền lệnh.",
    ),
    (r"\[(\d+)<=x<=(\d+)\]", r"[từ \1 đến \2]"),
    (r"\[required\]", "[bắt buộc]"),
    (r"\[default:\s+", "[mặc định: "),
    (r"; required\]", "; bắt buộc]"),
    # The types that typer (from 0.29 on) writes beside the names of arguments, and what it doubles around them.
    (r"(?m)^(  \S+) <(?:path|str|list\[str\])>(?=\s)", r"\1"),
    (r"\[\[(\S+)\]\]", r"[\1]"),
    (r"\.\.\.\}\.\.\.", "...}"),
)


def vietnamese_help(text: str) -> str:
    """A help page with its fixed parts in Vietnamese."""
    for pattern, replacement in _HELP:
        text = re.sub(pattern, replacement, text)
    return text


def usage_error(error: Any) -> str:
    """A usage error of typer's as a Vietnamese sentence, and where the command is explained."""
    context = getattr(error, "ctx", None)
    return f"{_what_is_wrong(error)} Xem hướng dẫn: {context.command_path if context else 'doingoai'} --help"


def _what_is_wrong(error: Any) -> str:
    """The fault alone; errors are known by their class's name, for the classes are private."""
    name = type(error).__name__
    if name == "NoSuchOption":
        near = f" Có phải {', '.join(sorted(error.possibilities))}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{near}"
    if name == "MissingParameter":
        return f"Thiếu {_hint(error)}."
    if name == "BadParameter":
        return f"Giá trị của {error.param_hint or _hint(error)} không hợp lệ: {_reason(error)}"
    if name == "BadOptionUsage":
        if "does not take a value" in str(error):
            return f"Tùy chọn {error.option_name} không nhận giá trị."
        return f"Tùy chọn {error.option_name} cần một giá trị."
    return _other(str(error))


def _hint(error: Any) -> str:
    """The parameter as it is written on the command line."""
    if error.param is None:
        return ""
    options = [name for name in error.param.opts if name.startswith("-")]
    return " / ".join(f"“{name}”" for name in options or [error.param.metavar or error.param.name])


def _reason(error: Any) -> str:
    """What is wrong with a value; typer says it itself, or (from 0.29 on) through pydantic."""
    for fault in error.__cause__.errors() if hasattr(error.__cause__, "errors") else ():
        given = str(fault["input"])
        if fault["type"] in ("int_parsing", "float_parsing"):
            return f"“{given}” không phải là số."
        if fault["type"] in ("greater_than_equal", "less_than_equal"):
            allowed = error.param.type_descriptor.parameter_info
            return f"{given} không nằm trong khoảng từ {allowed.min} đến {allowed.max}."
    message: str = error.message
    match = re.fullmatch(r"'(.*)' is not a valid (integer|int|float).*", message)
    if match:
        return f"“{match.group(1)}” không phải là số."
    match = re.fullmatch(r"(?:Value error, )?'(.*)' is not one of (.*)\.", message)
    if match:
        allowed = match.group(2).replace("'", "")
        return f"“{match.group(1)}” không thuộc các giá trị: {allowed}."
    match = re.fullmatch(r"(.*) is not in the range (\d+)<=x<=(\d+)\.", message)
    if match:
        return f"{match.group(1)} không nằm trong khoảng từ {match.group(2)} đến {match.group(3)}."
    return message if _is_vietnamese(message) else "hãy xem lại cách viết"


def _is_vietnamese(message: str) -> bool:
    """Whether a sentence is our own: typer speaks English only, and without any letter of ours."""
    return not message.isascii()


def _other(message: str) -> str:
    for pattern, replacement in (
        (r"No such command '?(.*?)'?\.(.*)", r"Không có lệnh “\1”."),
        (r"Missing command\.", "Thiếu tên lệnh."),
        (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"Thừa tham số: \1."),
    ):
        match = re.match(pattern, message, re.DOTALL)
        if match:
            return match.expand(replacement)
    return message if _is_vietnamese(message) else "Dòng lệnh chưa đúng."
