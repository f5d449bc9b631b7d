"""Oversight: reminders, overdue, accountability, appraisal, bulletin."""
