"""Feeds: what is new, in the three forms that feed readers understand, written from one description."""
