"""Values to text: words, tables, stories, reports. Reads no file, prints nothing."""
