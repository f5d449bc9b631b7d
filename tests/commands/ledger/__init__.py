"""Tests of shouwen/commands/ledger."""
