"""Documents as Word files (văn bản): the legal form, tables, charts and annexes."""
