"""Countries, provinces abroad and bodies at a place (nước, địa danh)."""
