"""When things are due: working days, clocks, pauses, extensions, what is overdue."""
