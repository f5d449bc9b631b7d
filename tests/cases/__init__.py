"""Cases as a jurist writes them."""
