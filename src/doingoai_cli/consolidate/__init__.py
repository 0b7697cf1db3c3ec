"""Submissions → the consolidated workbook, and the workbook as officers edited it → values again.

ledger.py        which file stands, what it replaces (arrival.py, attendance.py, changes.py)
identity.py      stable ids; likeness.py: which record is which after an edit
merging.py       rows, findings and the officers' earlier work, joined (reviews.py, status.py)
workbook.py      the sheets described (overview, forms, registers, what was set aside) as a `book.Book`
xlsxbook.py      a `Book` → .xlsx: the frame by XlsxWriter, the rows streamed in (rowxml.py)
readback.py      .xlsx → rows as edited (sheethead.py, sheetback.py, layout.py)
reconcile.py     plan against results (scoring.py, reconcilebook.py); history.py, export.py

What officers write: reviews, remarks and columns of their own follow the record; an edit of the sender's text
counts at once and stands until the sender sends another text; a row that they typed stays until the agency sends
it; a row that they deleted stays out, on "Dòng đã bỏ", until they move it back or the sender sends another text.
"""
