"""Findings rendered, one module per format (phản hồi)."""
