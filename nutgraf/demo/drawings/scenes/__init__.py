"""Illustrated scenes, one function each, kept by the part of the world that they show."""
