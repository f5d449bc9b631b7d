"""Hostile input: whatever stands in a file, the readers give a result or say what is wrong where."""
