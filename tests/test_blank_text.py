"""The forms say what the official ones say: letter for letter, but for the slips that are set right."""

import pytest
from blanks import SPECS

from doingoai_cli.model.forms import FormSpec

# Seed 000, printed forms; a column's number before its label, doubled spaces as one. Set right:
# - Mẫu 02.A: from (6) on each note stood one column too early.
# - Mẫu 03: "Chủ để", "nếu có có nhiều".
# "Quảng Bình" and the years are the workspace's: {province}, {Y}.
OFFICIAL = {
    "01.A": """
        Mẫu 01.A
        BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM {Y-1}
        (Kèm theo Báo cáo số        ngày     tháng     năm {Y-1} của ….)
        I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị … đoàn
        | TT | (1) Tên đoàn | (2) Danh nghĩa đoàn | (3) Trưởng đoàn | (4) Số thành viên | (5) Đến nước
        | (6) Đối tác làm việc | (7) Nội dung hoạt động | (8) Thời gian thực hiện | (9) Kinh phí | (10) Báo cáo
        | (11) Loại đoàn: Trong KH | (12) Loại đoàn: Ngoài KH
        (1): Ghi tên đoàn công tác của cơ quan, đơn vị
        (2): Ghi rõ đoàn đối ngoại, nghiên cứu, đào tạo…
        (3): Đề nghị ghi rõ tên, chức vụ
        (4): Ghi rõ số lượng thành viên tham gia
        (5): Ghi đầy đủ tên các nước đến theo lộ trình
        (6): Ghi rõ các đối tác làm việc chính
        (7): Những nội dung chính làm việc
        (8): Ghi cụ thể ngày, tháng, năm triển khai hoạt động
        (9): Ghi rõ kinh phí ngân sách tỉnh chi những khoản nào, đối tác chi những khoản nào
        (10): Ghi rõ số, ngày, tháng, năm của văn bản báo cáo hoạt động đoàn
        (11), (12): Đánh dấu X vào loại đoàn trong hay ngoài kế hoạch hoạt động đã được phê duyệt
        """,
    "01.B": """
        Mẫu 01.B
        BẢNG TỔNG HỢP ĐOÀN VÀO ĐÃ THỰC HIỆN TRONG NĂM {Y-1}
        (Kèm theo Báo cáo số        ngày     tháng     năm {Y-1} của ….)
        I. ĐOÀN VÀO: Tổng số đoàn vào của cơ quan/đơn vị … đoàn
        | TT | (1) Tên đoàn | (2) Danh nghĩa đoàn | (3) Trưởng đoàn | (4) Số thành viên | (5) Đến nước
        | (6) Đối tác làm việc | (7) Nội dung hoạt động | (8) Thời gian thực hiện | (9) Kinh phí
        | (10) Loại đoàn: Trong KH | (11) Loại đoàn: Ngoài KH
        (1): Ghi tên đoàn công tác của cơ quan, đơn vị
        (2): Ghi rõ đoàn đối ngoại, nghiên cứu, đào tạo…
        (3): Đề nghị ghi rõ tên, chức vụ
        (4): Ghi rõ số lượng thành viên tham gia
        (5): Ghi đầy đủ tên các nước đến theo lộ trình
        (6): Ghi rõ các đối tác làm việc chính
        (7): Những nội dung chính làm việc
        (8): Ghi cụ thể ngày, tháng, năm triển khai hoạt động
        (9): Ghi rõ kinh phí ngân sách tỉnh chi những khoản nào, đối tác chi những khoản nào
        (10), (11): Đánh dấu X vào loại đoàn trong hay ngoài kế hoạch hoạt động đã được phê duyệt
        """,
    "02.A": """
        Mẫu số 02.A
        BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM {Y}
        | TT | (1) Tên đoàn | (2) Danh nghĩa đoàn | (3) Trưởng đoàn | (4) Số thành viên | (5) Đến nước
        | (6) Đối tác làm việc | (7) Nội dung hoạt động | (8) Số ngày | (9) Thời gian thực hiện
        | (10) Nguồn kinh phí
        (1): Ghi tên đoàn công tác của cơ quan, đơn vị
        (2): Thăm chính thức, thăm và làm việc theo lời mời của đối tác nước ngoài; nghiên cứu, \
khảo sát thực tế ở \
nước ngoài phục vụ nhu cầu công tác; đào tạo bồi dưỡng cán bộ, thực hiện chương trình, đề tài, dự \
án khoa học...
        (3): Đối với Trưởng đoàn là lãnh đạo tỉnh đề nghị ghi rõ chức vụ, không được ghi chung \
chung là lãnh đạo tỉnh
        (4): Ghi rõ số lượng thành viên tham gia đoàn dự kiến
        (5): Nước đến công tác theo lộ trình
        (6), (7): Những nội dung làm việc chính, đối tác chủ yếu sẽ làm việc
        (8): Tổng số ngày ở nước ngoài kể cả thời gian đi về và quá cảnh
        (9): Ghi cụ thể đến quý
        (10): Ghi cụ thể kinh phí từ nguồn nào (ngân sách tỉnh, chương trình, dự án…), ngân sách \
nhà nước chi những \
khoản nào, đối tác mời chi những khoản nào…
        Lưu ý: Để việc xây dựng kế hoạch đoàn ra theo đúng quy định, đề nghị Quý cơ quan, đơn vị, \
địa phương bám sát \
các quy định về đoàn ra theo hướng dẫn tại văn bản và gửi về Sở Ngoại vụ theo đúng thời gian yêu cầu.
        """,
    "02.B": """
        Mẫu số 02.B
        BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM {Y}
        | (1) TT | (2) Tên đoàn | (3) Danh nghĩa đoàn | (4) Trưởng đoàn | (5) Số thành viên | (6) Đến từ nước
        | (7) Nội dung hoạt động | (8) Số ngày | (9) Thời gian thực hiện | (10) Nguồn kinh phí (VNĐ)
        (2): Ghi rõ tên đoàn công tác của cơ quan, tổ chức cử đoàn đến thăm và làm việc
        (3): Thăm chính thức, thăm và làm việc; nghiên cứu, khảo sát thực tế; đào tạo bồi dưỡng cán \
bộ, thực hiện \
chương trình, đề tài, dự án khoa học...
        (4): Chức vụ trưởng đoàn dự kiến
        (5): Ghi rõ số lượng thành viên tham gia đoàn dự kiến
        (6): Ghi rõ tên nước cử đoàn. Trường hợp đoàn vào thuộc tổ chức quốc tế thì ghi rõ nước đặt trụ sở
        (7): Ghi rõ nội dung đoàn đến làm việc
        (8): Tổng số ngày ở {province}
        (9): Ghi cụ thể đến quý
        (10): Ghi cụ thể kinh phí từ nguồn nào (ngân sách tỉnh, chương trình, dự án…), ngân sách \
nhà nước chi những \
khoản nào, đối tác chi những khoản nào…
        """,
    "03": """
        Mẫu số 03
        BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM {Y-1} VÀ DỰ KIẾN NĂM {Y}
        | (1) TT | (2) Tên Hội nghị, hội thảo quốc tế | (3) Số lượng đại biểu Việt Nam
        | (4) Số lượng đại biểu có quốc tịch nước ngoài | (5) Chủ đề, nội dung hội nghị, hội thảo | (6) Số ngày
        | (7) Thời gian thực hiện | (8) Địa điểm tổ chức
        | (9) Tổng kinh phí (gồm kinh phí từ ngân sách nhà nước, do nước ngoài tài trợ, từ nguồn khác)
        I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM {Y-1}
        TỔNG CỘNG
        II. DỰ KIẾN HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM {Y}
        TỔNG CỘNG
        (2): Ghi rõ tên Hội nghị, hội thảo quốc tế
        (3): Ghi cụ thể số lượng đại biểu có quốc tịch Việt Nam
        (4): Ghi tổng số lượng đại biểu có quốc tịch nước ngoài, ghi cụ thể mỗi nước nếu có nhiều \
đại biểu nước ngoài \
đến từ các nước khác nhau tham gia Hội nghị, hội thảo quốc tế
        (5): Ghi các nội dung chính của Hội nghị, hội thảo quốc tế
        (6): Ghi cụ thể số ngày tổ chức
        (7): Ghi rõ ngày, tháng, năm thực hiện
        (8): Ghi cụ thể địa điểm tổ chức
        (9): Ghi tổng kinh phí phục vụ tổ chức Hội nghị, hội thảo, trong đó làm rõ các loại kinh phí
        """,
}


def _printed(spec: FormSpec) -> list[str]:
    """The form's text from top to bottom, as in OFFICIAL."""
    labels = [f"{c.group}: {c.label}" if c.group else c.label for c in spec.columns]
    heading = " ".join(
        f"| {c.number} {label}".replace("  ", " ") for c, label in zip(spec.columns, labels, strict=True)
    )
    top = [spec.label, spec.title, spec.attachment, spec.count_line, heading]
    sections = [line for section in spec.sections for line in (section.title, section.total)]
    notes = [f"{note.columns}: {note.text}" if note.columns else note.text for note in spec.notes]
    return [line for line in (*top, *sections, *notes) if line]


def _lines(text: str) -> list[str]:
    """Lines of OFFICIAL; those of the heading, which begin with "|", as one."""
    lines: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("|") and lines[-1].startswith("|"):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_a_form_is_the_official_one(spec: FormSpec) -> None:
    assert _printed(spec) == _lines(OFFICIAL[spec.id])


def test_all_official_forms_are_there() -> None:
    assert [spec.id for spec in SPECS] == list(OFFICIAL)
    assert {spec.agency_line for spec in SPECS} == {"Tên cơ quan, đơn vị"}
