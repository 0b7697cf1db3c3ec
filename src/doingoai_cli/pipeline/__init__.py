"""The story: files are opened, the stages called in turn, files written. Also the library's interface.

inbox.py      paths → submissions → one settled run, its cycle and its findings
merging.py    run → consolidated workbook
reporting.py  consolidated workbook → figures → report
issuing.py    form specs and outlines → blank workbooks and documents
workspace.py  doingoai.toml, the roster
"""
