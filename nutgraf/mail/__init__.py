"""Bytes to inboxes: what is to be posted, to whom it has gone, at what pace, and what came back."""
