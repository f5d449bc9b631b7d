"""Tests of shouwen/core/accountability."""
