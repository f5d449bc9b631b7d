"""Every kind of act at once on three clones, sync among them, some killed: what was acknowledged is there."""
