"""Faults at every system call of every command that writes; see ``__main__``."""
