#!/usr/bin/env bash
# xlrd 2.0.2: an .xls whose shared string table states more strings than it holds, which python-calamine reads, cannot
# be opened at all: a bare AssertionError from the parser, no XLRDError.
# Expected: the strings that are there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xlrd==2.0.2 xlwt==1.3.0 python-calamine==0.9.1
"$folder/env/bin/python" - <<'PYTHON'
import io
import struct
import sys

import python_calamine
import xlrd
import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("S")
for row, text in enumerate(("one", "two", "three")):
    sheet.write(row, 0, text)
buffer = io.BytesIO()
book.save(buffer)
data = buffer.getvalue()
at = data.index(struct.pack("<II", 3, 3))  # strings in all, different ones
data = data[:at] + struct.pack("<II", 30, 30) + data[at + 8 :]
read = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python()
try:
    xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    said = "opens it"
except Exception as error:
    said = f"{type(error).__name__}: {error}"
print(f"xlrd {xlrd.__version__}: {said}; python-calamine reads {read}")
sys.exit(0 if not said.startswith(("opens", "XLRDError")) and read == [["one"], ["two"], ["three"]] else 1)
PYTHON
