"""Tests of shouwen/core/statistics."""
