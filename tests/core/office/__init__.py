"""Tests of shouwen/core/office."""
