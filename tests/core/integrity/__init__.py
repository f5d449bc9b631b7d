"""Tests of shouwen/core/integrity."""
