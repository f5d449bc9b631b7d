"""Paper forms: their layout, contents and kinds; registers; text and HTML."""
