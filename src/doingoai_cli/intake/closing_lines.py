"""Lines that close a form (phần ký, nơi nhận): place and date, signatures, contacts, words to the reader."""

import re
from collections.abc import Sequence

from doingoai_cli.vietnamese.places.countries import written_countries
from doingoai_cli.vietnamese.text import fold

_PLACE = r"[^\d:;]{2,40}, ?"
_FIGURE = r"[\d.…_]{1,4}"
_PLACE_AND_DATE = re.compile(
    r"(?:[^\d:;]{2,60}(?:, ?| (?=ngày\b)))?(?:ngày\s*)?[\d.…_\s]*\s*tháng\s*[\d.…_\s]*\s*năm\b.{0,20}"
    rf"|(?:{_PLACE}(?:ngày |tháng )?|ngày )?{_FIGURE}\s?[/.-]\s?{_FIGURE}\s?[/.-]\s?(?:(?:19|20){_FIGURE}|\d\d)\W*"
    rf"|{_PLACE}(?:tháng )?\d{{1,2}}[/.-](?:19|20)\d\d\W*"
)
"""A date may have been typed with its figures left open ("ngày … tháng … năm 2019")."""
_SIGNATURE = re.compile(
    r"\(?\s*(?:"
    r"(?:người|cán bộ|chuyên viên)\s*(?:lập|tổng hợp|soạn|duyệt|báo cáo|thực hiện|kiểm tra)\b.{0,100}"
    r"|lập (?:biểu|bảng)\b.{0,20}|thủ trưởng\b.{0,60}|thủ tướng\b.{0,20}"
    r"|(?:đã )?k[íi]\b.{0,60}|đóng dấu\b.{0,40}|xác nhận\b.{0,60}|phê duyệt\b.{0,40}|duyệt\b.{0,40}"
    r"|(?:kt|tl|tm|tuq|q)\b\s*[./]\s*.{0,80}|(?:k/t|t/l|t/m|tm|kt|tl|tuq)\b\.?\s+.{0,80}"
    r"|(?:phó |p\.\s*|q\.\s*)?(?:giám đốc|tổng giám đốc|chủ tịch|hiệu trưởng|viện trưởng|cục trưởng|"
    r"chi cục trưởng|trưởng ban|trưởng phòng|bí thư|chỉ huy trưởng|tổng biên tập|trưởng đoàn đbqh)\b.{0,60}"
    r"|(?:phó )?(?:chánh văn phòng|chánh thanh tra|chánh án)\b.{0,60}|kế toán\b.{0,30}|đại diện\b.{0,60}"
    r"|signature (?:valid|not verified)|[\[(<]?chữ kí (?:số|điện tử)[\])>]?"
    r"|lãnh đạo (?:đơn vị|cơ quan|sở|ban|phòng)\b.{0,40}"
    r")\)?"
)
_ADDRESS = re.compile(
    r"(?!.*\b(?:bổ sung|thêm|thay|hủy|hoãn|dời)\b)"
    r"(?:trên đây là|kính (?:đề nghị|mong|báo cáo|trình|chuyển|gửi)|rất mong|xin (?:chân thành|trân trọng|gửi)|"
    r"trân trọng|"
    r"(?:sở|ubnd|văn phòng|phòng|ban|trường|đơn vị|cơ quan)\b.{0,60} (?:kính )?(?:báo cáo|đề nghị|gửi)\b).*",
    re.DOTALL,
)
"""What the sender says to the one who reads the form, below it."""
_CONTACT = re.compile(
    r"-\s*(?:như (?:trên|kính gửi)|lưu)\s*[:;.,/].*"
    r"|(?:nơi nhận|(?:mọi )?(?:thông tin )?(?:người |đầu mối )?liên hệ"
    r"|(?:địa chỉ|fax|website|(?:số )?tài khoản|mã (?:số|qhns|đơn vị)|thời gian kí)\s*[:.].*"
    r"|(?:mọi|các) (?:thông tin|vướng mắc)\b.{0,20}\b(?:liên hệ|trao đổi)\b.*"
    r"|(?:cán bộ |người )?(?:đầu mối|phụ trách|theo dõi)|(?:số )?điện thoại|đt|sđt|di động|email|e-mail)\b.*"
)
_NAME_OF_PERSON = re.compile(
    r"(?:(?:ThS|TS|PGS|GS|BS|KS|Ths|Ts|Thạc sĩ|Tiến sĩ|Ông|Bà|Đ/c)[. ]+)*[^\W\d_]+(?: [^\W\d_]+){1,5}"
)
_BESIDE = re.compile(r"[-+*•–].*|[\d .()+-]{8,20}", re.DOTALL)
"""An item of the recipients, a telephone number."""


def is_place_and_date(text: str) -> bool:
    """ "Đồng Hới, ngày 10 tháng 9 năm 2019"."""
    return _PLACE_AND_DATE.fullmatch(fold(text)) is not None


def is_signature(text: str) -> bool:
    """A line of a signature block: "NGƯỜI LẬP BIỂU", "KT. GIÁM ĐỐC", "(Ký tên, đóng dấu)"."""
    return _SIGNATURE.fullmatch(fold(text)) is not None


def is_contact(text: str) -> bool:
    """ "Nơi nhận:", "Người liên hệ: …"."""
    return _CONTACT.fullmatch(fold(text)) is not None


def is_address(text: str) -> bool:
    """ "Trên đây là kế hoạch …, kính đề nghị Sở Ngoại vụ tổng hợp"."""
    return _ADDRESS.fullmatch(fold(text)) is not None


def is_closing(text: str) -> bool:
    """Whether a text is of a signature block, in the wide sense: with place and date and whom to ask."""
    return is_signature(text) or is_place_and_date(text) or is_contact(text) or is_address(text)


def are_signed(values: Sequence[str]) -> bool:
    """Whether the texts of a row are of a signature block: half of them closing words, none anything else."""
    return 2 * sum(map(is_closing, values)) >= len(values) and all(map(may_sign, values))


def may_sign(text: str) -> bool:
    """Whether a text may stand beside a signature: closing words, a name, a body in capitals, a number."""
    in_capitals = text.isupper() and len(text) > 3
    return is_closing(text) or is_person(text) or in_capitals or _BESIDE.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Whether a text may be a signer's name: two to six words, each with a capital, and no country."""
    return (
        len(text) <= 60
        and _NAME_OF_PERSON.fullmatch(text) is not None
        and all(word[:1].isupper() for word in text.split())
        and text not in written_countries(text).values()
    )
