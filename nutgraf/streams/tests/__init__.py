"""Proof that streams keeps its promises."""
