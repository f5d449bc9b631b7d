"""Tests of shouwen/core/deadlines."""
