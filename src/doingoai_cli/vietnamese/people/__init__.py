"""Persons, names and titles (họ tên, chức vụ)."""
