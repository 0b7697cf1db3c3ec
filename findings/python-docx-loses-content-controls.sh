#!/usr/bin/env bash
# python-docx 1.2.0: the text of a content control (a drop-down list, a date picker, a plain text field) within a
# paragraph is not part of `paragraph.text` nor of `cell.text`, and neither is text inserted with "track changes": a
# filled-in form field reads as an empty cell. (Hyperlinks, another wrapper of runs, are included since 1.0.)
# Expected: the text that Word shows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
"$folder/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import docx
from docx.oxml.parser import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = "<w:r><w:t>Lao PDR</w:t></w:r>"
WRAPPED = {
    "drop-down list": f"<w:sdt {W}><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
    "tracked insertion": f'<w:ins {W} w:id="1" w:author="a">{RUN}</w:ins>',
}
cells = {}
for name, xml in WRAPPED.items():
    cell = docx.Document().add_table(1, 1).cell(0, 0)
    cell.paragraphs[0]._p.append(parse_xml(xml))
    cells[name] = cell.text
print(f"python-docx {version('python-docx')}: {cells}")
sys.exit(0 if not any(cells.values()) else 1)
PYTHON
