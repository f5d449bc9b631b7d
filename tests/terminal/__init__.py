"""Tests of terminals: prompts, colour, pager, signals."""
