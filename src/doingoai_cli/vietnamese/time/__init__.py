"""Times (thời gian thực hiện)."""
