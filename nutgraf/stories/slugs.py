"""Make the last word of a story's address out of its headline: short enough to be read aloud."""

LONGEST = 60


def shorten(slug: str) -> str:
    """Return a slug cut at the end of a word; a first word that is longer than all is cut where it must be."""
    if len(slug) <= LONGEST:
        return slug
    whole_words, _, _ = slug[: LONGEST + 1].rpartition("-")
    return whole_words.rstrip("-") or slug[:LONGEST]
