"""Findings rendered, one module a format (phản hồi)."""
