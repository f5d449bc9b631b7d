"""Tests with real clones."""
