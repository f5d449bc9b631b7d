"""shouwen (首问): the first-asked responsibility system on a ledger of plain files.

One sentence: a record is written once and then only grows; everything else is computed.

Read in this order, fifteen minutes in all:

1. ``ledger-example/inquiries/``      one inquiry, one file: a header, then one event a line
2. ``policies/bumen.yaml``            a regulation as data, each rule beside its article
3. ``core/inquiry/events.py``         the words: Inquiry, its events, Case
4. ``core/inquiry/lifecycle.py``      what the events add up to; the table of lawful moves
5. ``core/deadlines/clock_table.py``  which limit runs, since when, until when, under which article
6. ``commands/acts/handoff.py``       one command from its options to the line it appends
7. ``cli.py``                         the list of all commands and the one place errors come out

Layers import one way: ``cli → commands → {terminal, services} → {store, render} → core``. ``core``
knows no file, no clock of the machine and no terminal; ``store`` alone opens and writes; ``render``
alone makes tables, reports and mail; ``terminal`` alone prints.
"""

__version__ = "0.2.0"
