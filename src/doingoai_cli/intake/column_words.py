"""Words of column headings (chữ của tiêu đề cột): no agency's name begins with them, or they alone are none."""

import re

from doingoai_cli.vietnamese.text import fold

_BEGINNINGS = (
    "stt", "tt", "số", "mã", "họ", "tên", "người", "chức vụ", "chức danh", "ngày", "tháng", "quý", "năm",
    "giờ", "lần", "kỳ", "thời gian", "thời điểm", "thời hạn", "tuổi", "giới tính", "quốc tịch", "quốc gia",
    "dân tộc", "nước", "lãnh thổ", "vùng lãnh thổ", "châu lục", "địa chỉ", "địa điểm", "địa bàn", "nơi",
    "điện thoại", "email", "thư điện tử", "hộ chiếu", "loại", "nhóm", "cấp", "hạng", "mức", "nguồn",
    "kinh phí", "chi phí", "giá trị", "vốn", "đơn giá", "thành tiền", "tỷ lệ", "tỷ giá", "tổng số",
    "tổng cộng", "tổng kinh phí", "tổng chi", "cộng", "nội dung", "chủ đề", "mục", "mục đích", "mục tiêu",
    "yêu cầu", "lý do", "lĩnh vực", "chỉ tiêu", "ghi chú", "thông tin chung", "thông tin đoàn",
    "thông tin chuyến", "thông tin kinh phí", "thông tin cá nhân", "thông tin liên hệ", "thông tin về",
    "thông tin khác", "thông tin chi tiết", "kết quả", "đánh giá", "tình hình", "tiến độ", "trạng thái",
    "tình trạng", "trong", "ngoài", "phía", "bên", "đối tác", "đối tượng", "nhân sự", "lịch trình",
    "lộ trình", "hành trình", "chuyến", "chương trình công tác", "văn bản", "quyết định", "căn cứ",
    "giấy phép", "trưởng đoàn", "phó đoàn", "thành viên", "thành phần", "đại biểu", "cán bộ", "công chức",
    "viên chức", "lãnh đạo", "ngân sách", "khách mời", "khách quốc tế", "công tác", "danh nghĩa", "tính chất",
    "hình thức", "phương thức", "phương tiện", "đoàn ra", "đoàn vào", "đoàn đi", "đoàn đến", "thực hiện",
    "thực tế", "đã", "chưa", "hoạt động", "các", "tự túc", "ý kiến", "kiến nghị", "đề xuất", "xếp loại",
    "diễn giải", "mô tả", "chi tiết", "tài liệu", "hồ sơ", "link", "có", "không", "được", "do", "trang", "tờ",
    "lưu hành", "dự thảo", "bản", "đính kèm", "kèm", "hợp tác", "quan hệ", "đối ngoại", "ngoại giao", "mật",
    "tối mật", "tuyệt mật", "khẩn", "hỏa tốc", "mẫu", "đề cương", "phần", "chương", "thông báo", "tờ trình",
    "giấy mời", "thư mời", "lịch", "đề án", "sổ", "file", "tệp", "nguồn tin", "xác nhận", "duyệt",
)  # fmt: skip
_HEADING = re.compile(rf"\W*(?:{'|'.join(map(fold, _BEGINNINGS))})\b")

_OF_A_KIND = {
    ("cơ quan", "đơn vị", "tổ chức", "bộ phận", "sở", "bộ"): (
        "chủ trì", "chủ quản", "chủ đầu tư", "phối hợp", "cho phép", "phê duyệt", "tổ chức", "quản lý", "ban hành",
        "cấp", "cử", "mời", "đón", "công tác", "tài trợ", "tiếp nhận", "thụ hưởng", "thực hiện", "đề nghị",
        "đầu mối", "liên quan", "làm việc", "nước ngoài", "phía", "môn", "phận", "hồ sơ", "thích",
    ),
    ("nhà",): ("tài trợ", "thầu", "khách", "đầu tư", "nước", "ở", "nghỉ"),
    ("phòng",): ("họp", "nghỉ", "ở", "khách"),
    ("hội", "đội", "ngành", "trường"): (
        "trường", "viên", "nghị", "thảo", "trưởng", "ngũ", "hình", "nghề", "học", "hàng", "hợp", "phái",
    ),
    ("quỹ", "trung tâm", "viện", "đài"): ("thời gian", "tiền", "lương", "chi phí", "dẫn", "phí", "thọ"),
    ("trạm", "cảng", "khu", "ban", "cục"): ("dừng", "đến", "đi", "hàng không", "biển", "vực", "hành", "đầu", "bộ"),
}  # fmt: skip
"""Words that make a heading of the kind of an agency: "Cơ quan chủ trì", "Nhà tài trợ", "Đội trưởng"."""
_KIND_AND_ROLE = re.compile(
    "|".join(
        rf"(?:(?:{'|'.join(map(fold, kinds))})\W+)+(?:{'|'.join(map(fold, roles))})(?: \(.*\))?"
        for kinds, roles in _OF_A_KIND.items()
    )
)
_KINDS = (
    "các tổ chức", "các", "và", "tên", "cấp", "hoặc", "khác", "sở", "ban", "ngành", "bộ", "cơ quan tổ chức",
    "cơ quan", "đơn vị tổ chức", "đơn vị", "địa phương", "huyện", "thị xã", "thị", "thành phố", "xã", "phường",
    "quận", "tỉnh", "trung ương", "phòng", "đoàn thể", "hội", "hiệp hội", "cục", "chi cục", "đài", "trường",
    "viện", "trung tâm", "công ty", "tập đoàn", "quỹ", "vườn", "nhà", "khu", "đội", "trạm", "ubnd",
    "ủy ban nhân dân", "đại học", "cao đẳng", "bệnh viện", "doanh nghiệp",
)  # fmt: skip
_KINDS_ALONE = re.compile(rf"(?:(?:{'|'.join(map(fold, _KINDS))})(?: |$))+")
_WORD = re.compile(r"\w+")
_COMMITTEE_OF_PROVINCE = re.compile(r"(?:ubnd|ủy ban nhân dân) tỉnh")


def is_heading(text: str) -> bool:
    """Whether a text begins as columns are headed ("Họ và tên", "Nguồn kinh phí"), or names kinds of agencies."""
    return _HEADING.match(fold(text)) is not None or names_no_agency(text)


def names_no_agency(text: str) -> bool:
    """Whether a text begins like an agency's name and is none: "Sở, ngành", "Cơ quan chủ trì", "Nhà tài trợ"."""
    folded = fold(text)
    if _KIND_AND_ROLE.fullmatch(folded):
        return True
    words = " ".join(_WORD.findall(folded))
    return _KINDS_ALONE.fullmatch(words) is not None and _COMMITTEE_OF_PROVINCE.fullmatch(words) is None
