"""Tests of shouwen/core/transfer."""
