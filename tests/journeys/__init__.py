"""Journeys: a reporter files, an editor publishes, a reader reads, in a real browser."""
