"""The consolidated workbook read back (đọc lại sổ tổng hợp): rows as officers edited them, reviews, lists, notes.

`read_back` finds the sheets (`find_sheets`), reads each form's sheet (`ways`), and puts together what the merge
that replaces the workbook needs (`previous`); `accepted_losses` where not all of it can be found again. A form's
sheet is read in the first of four ways that holds (held equal by `test_untouched.py` and `test_saved_rows.py`):

1. **As written** (`ways`, `workbook/written_rows`): the very bytes that a merge here wrote, so that its cache
   tells what stands beside the official columns. Of the sheet only the headings are read.
2. **Untouched** (`untouched`): the seal says that nobody has edited the workbook since a merge wrote it, but the
   cache tells nothing of the sheet. What stands beside the official columns is read.
3. **Saved** (`ways`): another program has saved a large workbook. Rows whose texts bear out the seal beside them
   are told by these, the others are read as below.
4. **Cell by cell** (`sheet`, by `headings`, `find_columns`, `match_rows`): whatever officers did to it.

In the first three a record is made where somebody asks for it (`model/pending`, `sent_rows`).
Reading back 20,000 rows takes 0.09, 0.42, 0.9 and 2.2 s of CPU by the four.
"""
