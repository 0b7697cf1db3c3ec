"""The words for severities, the same in every renderer."""

from doingoai_cli.model.findings import Severity

SEVERITY_NAMES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "lưu ý"}
