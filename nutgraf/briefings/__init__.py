"""Newsletters: a briefing and its editions, as a page and as a mail, made of stories that exist."""
