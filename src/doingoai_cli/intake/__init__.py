"""What an agency sent, read into records with their cells (tiếp nhận)."""
