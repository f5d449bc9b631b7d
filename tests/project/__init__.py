"""Tests of the project itself: layers, habits, documents, help."""
