"""Tests of what must not get out."""
