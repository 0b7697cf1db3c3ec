"""The kinds of rule (loại quy tắc), one module a subject; `registry` lists them."""
