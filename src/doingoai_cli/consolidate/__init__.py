"""Submissions → the consolidated workbook, and the workbook as officers edited it → values again.

settle.py        which file stands, what it replaces (arrival.py, replacement.py, changes.py);
                 late_and_missing.py: who is late or missing
lower_levels.py  a workbook of a lower level as the files that it was merged from (origins.py)
ledger.py        each file of the inbox, and what became of it
identity.py      stable ids; likeness.py: which record is which after an edit
merging.py       rows, findings and the officers' earlier work, joined (reviews.py, status.py)
report_calendar.py which report is due when; plan_calendar.py, calendar_file.py: the plan as agencies share it
search.py        a text looked for over the years
workbook/        the consolidated workbook described, written and read back
reconcile.py     plan against results; history.py, export.py

What officers write: reviews, remarks and columns of their own follow the record; an edit of the sender's text
counts at once and stands until the sender sends another text; a row that they typed stays until the agency sends
it; a row that they deleted stays out, on "Dòng đã bỏ", until they move it back or the sender sends another text.
"""
