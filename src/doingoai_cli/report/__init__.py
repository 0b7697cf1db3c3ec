"""Figures, outlines and the report in its legal form (báo cáo)."""
