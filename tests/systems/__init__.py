"""One test file for each regulation."""
