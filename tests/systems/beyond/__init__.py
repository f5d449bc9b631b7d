"""Regulations of offices beyond the eighteen, made up to need what those did not."""
