"""Tests of files, locks and git."""
