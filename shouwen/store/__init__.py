"""Files: the only layer that opens, writes, locks, and knows YAML, JSON or git."""
