"""The consolidated workbook (sổ tổng hợp): described as a value, written, and read back as officers edited it."""
