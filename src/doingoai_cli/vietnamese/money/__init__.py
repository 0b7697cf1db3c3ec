"""Money and who pays (kinh phí, nguồn kinh phí)."""
