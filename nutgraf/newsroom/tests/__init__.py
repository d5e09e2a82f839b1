"""Proof that newsroom keeps its promises."""
