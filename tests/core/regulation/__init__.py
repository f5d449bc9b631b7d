"""Tests of shouwen/core/regulation."""
