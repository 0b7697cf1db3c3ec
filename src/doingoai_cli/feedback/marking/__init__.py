"""The marked workbook, part by part: the sender's own package patched, nothing else of it touched."""
