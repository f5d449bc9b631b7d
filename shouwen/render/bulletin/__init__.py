"""The bulletin as text, data and HTML."""
