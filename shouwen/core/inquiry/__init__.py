"""An inquiry: its header, its events, what they add up to, who may be named."""
