"""A regulation as data, and how its articles are cited."""
