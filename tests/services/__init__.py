"""The use cases, each without a terminal."""
