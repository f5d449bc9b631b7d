"""Tests of shouwen/commands/acts."""
