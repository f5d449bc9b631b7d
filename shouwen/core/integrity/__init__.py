"""What may be wrong with records, regulations and their history."""
