"""What commands talk through: prompts, colour, pager, progress, options, completion, help pages."""
