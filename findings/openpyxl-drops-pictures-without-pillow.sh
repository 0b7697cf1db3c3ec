#!/usr/bin/env bash
# openpyxl 3.1.5: where Pillow is not installed, a workbook that is loaded and saved loses every picture, without an
# exception and without a warning. (With Pillow, one picture that cannot be read is warned about.)
# Expected: a warning as for other content that is not kept ("… extension is not supported and will be removed").
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.2.5
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import io
import sys
import warnings
import zipfile

import openpyxl
import xlsxwriter

pixel = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636000000000050001"
    "a5f645400000000049454e44ae426082"
)
book = xlsxwriter.Workbook("a.xlsx")
book.add_worksheet().insert_image("B2", "seal.png", {"image_data": io.BytesIO(pixel)})
book.close()
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    openpyxl.load_workbook("a.xlsx").save("b.xlsx")


def pictures(name):
    return [part for part in zipfile.ZipFile(name).namelist() if "/media/" in part]


print(f"openpyxl {openpyxl.__version__} without Pillow: {pictures('a.xlsx')} -> {pictures('b.xlsx')}, {len(said)} warnings")
sys.exit(0 if pictures("a.xlsx") and not pictures("b.xlsx") and not said else 1)
PYTHON
