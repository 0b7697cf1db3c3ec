"""Where foreign bodies reside: every body with every doing between its name and a place, and with none."""

from itertools import product

import pytest
from rows import pack

from doingoai_cli.vietnamese.places.residents import ResidentBodies

BODIES = [
    "Tổ chức Zhi-Shan",
    "Tổ chức NPA",
    "Văn phòng FAO",
    "Quỹ Rockefeller",
    "JICA",
    "Tổ chức phi chính phủ Project Renew",
    "Đoàn UNICEF",
    "Tổ chức Cứu trợ Trẻ em",
    "Cơ quan Hợp tác Quốc tế Đức GIZ",
    "Tổ chức Đông Tây Hội Ngộ",
    "Hội Chữ thập đỏ Đức",
    "Viện Friedrich Ebert",
    "Tổ chức Bánh mì cho Thế giới",
    "Tổ chức Tầm nhìn Thế giới",
    "Tổ chức CRS",
]
DOINGS = [
    "bàn giao nhà tránh lũ",
    "chiếu phim tài liệu",
    "diễn tập cứu nạn",
    "đi thực địa",
    "tham vấn cộng đồng",
    "truyền thông về bom mìn",
    "phỏng vấn học bổng",
    "mổ mắt",
    "dựng trại",
    "gặp gỡ đối tác",
    "hội đàm",
    "chào xã giao lãnh đạo tỉnh",
    "quay phim",
    "thăm hỏi nạn nhân",
    "kiểm toán dự án",
    "hướng dẫn kỹ thuật",
    "chuyển giao công nghệ",
    "sơ kết dự án",
    "tổng kết chương trình",
    "thu gom rác",
    "tuyển tình nguyện viên",
    "thẩm định dự án",
    "vận hành thử",
    "ra quân",
    "dạy tiếng Anh",
    "bồi dưỡng giáo viên",
    "mời họp",
    "đề xuất dự án",
    "trao tặng xe cứu thương",
    "cấp phát gạo",
    "lắp pin mặt trời",
    "khai trương thư viện",
    "nghiệm thu",
    "làm phim",
    "đo đạc",
    "khoan giếng",
    "tẩy giun",
    "thực tập",
    "trải nghiệm",
    "nuôi rạn san hô",
    "tìm kiếm hài cốt",
    "cắm trại",
    "đạp xe",
    "chạy bộ gây quỹ",
    "ký kết MOU",
    "lấy ý kiến",
    "trưng bày ảnh",
]
PLACES = ["tại Quảng Bình", "ở Quảng Trị", "tại tỉnh Quảng Bình", "tại TP. Huế", "tại Việt Nam"]


def resident(text: str) -> str | None:
    params = pack().rules["TH06"].params
    return ResidentBodies(tuple(params["always"]), tuple(params["bodies"])).first(text)


@pytest.mark.parametrize("body", BODIES)
def test_what_a_body_does_at_a_place_makes_it_no_resident(body: str) -> None:
    told = [f"{body} {doing} {place}" for doing, place in product(DOINGS, PLACES[:3])]
    assert [text for text in told if resident(text)] == []


@pytest.mark.parametrize("body", BODIES)
def test_a_body_at_a_place_resides_there(body: str) -> None:
    assert [place for place in PLACES if not resident(f"{body} {place}")] == []
