"""The ledger itself: setup, checks, transfer, git."""
