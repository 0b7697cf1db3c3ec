"""The pages, one module per task of the officer (trang theo việc)."""
