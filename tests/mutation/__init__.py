"""Slips put into regulations on purpose: some test must notice each."""
