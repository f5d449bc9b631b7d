"""The year's appraisal as text, sheets and HTML."""
