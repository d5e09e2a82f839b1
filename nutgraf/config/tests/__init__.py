"""Tests of what holds the newsroom together."""
