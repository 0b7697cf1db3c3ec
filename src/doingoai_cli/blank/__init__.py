"""Form specs to blank workbooks, outlines to blank documents (mẫu trống)."""
