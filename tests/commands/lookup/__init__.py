"""Tests of shouwen/commands/lookup."""
