"""Tests that belong to no one app: the house rules, and journeys through the whole newsroom."""
