#!/usr/bin/env bash
# XlsxWriter 3.3.1: what is passed as "default_format_properties" is changed by the workbook made with it. A second
# workbook made with the same options is another file: its xl/styles.xml differs though nothing was written differently.
# Expected: options are read. Seen: keys are added to the caller's dictionary.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1
"$folder/env/bin/python" - <<'PYTHON'
import io, sys, zipfile
import xlsxwriter

options = {"in_memory": True, "default_format_properties": {"font_name": "Times New Roman", "font_size": 11}}

def styles() -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.add_worksheet().write_string(0, 0, "x", workbook.add_format({"bold": True}))
    workbook.close()
    return zipfile.ZipFile(buffer).read("xl/styles.xml")

before = dict(options["default_format_properties"])
first, second = styles(), styles()
print("XlsxWriter", xlsxwriter.__version__, "before", before, "after", options["default_format_properties"])
print("the second workbook's styles are", "the same" if first == second else "different")
sys.exit(0 if options["default_format_properties"] != before else 1)
PYTHON
