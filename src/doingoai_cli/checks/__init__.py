"""Rule packs and the checks that they set in motion (kiểm tra)."""
