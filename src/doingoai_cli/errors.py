"""The exceptions for our own inputs: options, paths, packs, forms, outlines.

What an agency sent is never an exception: it is a finding (`model.findings`). Anything else is a bug.
"""

import errno
from collections.abc import Sequence

_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không có quyền truy cập",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EINVAL: "tên tệp không hợp lệ",
    errno.ELOOP: "liên kết vòng tròn",
}


def reason_of(error: OSError) -> str:
    """Why a file or folder could not be read or written, in Vietnamese where the cause is a known one."""
    return _REASONS.get(error.errno or 0) or error.strerror or "lỗi đọc, ghi tệp"


class DoingoaiError(Exception):
    """Misuse or a broken input of ours; printed as one Vietnamese sentence, exit status 2."""


class ConfigError(DoingoaiError):
    """A broken YAML, TOML or CSV of ours: every fault, each beginning with `file:line`."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
