"""Rule packs and the checks that they configure: records in, findings out."""
