"""The labels that a new newsroom starts with, by the job they do for the reader, and that copy is read by where none are given."""

_BY_JOB = {
    "WHY": "Why it matters|Why it's important|The stakes",
    "NEW": "Driving the news|The latest|What's new|What happened|What's happening|State of play|The details",
    "WIDE": "The big picture|Zoom out|The backdrop|Context|Background",
    "CLOSE": "Zoom in|By the numbers|How it works|Case in point",
    "VOICES": "What they're saying|What we're hearing|The other side",
    "LEAVES": "Between the lines|The intrigue|Behind the scenes",
    "DOUBT": "Yes, but|Reality check|The catch|Worth noting|What we don't know",
    "PAST": "Flashback|Catch up quick|How we got here",
    "FUTURE": "What's next|What to watch|What we're watching|What's ahead",
    "END": "The bottom line|The upshot|Go deeper",
}

# Pairs of job and name, with typographic apostrophes as they are printed.
LABELS_BY_JOB = [(job, name.replace("'", "\u2019")) for job, names in _BY_JOB.items() for name in names.split("|")]
HOUSE_LABELS = tuple(name for _, name in LABELS_BY_JOB)
