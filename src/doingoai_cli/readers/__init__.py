"""Bytes → grids (đọc tệp): every container that agencies send, guarded; nothing here knows what a form is."""
