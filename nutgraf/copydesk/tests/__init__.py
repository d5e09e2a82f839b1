"""Proof that copydesk keeps its promises."""
