"""Tests of shouwen/commands/oversight."""
