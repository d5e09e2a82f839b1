"""Proof that a stored page is never another than the one that would be rendered now."""
