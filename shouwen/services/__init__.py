"""The use cases, without a terminal: functions over ledger, clock and actor."""
