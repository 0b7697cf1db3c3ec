"""The kinds of rule (loại quy tắc), one module per subject; `registry` lists them."""
