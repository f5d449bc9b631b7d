"""``python -m shouwen``; people run the installed command ``shouwen``."""

from shouwen.cli import main

main()
