"""Tests of shouwen/core/inquiry."""
