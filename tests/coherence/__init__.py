"""Proof that no stored page is ever stale: a newsroom at work for thousands of steps, and processes that die meanwhile."""
