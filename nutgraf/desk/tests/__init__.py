"""Proof of what editors see and may do."""
