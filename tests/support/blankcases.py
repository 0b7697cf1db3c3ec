"""Rows with the colours that a blank form gives them as one types: form · what differs from its example · colours.

"DL01 missing": the cell is blank, in the colour of what is missing. An entry that the guidance sheet says to avoid
has a colour without a code: the checks know why, the form only that it is so.
"""

COLOURS: list[tuple[str, dict[str, str], str]] = [
    ("02.A", {}, ""),
    ("01.A", {}, ""),
    ("01.B", {}, ""),
    ("02.B", {}, ""),
    ("02.A", {"funding": " "}, "DL01 missing"),
    ("02.A", {"members": "7"}, ""),
    ("02.A", {"members": "8"}, "DR07 breach"),
    ("02.A", {"members": "08 người"}, "DR07 breach"),
    ("02.A", {"members": "10", "leader": "Nguyễn Văn A, Chủ tịch UBND tỉnh"}, ""),
    ("02.A", {"members": "10", "leader": "Chủ tịch Uỷ ban nhân dân tỉnh"}, ""),
    ("02.A", {"members": "10", "leader": "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"}, ""),
    ("02.A", {"members": "11", "leader": "Bí thư Tỉnh ủy"}, "DR07 breach"),
    ("02.A", {"members": "9", "leader": "Phó Chủ tịch UBND tỉnh"}, "DR07 breach"),
    ("02.A", {"members": "9", "leader": "Nguyên Chủ tịch UBND tỉnh"}, "DR07 breach"),
    ("02.A", {"members": "9", "leader": "Chánh Văn phòng UBND tỉnh"}, "DR07 breach"),
    ("01.A", {"members": "8"}, "DR07 caution"),
    ("01.B", {"members": "40"}, ""),
    ("02.A", {"countries": "Hàn Quốc, Nhật Bản và Trung Quốc"}, ""),
    ("02.A", {"countries": "Lào,\nThái Lan; Mi-an-ma - Cam-pu-chia"}, "DR08 breach"),
    ("02.A", {"countries": "Thái Lan (Nakhon Phanom, Mukdahan, Udon Thani, Sakon Nakhon)"}, ""),
    ("02.A", {"countries": "ASEAN"}, "caution"),
    ("02.A", {"countries": "ASEAN (Thái Lan)"}, ""),
    ("02.A", {"leader": " lãnh đạo tỉnh "}, "DR13 breach caution"),
    ("02.A", {"period": "Cả năm"}, "caution"),
    ("02.B", {"period": "Trong năm 2020"}, "caution"),
    ("02.A", {"days": "06"}, "DR11 caution"),
    ("02.A", {"days": "8"}, "DR11 breach DR11 caution"),
    ("02.A", {"days": "8", "countries": "Lào, Thái Lan"}, ""),
    ("02.A", {"days": "90", "nature": "Đào tạo bồi dưỡng cán bộ"}, ""),
    ("02.A", {"days": "90", "countries": ""}, "DL01 missing"),
    ("01.A", {"in_plan": "", "off_plan": ""}, "TH01 missing"),
    ("01.A", {"in_plan": "X", "off_plan": "x"}, "TH01 missing"),
    ("01.A", {"in_plan": "", "off_plan": "x"}, ""),
    ("03", {"venue": ""}, "DL01 missing"),
]
