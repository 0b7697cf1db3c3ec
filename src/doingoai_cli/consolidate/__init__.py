"""Submissions to the consolidated workbook and back (tổng hợp)."""
