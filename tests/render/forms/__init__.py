"""Tests of shouwen/render/forms."""
