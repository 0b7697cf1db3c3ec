"""The pages, one module a task of the officer (trang theo việc)."""
