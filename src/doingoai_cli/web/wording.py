"""What commands say in terms of the command line, put as it is done on the page (lời trên trang)."""

import re

PHRASES = {
    "Dùng --year để chỉ rõ.": "Ghi năm kế hoạch ở trang Cài đặt.",
    "dùng --reviewed-only để chỉ lấy dòng đã có ý kiến.": (
        "đánh dấu “Chỉ lấy dòng kế hoạch đã có ý kiến” rồi viết lại để bỏ các dòng đó ra."
    ),
    "Báo cáo tháng cần --month (1 … 12).": "Báo cáo tháng: ghi ô Tháng (1 … 12).",
    "Báo cáo quý cần --quarter (1 … 4).": "Báo cáo quý: ghi ô Quý (1 … 4).",
    "Tạo sổ bằng doingoai merge, hoặc chỉ rõ bằng --from TỆP.": (
        "Tạo sổ ở trang Tổng hợp, hoặc sửa ô Năm: báo cáo năm, kế hoạch, tờ trình ghi năm kế hoạch; báo cáo "
        "tháng, quý, 6 tháng, 9 tháng ghi năm được báo cáo."
    ),
    "; chỉ rõ bằng --from TỆP:": "; giữ một sổ trong thư mục làm việc, chuyển các sổ khác đi nơi khác:",
    "Cần --year (hoặc year trong doingoai.toml), hoặc chỉ sổ tổng hợp bằng --from.": "Ghi ô Năm.",
    "Chọn tệp khác bằng --from hoặc năm khác bằng --year.": "Sửa ô Năm.",
    "; hoặc chọn tên khác bằng --out.": ".",
    "Chọn tên khác bằng --out.": "Chuyển tệp đó đi nơi khác rồi làm lại.",
    "Chọn tên tệp khác ở --out.": "Chuyển tệp đó đi nơi khác rồi làm lại.",
    "; chỉ rõ bằng --history.": "; chỉ rõ bằng khóa history ở trang Cài đặt.",
    "(dùng cho doingoai report --texts)": "(dùng khi viết báo cáo)",
    "khi lập báo cáo (doingoai report)": "khi viết báo cáo",
    "; tạo biểu mẫu bằng doingoai new-template.": "; tạo biểu mẫu ở trang Đơn vị.",
    "rồi chạy doingoai check inbox.": "(thả vào trang Hộp thư đến), rồi xem trang Kiểm tra.",
    "Cần --year: năm kế hoạch Y của kỳ báo cáo.": "Ghi năm kế hoạch ở trang Cài đặt.",
    "Kiểm tra lại --date, --year.": "Kiểm tra lại ô Ngày ký, ô Năm.",
    "Kiểm tra lại kỳ và --year.": "Kiểm tra lại kỳ và năm kế hoạch ở trang Cài đặt.",
    "Chạy lại với --debug để xem chi tiết và gửi cho người quản trị.": "Gửi câu này cho người phụ trách.",
}
"""A phrase of a message → what stands for it on the page."""
_ANY = re.compile("|".join(map(re.escape, sorted(PHRASES, key=len, reverse=True))))


def on_page(sentence: str) -> str:
    """A sentence of a command in the words of the page."""
    return _ANY.sub(lambda found: PHRASES[found[0]], sentence)
