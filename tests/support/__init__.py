"""What several tests use: one roster, one clock, one way to write a record."""
