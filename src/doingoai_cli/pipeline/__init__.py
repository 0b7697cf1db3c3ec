"""The story: files are opened, the stages called in turn, files written. Also the library's interface.

inbox.py      paths → submissions → one settled run, its cycle and its findings (reading.py, workers.py, cache.py)
merge.py      a run → the consolidated workbook; books.py: read back
report.py     consolidated workbooks → figures → a document (basis.py: what it is computed from)
forms.py      form specs and outlines → blank workbooks and documents
follow_up.py  who has sent, reminders, plan against results, export; notices.py, find.py, report_calendar.py
feedback.py   findings → what people and programs read, marked copies
workspace.py  doingoai.toml, the roster; catalogue.py: the forms, rules and outlines at hand
"""
