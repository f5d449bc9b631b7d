"""Cases against staff, what the regulation has for them, the year's appraisal."""
