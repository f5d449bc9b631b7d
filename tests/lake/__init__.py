"""Facts of many offices in a lake, and the reports that are made from them."""
