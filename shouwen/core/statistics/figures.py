"""What is counted in a period, and of one group: counts, rates, the hours that results took."""

from statistics import median

from msgspec import Struct, field

# What is counted, and the rates; render/bulletin/text.py says each in words.
COUNTS = (
    "received",
    "closed",
    "open",
    "overdue",
    "expired",
    "overdue_default",
    "expired_default",
    "duties_late",
    "duties_late_default",
    "changed",
    "recounted",
    "repeated",
    "joined",
    "long_paused",
    "second_notices",
    "untold",
    "unreported",
    "unfiled",
    "undone",
)
RATES = (
    "responded", "at_once", "on_time", "on_time_default", "accepted", "accepted_default", "returned",
    "handoffs", "passed_on", "told_once", "extended", "called_back", "resolved", "satisfied", "redone", "reported",
)  # fmt: skip
GROUPS = ("department", "category", "channel", "source", "staff")
# What rests on a limit: counted by whose limit it is. One that only this program proposes (默认)
# stands in a figure of its own, never in one number with a limit that somebody has set.
BY_LIMIT = frozenset({"overdue", "expired", "duties_late", "on_time", "accepted"})
# Counted once for a person, however many inquiries were joined into one (并案).
ONCE = frozenset({"overdue", "expired", "on_time"})
# A mean, not a share: how many handoffs an inquiry.
MEANS = frozenset({"handoffs"})


class Rate(Struct):
    """``n`` of ``of``."""

    n: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The quotient; None where there was nothing to count."""
        return self.n / self.of if self.of else None


class Figures(Struct):
    """The figures of one group; ``hours`` are the working hours that each result took."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    rates: dict[str, Rate] = field(default_factory=lambda: {name: Rate() for name in RATES})
    hours: list[float] = field(default_factory=list)

    @property
    def median_hours(self) -> float | None:
        """Half of the results took no longer; None without results."""
        return median(self.hours) if self.hours else None

    @property
    def p90_hours(self) -> float | None:
        """Nine in ten results took no longer (the nearest rank); None without results."""
        return sorted(self.hours)[-(-9 * len(self.hours) // 10) - 1] if self.hours else None

    def add(self, name: str, n: float, of: int) -> None:
        """Count one fact."""
        if name == "hours":
            self.hours.append(n)
        elif name in self.counts:
            self.counts[name] += int(n)
        else:
            self.rates[name].n += int(n)
            self.rates[name].of += of

    def put(self, other: "Figures") -> None:
        """Put the figures of others to these."""
        for name, count in other.counts.items():
            self.counts[name] += count
        for name, rate in other.rates.items():
            self.rates[name].n += rate.n
            self.rates[name].of += rate.of
        self.hours += other.hours
