# ruff: noqa: E501 - sheets are shown as tables
"""The agency of a file: typed line, letterhead, mark, roster, file name; doubt is told, never guessed away."""

from collections.abc import Callable

import pytest
from pipetable import grid

from doingoai_cli.intake.agency import AgencyEvidence, find_agency
from doingoai_cli.intake.filled_in_lines import name_filled_in
from doingoai_cli.intake.sender_names import name_in_lines
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import AgencySource

ROSTER = Roster(
    (
        RosterEntry("SYT", "Sở Y tế", ("Sở YT",)),
        RosterEntry("SDL", "Sở Du lịch"),
        RosterEntry("STTTT", "Sở Thông tin và Truyền thông", ("Sở TT&TT",)),
        RosterEntry("LT", "UBND huyện Lệ Thủy", ("Huyện Lệ Thủy",)),
        RosterEntry("PN", "Vườn Quốc gia Phong Nha - Kẻ Bàng", ("Phong Nha",)),
    )
)


def lines(text: str) -> tuple[TitleLine, ...]:
    return tuple(TitleLine(cell.row, cell.col, str(cell.value)) for cell in grid(text).cells)


NAMES = [
    ("| ĐOÀN TNCS HỒ CHÍ MINH |\n| BCH HUYỆN LỆ THỦY |", "ĐOÀN TNCS HỒ CHÍ MINH BCH HUYỆN LỆ THỦY"),
    ("| HỘI LHPN VIỆT NAM |\n| BAN CHẤP HÀNH HUYỆN LỆ THỦY |", "HỘI LHPN VIỆT NAM BAN CHẤP HÀNH HUYỆN LỆ THỦY"),
    ("| NGÂN HÀNG NHÀ NƯỚC |\n| CHI NHÁNH TỈNH QUẢNG BÌNH |", "NGÂN HÀNG NHÀ NƯỚC CHI NHÁNH TỈNH QUẢNG BÌNH"),
    ("| TAND TỐI CAO |\n| TAND TỈNH QUẢNG BÌNH |", "TAND TỈNH QUẢNG BÌNH"),
    ("| TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM |\n| LĐLĐ TỈNH QUẢNG BÌNH |", "LĐLĐ TỈNH QUẢNG BÌNH"),
    ("| TRUYỀN HÌNH QUẢNG BÌNH |\n| KÊNH ĐỐI NGOẠI |", "TRUYỀN HÌNH QUẢNG BÌNH KÊNH ĐỐI NGOẠI"),
    ("| Hợp tác xã Mây tre |", "Hợp tác xã Mây tre"),
    ("| Tên cơ quan, đơn vị: Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị | Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị (ghi đầy đủ): Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị…: Sở Y tế |", "Sở Y tế"),
    ("| - Tên cơ quan, đơn vị: Sở Y tế |", "Sở Y tế"),
    ("| 1. Tên cơ quan, đơn vị: | Sở Y tế |", "Sở Y tế"),
    ("| 1. Đơn vị tính: đồng |", ""),
    ("| Tên cơ quan, đơn vị: | | Sở Y tế | Mẫu 01.A |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị Sở Y tế |", "Sở Y tế"),
    ("| TÊN CƠ QUAN,  ĐƠN VỊ :  Sở Y tế ……… |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị ......... Sở Y tế ....... |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị…Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị ____Trường Chính trị tỉnh____ |", "Trường Chính trị tỉnh"),
    ("| Tên cơ quan, đơn vị ………… | Sở Y tế |", "Sở Y tế"),
    ("| Đơn vị tính…….đồng |", ""),
    ("| Đơn vị báo cáo: Ban Quản lý Khu kinh tế |", "Ban Quản lý Khu kinh tế"),
    ("| Sở Y tế | | Mẫu 01.A |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị: |", ""),
    ("| Tên cơ quan, đơn vị: ……………………… |", ""),
    ("| Tên cơ quan, đơn vị ____________ | Mẫu số 02.A |", ""),
    ("| Tên cơ quan, đơn vị: (ghi tên cơ quan) |", ""),
    ("| Đơn vị tính: triệu đồng |", ""),
    ("| ỦY BAN NHÂN DÂN TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| SỞ DU LỊCH | Độc lập - Tự do - Hạnh phúc |", "SỞ DU LỊCH"),
    ("| ỦY BAN NHÂN DÂN\\nTỈNH QUẢNG BÌNH\\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ"),
    ("| UBND TỈNH QUẢNG BÌNH |\n| BAN QUẢN LÝ |\n| VƯỜN QUỐC GIA PHONG NHA - KẺ BÀNG |", "BAN QUẢN LÝ VƯỜN QUỐC GIA PHONG NHA - KẺ BÀNG"),
    ("| UBND TỈNH QUẢNG BÌNH - SỞ Y TẾ |", "SỞ Y TẾ"),
    ("| Sở Văn hóa - Thể thao |", "Sở Văn hóa - Thể thao"),
    ("| DANH SÁCH ĐOÀN RA CỦA SỞ Y TẾ TRONG NĂM 2020 |", "SỞ Y TẾ"),
    ("| KẾ HOẠCH ĐOÀN VÀO NĂM 2020 CỦA UBND HUYỆN LỆ THỦY |", "UBND HUYỆN LỆ THỦY"),
    ("| I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị 5 đoàn |", ""),
    ("| BÁO CÁO |\n| Trường hợp phát sinh thì ghi thêm |", ""),
    ("| ỦY BAN NHÂN DÂN |\n| HUYỆN LỆ THỦY |\n| Số: 12/BC-UBND |", "ỦY BAN NHÂN DÂN HUYỆN LỆ THỦY"),
    ("| TỈNH ỦY QUẢNG BÌNH | ĐẢNG CỘNG SẢN VIỆT NAM |\n| BAN TUYÊN GIÁO | Đồng Hới, ngày 10 tháng 9 năm 2019 |", "BAN TUYÊN GIÁO TỈNH ỦY QUẢNG BÌNH"),
    ("| TỈNH ỦY QUẢNG BÌNH |\n| BAN DÂN VẬN |\n| * |", "BAN DÂN VẬN TỈNH ỦY QUẢNG BÌNH"),
    ("| UBND HUYỆN LỆ THỦY |\n| PHÒNG NỘI VỤ |", "PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY"),
    ("| HUYỆN ỦY LỆ THỦY\\nVĂN PHÒNG |", "VĂN PHÒNG HUYỆN ỦY LỆ THỦY"),
    ("| UBND TỈNH QUẢNG BÌNH |\n| VĂN PHÒNG |", "VĂN PHÒNG UBND TỈNH QUẢNG BÌNH"),
    ("| UBND TỈNH QUẢNG BÌNH |\n| BAN DÂN TỘC |", "BAN DÂN TỘC"),
    ("| SỞ NGOẠI VỤ |\n| THANH TRA |", "THANH TRA SỞ NGOẠI VỤ"),
    ("| UBND THÀNH PHỐ ĐỒNG HỚI |\n| TRUNG TÂM VĂN HÓA |", "TRUNG TÂM VĂN HÓA UBND THÀNH PHỐ ĐỒNG HỚI"),
    ("| CÔNG TY TNHH MTV |\n| LÂM CÔNG NGHIỆP LONG ĐẠI |", "CÔNG TY TNHH MTV LÂM CÔNG NGHIỆP LONG ĐẠI"),
    ("| TỔNG CÔNG TY\\nSÔNG GIANH |", "TỔNG CÔNG TY SÔNG GIANH"),
    ("| TRƯỜNG ĐẠI HỌC QUẢNG BÌNH |\n\n| CÁC THỎA THUẬN ĐÃ KÝ KẾT |\n| (từ 15/12 đến 14/12) |", "TRƯỜNG ĐẠI HỌC QUẢNG BÌNH"),
    ("| TRƯỜNG ĐẠI HỌC QUẢNG BÌNH |\n| DANH MỤC HỘI NGHỊ, HỘI THẢO QUỐC TẾ |", "TRƯỜNG ĐẠI HỌC QUẢNG BÌNH"),
    ("| ỦY BAN NHÂN DÂN |\n\n| HUYỆN LỆ THỦY |", "ỦY BAN NHÂN DÂN HUYỆN LỆ THỦY"),
    ("| VIỆN TRỢ PHI CHÍNH PHỦ NƯỚC NGOÀI |", ""),
    ("| VĂN PHÒNG |\n| ĐOÀN ĐBQH VÀ HĐND TỈNH |", "VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND TỈNH"),
    ("| UBND HUYỆN LỆ THỦY |\n| Tên cơ quan, đơn vị: Phòng Nội vụ |", "Phòng Nội vụ UBND HUYỆN LỆ THỦY"),
    ("| HUYỆN ỦY LỆ THỦY |\n| VĂN PHÒNG HUYỆN ỦY |", "VĂN PHÒNG HUYỆN ỦY LỆ THỦY"),
    ("| UBND THỊ XÃ BA ĐỒN |\n| VĂN PHÒNG HĐND - UBND |", "VĂN PHÒNG HĐND - UBND THỊ XÃ BA ĐỒN"),
    ("| UBND HUYỆN LỆ THỦY |\n| PHÒNG NỘI VỤ HUYỆN |", "PHÒNG NỘI VỤ HUYỆN LỆ THỦY"),
    ("| VĂN PHÒNG HĐND - UBND HUYỆN LỆ THỦY |", "VĂN PHÒNG HĐND - UBND HUYỆN LỆ THỦY"),
    ("| UBND TỈNH QUẢNG BÌNH - SỞ Y TẾ |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Độc lập - Tự do - Hạnh phúc |", "SỞ Y TẾ"),
    ("| Tên cơ quan, đơn vị: Phòng Nội vụ |", "Phòng Nội vụ"),
    ("| Đơn vị gửi báo cáo: Sở Y tế |", "Sở Y tế"),
    ("| Đơn vị lập biểu: Sở Y tế |", "Sở Y tế"),
    ("| Đơn vị báo cáo - Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan (đơn vị): Sở Y tế |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị: Sở Y tế (SYT) |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị: Ban Quản lý dự án (JICA) |", "Ban Quản lý dự án (JICA)"),
    ("| Tên cơ quan, đơn vị: Sở Y tế; điện thoại: 0232 3822 222 |", "Sở Y tế"),
    ("| Tên cơ quan, đơn vị: Sở Y tế      Mẫu số 02.A |", "Sở Y tế"),
    ("| KẾ HOẠCH ĐOÀN RA NĂM 2020 - SỞ Y TẾ |", "SỞ Y TẾ"),
    ("| KẾ HOẠCH ĐOÀN RA NĂM 2020 (UBND HUYỆN MINH HÓA) |", "UBND HUYỆN MINH HÓA"),
    ("| DANH MỤC HỘI NGHỊ - HỘI THẢO QUỐC TẾ NĂM 2019 |", ""),
    ("| KẾ HOẠCH ĐOÀN RA NĂM 2020 (BAN HÀNH KÈM THEO CÔNG VĂN SỐ 12) |", ""),
    ("| Đơn vị | Quảng Bình |", ""),
    ("| Đơn vị | Họ tên | Chức vụ |", ""),
    ("| Tên cơ quan, đơn vị: Tỉnh Quảng Bình |", ""),
    ("| SỞ Y TẾ |\n| ☆☆☆ |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ |\n| Địa chỉ: 12 Quang Trung, Đồng Hới |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ |\n| Tel. 0232 3822 222 |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ |\n| MẬT |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ |\n| (Bản gửi lần 2) |", "SỞ Y TẾ"),
    ("| Sở Y tế |\n| Nguyễn Văn An |", "Sở Y tế"),
    ("| SỞ VĂN HÓA |\n| VÀ THỂ THAO |", "SỞ VĂN HÓA VÀ THỂ THAO"),
    ("| Sở Nông nghiệp và |\n| Phát triển nông thôn |", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("| SỞ Y TẾ |\n| tỉnh Quảng Bình |", "SỞ Y TẾ tỉnh Quảng Bình"),
    ("| SỞ Y TẾ |\n| II. Phương hướng |", "SỞ Y TẾ"),
    ("| SỞ Y TẾ |\n| A. Đoàn ra |", "SỞ Y TẾ"),
    ("| Kính gửi: Sở Ngoại vụ |\n| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020 |", ""),
    ("| CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Độc lập - Tự do - Hạnh phúc |", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("above", "name"), NAMES)
def test_the_name_above_a_table(above: str, name: str) -> None:
    assert name_in_lines(lines(above)) == name


FILLED_IN = [
    ("(Kèm theo Báo cáo số 5/BC-SCT ngày 3 tháng 9 năm 2019 của Sở Công Thương)", "Sở Công Thương"),
    ("(Kèm theo Báo cáo số        ngày     tháng     năm 2019 của UBND huyện Bố Trạch)", "UBND huyện Bố Trạch"),
    ("I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị Sở Công Thương: 05 đoàn", "Sở Công Thương"),
    ("Tổng số đoàn ra của Sở Công Thương 05 đoàn", "Sở Công Thương"),
    ("(Kèm theo Báo cáo số        ngày     tháng     năm 2019 của ….)", ""),
    ("(Kèm theo Công văn số 1234/UBND-NgV ngày 5/8/2019 của UBND tỉnh)", ""),
    ("(Kèm theo Báo cáo số 5 ngày 3/9/2019 của Giám đốc)", ""),
    ("I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị … đoàn", ""),
    ("I. ĐOÀN RA: Tổng số đoàn ra của cơ quan, đơn vị: 05 đoàn", ""),
]


@pytest.mark.parametrize(("line", "name"), FILLED_IN)
def test_a_printed_line_that_was_filled_in_names_the_sender(line: str, name: str) -> None:
    assert name_filled_in(lines(f"| {line} |")) == name
    assert name_in_lines(lines(f"| {line} |")) == ""  # what a letterhead names goes before it


ROSTER_NAMES = [
    (["Sở Y tế"], "", "a.xlsx", "SYT", None),
    (["SỞ  Y  TẾ"], "", "a.xlsx", "SYT", None),
    (["Sở Y tế tỉnh Quảng Bình"], "", "a.xlsx", "SYT", None),
    (["Sở YT"], "", "a.xlsx", "SYT", None),
    (["Sở TT&TT"], "", "a.xlsx", "STTTT", None),
    (["Sở Y tế (Phòng Tổ chức)"], "", "a.xlsx", "SYT", None),
    (["Chi cục Dân số (Sở Y tế)"], "", "a.xlsx", None, "unlisted"),
    (["Sở thông tin và truyền thông"], "", "a.xlsx", "STTTT", None),
    (["huyện Lệ Thuỷ"], "", "a.xlsx", "LT", None),
    ([], "Sở Du lịch", "a.xlsx", "SDL", None),
    ([], "", "inbox/so-y-te.xlsx", "SYT", None),
    ([], "", "inbox/Bao cao_So_Y_te (1) 2020.xlsx", "SYT", None),
    ([], "", "inbox/Báo cáo Sở Du lịch.xlsx", "SDL", None),
    ([], "", "inbox/so-y-te_so-du-lich.xlsx", None, "ambiguous"),
    ([], "", "inbox/Sở Y tế, Sở TT&TT.xlsx", None, "ambiguous"),
    ([], "", "inbox/So Y te gui So Du lich.xlsx", "SYT", None),
    ([], "", "inbox/Kính gửi Sở Du lịch - Sở Y tế báo cáo.xlsx", "SYT", None),
    ([], "", "inbox/gui lai cho So Du lich.xlsx", None, "missing"),
    ([], "", "inbox/Sở Y tế_SDL.xlsx", "SYT", None),
    ([], "", "inbox/Sở Y tế - so y te (ban 2).xlsx", "SYT", None),
    ([], "", "inbox/Sở Du lịch trình tỉnh.xlsx", "SDL", None),
    ([], "", "inbox/so-moi.xlsx", None, "missing"),
    (["Sở Y tê"], "", "inbox/so-du-lich.xlsx", None, "unlisted"),
    (["Sở Y tế", "Sở Du lịch"], "", "a.xlsx", "SYT", "ambiguous"),
]


@pytest.mark.parametrize(("names", "mark", "path", "code", "doubt"), ROSTER_NAMES)
def test_the_roster_settles_the_name(
    names: list[str], mark: str, path: str, code: str | None, doubt: str | None
) -> None:
    found = find_agency(AgencyEvidence(path, names, prefilled=mark), ROSTER, "Quảng Bình")
    assert (found.agency.code if found.agency else None, (found.doubt or {}).get("reason")) == (code, doubt)


def test_equally_long_names_in_a_file_name_are_no_agency() -> None:
    twins = Roster((RosterEntry("A", "Sở Một"), RosterEntry("B", "Sở Hai")))
    found = find_agency(AgencyEvidence("so-mot-so-hai.xlsx"), twins)
    assert found.agency is None
    assert found.doubt == {"reason": "ambiguous", "names": ("Sở Một", "Sở Hai"), "taken": ""}


def test_of_several_names_the_doubt_says_to_which_the_rows_are_counted() -> None:
    for roster in (None, ROSTER):
        found = find_agency(AgencyEvidence("a.xlsx", ["Sở Y tế", "Sở Du lịch"]), roster)
        assert found.agency is not None
        assert found.doubt is not None
        assert (found.agency.name, found.doubt["taken"]) == ("Sở Y tế", "Sở Y tế")


def test_the_roster_knows_any_text_above_the_table() -> None:
    found = find_agency(AgencyEvidence("a.xlsx", texts=["Mẫu 01.A", "Phong Nha"]), ROSTER)
    assert found.agency is not None
    assert (found.agency.name, found.agency.source) == ("Vườn Quốc gia Phong Nha - Kẻ Bàng", AgencySource.ROSTER)


def test_likeness_only_proposes() -> None:
    found = find_agency(AgencyEvidence("a.xlsx", ["Sở Du lich"]), ROSTER)
    assert found.agency is not None
    assert (found.agency.name, found.agency.code) == ("Sở Du lich", None)
    assert found.doubt is not None
    assert found.doubt["suggestions"][0] == "Sở Du lịch"


def test_without_a_roster_the_file_name_is_no_agency() -> None:
    assert find_agency(AgencyEvidence("so-y-te.xlsx"), None).agency is None
    assert find_agency(AgencyEvidence("a.xlsx", ["Sở Y tế", "SỞ Y TẾ"], prefilled="Sở Y tế"), None).doubt is None
    assert find_agency(AgencyEvidence("a.xlsx", ["Sở Y tế", "Sở Du lịch"]), None).doubt is not None


@pytest.mark.parametrize(
    ("first", "agency"),
    [
        ("Đơn vị sự nghiệp số 12", "Đơn vị sự nghiệp số 12"),
        ("Làng trẻ em SOS Đồng Hới", "Làng trẻ em SOS Đồng Hới"),
        ("BẢNG TỔNG HỢP KẾ HOẠCH", ""),
        ("Đơn vị tính: triệu đồng", ""),
        ("Kế hoạch của năm", ""),
        ("(Kèm theo Công văn số 12)", ""),
        ("ghi chép tay", ""),
        ("STT", ""),
        ("Tỉnh Thành Phố", ""),
        ("Quảng Bình", ""),
        ("Huyện Lệ Thủy", ""),
        ("Địa phương", ""),
        ("Đồng Hới, ngày 05/9/2019", ""),
        ("Tháng 9 năm 2019", ""),
        ("Quý III", ""),
    ],
)
def test_a_name_of_an_unknown_kind_is_known_by_its_place(first: str, agency: str) -> None:
    assert (
        name_in_lines([TitleLine(1, 1, first), TitleLine(3, 2, "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020")])
        == agency
    )


def test_the_row_of_a_table_s_headings_names_no_agency() -> None:
    assert (
        name_in_lines(
            [TitleLine(1, 1, "Chương trình mục tiêu"), TitleLine(1, 2, "Nguồn vốn"), TitleLine(1, 3, "Ghi nhận")]
        )
        == ""
    )


DISTRICT = Roster((RosterEntry("PNV", "Phòng Nội vụ"), RosterEntry("UBND", "UBND huyện Lệ Thủy")))


def test_a_roster_may_list_a_body_s_own_offices_without_it() -> None:
    texts = ["UBND HUYỆN LỆ THỦY", "PHÒNG NỘI VỤ"]
    found = find_agency(AgencyEvidence("a.xlsx", ["PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY"], texts), DISTRICT)
    assert (found.agency.code if found.agency else None, found.doubt) == ("PNV", None)


def test_a_name_in_full_on_one_sheet_completes_the_short_one_on_another() -> None:
    found = find_agency(AgencyEvidence("a.xlsx", ["Phòng Nội vụ", "PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY"]), None)
    assert (found.agency.name if found.agency else None, found.doubt) == ("PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY", None)
    both = ["PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY", "PHÒNG NỘI VỤ UBND HUYỆN BỐ TRẠCH"]
    assert find_agency(AgencyEvidence("a.xlsx", both), None).doubt is not None


HEADINGS = """Họ và tên; Chức vụ; Loại đoàn; Kinh phí; Thời gian thực hiện; Thông tin chung; Kết quả; Trong nước; Phía Việt Nam;
Đối tác nước ngoài; Số lượng đại biểu; Nhân sự đoàn; Nội dung; Ghi chú; Ngày đi; Nước đến; Quốc gia; Tên đoàn; Thành phần đoàn;
Cơ quan chủ trì; Cơ quan, đơn vị công tác; Đơn vị phối hợp; Cơ quan cho phép; Nhà tài trợ; Hội trường; Ngành nghề; Ngành; Phòng họp;
Đội trưởng; Tỉnh Thành Phố; Mã số; STT; Người liên hệ; Văn bản cho phép; Năm sinh; Hộ chiếu; Trưởng đoàn; Cán bộ; Ngân sách nhà nước;
Chỉ tiêu; Cấp tỉnh; Sở, ngành; Sở/ban/ngành; Các sở, ban, ngành; UBND huyện; Bộ, ngành trung ương; Trường; Công ty; Đài thọ; Cơ quan;
Cơ quan/đơn vị; Tháng 5; Quý I; Quảng Bình; Đồng Hới, ngày 5 tháng 9; Tổng số; Danh nghĩa; Địa điểm; Lý do; Hình thức; Nguồn khác;
Trang 1/3; Lưu hành nội bộ; Dự thảo; Hợp tác quốc tế; Quảng Bình, tháng 9; Đính kèm; Bản chính thức; Nguyễn Văn An; Trần Thị Bích Hà"""
NO_NAMES = [" ".join(text.split()) for text in HEADINGS.split(";")]
REAL = ["Nhà khách UBND tỉnh", "Nhà xuất bản Thuận Hóa", "Nhà hát Chèo", "Cảng vụ Hàng không miền Trung", "Hội Nghề cá tỉnh",
        "Hội Nhà báo tỉnh", "Khu kinh tế Hòn La", "Trường Chính trị tỉnh", "Sở Công Thương", "Ban Tổ chức Tỉnh ủy", "UBND tỉnh", "Ban Tổ chức",
        "Đoàn Nghệ thuật Truyền thống", "Oxalis Adventure", "Khách sạn Sài Gòn", "Đội Quản lý thị trường số 1",
        "Ngành Y tế Quảng Bình", "Quỹ Đầu tư phát triển", "Trung tâm Thông tin xúc tiến du lịch", "Công ty TNHH MTV Môi trường",
        "Viện Dầu khí", "Phòng Tổ chức UBND huyện Lệ Thủy"]  # fmt: skip


@pytest.mark.parametrize("case", [str, str.upper])
@pytest.mark.parametrize("first", NO_NAMES)
def test_headings_of_columns_are_no_agency(first: str, case: Callable[[str], str]) -> None:
    alone = TitleLine(1, 1, case(first))
    assert name_in_lines([alone]) == ""
    for second in NO_NAMES:
        row = [alone, TitleLine(1, 4, case(second))]
        assert name_in_lines(row) == "", second
        assert name_in_lines([*row, TitleLine(2, 1, "SỞ Y TẾ")]) == "SỞ Y TẾ", second


@pytest.mark.parametrize("name", REAL)
def test_names_that_begin_like_headings_stand(name: str) -> None:
    row = [TitleLine(1, 1, name), TitleLine(1, 8, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]
    assert name_in_lines(row) == name
    assert name_in_lines([*row, TitleLine(3, 1, "Loại đoàn"), TitleLine(3, 4, "Kinh phí")]) == name
