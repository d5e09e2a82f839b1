"""Proof that stories keeps its promises."""
