"""Tests of what readers see."""
