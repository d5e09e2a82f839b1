"""Copy assembled by chance of the fragments that its grammar knows, in order or in none, as text, Markdown and HTML."""

import html

from hypothesis import strategies as st

FORMS = ("text", "markdown", "html")

HEADLINES = [
    "Harbour crews walk out over night shifts",
    "Mayor: “We will not wait” for the bridge",
    "3 things to know about the new tram",
    "HARBOUR CREWS WALK OUT",
    "Is the bridge safe?",
    "Jan. 6 panel, council “out of step” on the vote",
    "شركة الميناء تعلق العمل",
]
EYEBROWS = ["Exclusive", "World", "Scoop:", "BREAKING"]
METAS = [
    "By Ida Brook and Tom Vale",
    "Ida Brook",
    "By Ida Brook, harbour reporter | 9 hours ago - World",
    "9 hours ago - World",
    "Updated 11 mins ago - Politics & Policy",
    "Jan 5, 2026 - Business",
    "Published: March 4, 2026, 9:15 a.m.",
    "Laurin-Mae O’Brien • Thursday • 3 min read",
    "Home > Business",
]
PICTURES = [
    "A crane at dusk. Photo: Jo Lind/Harbour Office/Handout/AFP via Getty Images",
    "Photo: AP",
    "Illustration: Ana Reyes/The Courier",
    "(Photo by Jo Lind)",
    "A crane at dusk.",
]
PARAGRAPHS = [
    "LARKHAVEN, March 4 (AP) — Crews at the harbour stopped work on Tuesday, and 2,500 people went home.",
    "Crews stopped work at the harbour.",
    "“We will not wait,” said Mayor Ana Reyes. “Not one more day.”",
    "Talks begin on March 10 in Geneva, with 3 to 5 more unions and a fee of $1.2 million.",
    "It was “limited”, he said",
    "العمال غاضبون, said one of them: \u202bلا\u202c.",
]
LABELS = ["Why it matters", "The bottom line", "Yes, but", "What the crews want", "By the numbers"]
MARKS = [": ", " — ", ". ", ":", "\n"]
BULLETS = ["•", "-", "*", "–", "1.", "a)", "o\t", "•\u00a0"]
PROMOS = [
    "(Reporting by Ida Brook; editing by Tom Vale)",
    "Crews wait. (Reporting by Ida Brook; editing by Tom Vale)",
    "Why it matters: (Editing by Tom Vale)",
    "Catch up on the harbour, curated by Ida Brook every day",
    "Share",
    "Go deeper",
    "Sign up for our newsletter.",
    "Advertisement",
    "-30-",
    "© 2026 The Courier",
    "Read more: How the tram was built",
    "---",
    "From: Ida Brook",
    "Hi all,",
    "Thanks,",
    "Sent from my phone",
]
EXPLICIT = [
    "Headline: Harbour crews walk out",
    "Slug: harbour",
    "[event] Talks open | where: Geneva | date: 2026-03-10",
    "[quote] We wait | speaker: Ana Reyes",
    "[number] 5 | counts: unions",
    "[picture] A crane | alt: A crane by the sea | credit: Photo: AP",
    "[event] Talks",
    "[lede] Crews || stopped",
    "[bullet] One more",
]
ODD = [
    "",
    " ",
    "\u00a0",
    "|",
    "By",
    "and",
    "“",
    "—",
    "\ufeff",
    "a\u0301",
    "\ud800",
    "\x00",
    "___",
    "&amp;",
    "> quoted",
    "#",
    "* * *",
    "**",
]


def _any_of(*groups):
    return st.sampled_from([one for group in groups for one in group])


@st.composite
def points(draw, form):
    """Draw a point with its bullets, as lines."""
    label, mark = draw(st.sampled_from(LABELS)), draw(st.sampled_from(MARKS))
    bold = {"markdown": "**", "html": ""}.get(form, "")
    lines = [f"{bold}{label}{mark.strip() and mark.rstrip()}{bold} {draw(st.sampled_from(PARAGRAPHS))}"]
    if mark == "\n":
        lines = [f"{label}", draw(st.sampled_from(PARAGRAPHS))]
    sign = draw(st.sampled_from(BULLETS))
    for _ in range(draw(st.integers(0, 3))):
        indent = draw(st.sampled_from(["", "  ", "\t", "    "]))
        lines.append(f"{indent}{sign} {draw(st.sampled_from(PARAGRAPHS))}")
    return lines


@st.composite
def stories(draw, form):
    """Draw the lines of a whole story, in the order in which a page gives them."""
    heading = {"markdown": "# "}.get(form, "")
    lines = [f"{heading}{draw(st.sampled_from(HEADLINES[:-2]))}", "By Ida Brook and Tom Vale"]
    lines += draw(st.lists(st.sampled_from(METAS[3:6]), max_size=1))
    lines += draw(st.lists(st.sampled_from(PICTURES[:1]), max_size=1))
    lines.append(draw(st.sampled_from(PARAGRAPHS[:2])))
    for point in draw(st.lists(points(form), min_size=1, max_size=4)):
        lines += point
    return lines


def soups(form):
    """Draw lines of every kind in any order."""
    single = _any_of(HEADLINES, EYEBROWS, METAS, PICTURES, PARAGRAPHS, LABELS, PROMOS, EXPLICIT, ODD).map(
        lambda one: [one]
    )
    return st.lists(st.one_of(single, single, points(form)), max_size=14).map(lambda many: sum(many, []))


@st.composite
def copy_in(draw, form, *, whole=False):
    """Draw copy in a form: whole stories after one another, or whatever there is in any order."""
    if whole:
        lines: list[str] = sum(draw(st.lists(stories(form), min_size=1, max_size=3)), [])
        return "\n\n".join(lines)
    lines = draw(st.one_of(soups(form), st.lists(stories(form), max_size=3).map(lambda many: sum(many, []))))
    if form == "html":
        return "".join(draw(_elements(line)) for line in lines)
    gaps = draw(st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n", " \n", "\r\n"]), min_size=1, max_size=4))
    return "".join(line + gaps[place % len(gaps)] for place, line in enumerate(lines))


def _elements(line):
    """Draw an element that holds a line; some are opened and never closed, some hold what nobody sees."""
    words = html.escape(line.strip(), quote=False)
    bold, _, rest = words.partition(":")
    return st.sampled_from(
        [
            f"<p>{words}</p>",
            f"<div>{words}<br>",
            f"<h1>{words}</h1>",
            f"<h2>{words}</h2>",
            f"<ul><li>{words}<ul><li>{words}</ul></ul>",
            f"<p><b>{bold}:</b> {rest}</p>",
            f"<nav>{words}</nav>",
            f"<figure><img alt='{html.escape(words)}'><figcaption>{words}</figcaption></figure>",
            f"<article><header>{words}</header>{words}</article>",
            f"<script>{words}</script><p hidden>{words}</p>",
            f"<table><tr><td>•</td><td>{words}</td></tr></table>",
            f"<table><tr><td>•</td><td></td></tr></table><p>{words}",
            "<p>•</p><p>-</p>",
            f"<blockquote><div><span>{words}",
            f"<a href='https://x.example/?a=1&b=2'>{words}</a>",
            f"<time datetime='2026-03-04T09:15Z'>{words}</time>",
        ]
    )
