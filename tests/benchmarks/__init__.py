"""Measurements of shouwen beside its peers; see ``__main__``. No part of the test run times anything."""
