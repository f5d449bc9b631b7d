"""Tests of shouwen/core/duties."""
