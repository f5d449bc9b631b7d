"""Programs that write what is kept in git and made by a program."""
