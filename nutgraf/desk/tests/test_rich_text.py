"""Nothing that a browser would run gets through the story form: it is neither stored nor shown."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from wagtail.rich_text import expand_db_html

from nutgraf.desk.samples import filled_form, filled_paragraph, filled_point, filled_quote
from nutgraf.stories.models import ArchiveMonth, Story
from nutgraf.stories.samples import make_story, paragraph, point

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>steal()</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=steal()>",
    "<svg/onload=steal()>",
    '<a href="javascript:steal()">read on</a>',
    '<a href="JaVa\tScRiPt:steal()">read on</a>',
    '<a href="&#106;avascript:steal()">read on</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">read on</a>',
    '<a href="vbscript:steal()">read on</a>',
    '<a href="https://example.org/" onmouseover="steal()">read on</a>',
    '<b style="background:url(javascript:steal())">bold</b>',
    '<iframe srcdoc="<script>steal()</script>"></iframe>',
    "<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></mglyph></table></mtext></math>",
    '<p></p><!-- --><form action="javascript:steal()"><button>send</button></form>',
    "</p></div></body><script>steal()</script>",
    '<object data="javascript:steal()"></object><embed src="javascript:steal()">',
    "{{ constructor.constructor('steal()')() }}",
]
TAGS = {"p", "br", "b", "strong", "i", "em", "a"}
SCHEMES = {"http", "https", "mailto", "tel"}
# How many paragraphs to put into one text.
BATCH = 500


def runs(address):
    """Say whether an address may do anything but lead somewhere, read as browsers do: without control characters."""
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address).lower())
    return bool(scheme) and scheme[1] not in SCHEMES


def is_harmless(markup):
    """Say whether markup holds nothing but bold, italic, links to pages and paragraphs."""
    for tag in BeautifulSoup(markup, "html.parser").find_all(True):
        extra = set(tag.attrs) - {"data-block-key"}
        if tag.name not in TAGS or extra - ({"href", "linktype", "id"} if tag.name == "a" else set()):
            return False
        if runs(tag.get("href", "")):
            return False
    return True


def runs_nothing(page):
    """Say whether markup, whatever it is made of, holds nothing that a browser would run."""
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        if tag.name in {"script", "iframe", "object", "embed", "svg", "math", "form", "style", "link", "meta", "base"}:
            return False
        for name, value in tag.attrs.items():
            if name.startswith("on") or name in {"style", "srcdoc"} or (name in {"href", "src"} and runs(value)):
                return False
    return True


def typed(*payloads):
    """Payloads as paragraphs typed into the editor, each with a link to itself, as the editor would send them."""
    blocks = [
        {
            "key": f"{place:05}",
            "text": payload,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [],
            "entityRanges": [{"key": place, "offset": 0, "length": len(payload)}],
        }
        for place, payload in enumerate(payloads)
    ]
    links = [{"type": "LINK", "mutability": "MUTABLE", "data": {"url": payload}} for payload in payloads]
    return json.dumps({"blocks": blocks, "entityMap": {str(key): link for key, link in enumerate(links)}})


def sources(story):
    """Return every sentence of a story as it is stored."""
    yield story.lede
    for part in story.body:
        if part.block_type in ("point", "paragraph"):
            yield part.value["text"].source


def check(story):
    for source in sources(story):
        assert is_harmless(source), source
        assert is_harmless(expand_db_html(source)), source
    assert runs_nothing(str(story.body))
    for row in story.points.all() if story.pk else []:
        assert is_harmless(row.html)


def in_editor(text):
    return ("paragraph", {"text": text, "bullets": {"count": 0}, "facts": {"count": 0}})


def through_the_form(client, add_url, form, payload):
    """Save a story with this payload wherever words go, and return it."""
    parts = [in_editor(typed(payload)), filled_quote(words=payload, speaker=payload), filled_point(label=payload[:60])]
    response = client.post(add_url, form(*parts, lede=typed(payload)))
    assert response.status_code == 302, response.context["form"].errors
    return Story.objects.latest("pk")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_does_not_pass_the_form(at_desk, eli, add_url, form, payload):
    story = through_the_form(at_desk(eli), add_url, form, payload)

    check(story)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_does_not_pass_where_there_is_no_form(founded, payload):
    laced = f"Bread {payload} comes by ship."

    story = make_story("Laced", point("Why it matters", "Bread."), paragraph(laced), lede=laced)

    check(story)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("LINK", {"url": "javascript:steal()"}),
        ("LINK", {"id": "1", "url": "javascript:steal()", "onclick": "steal()"}),
        ("LINK", {"linktype": 'page" onclick="steal()', "id": '1" onclick="steal()'}),
        ("IMAGE", {"id": "1", "src": 'x" onerror="steal()', "alt": "<script>", "format": "left"}),
        ("EMBED", {"url": "https://evil.example/", "embedType": "video"}),
        ("DOCUMENT", {"id": "1", "url": "javascript:steal()"}),
        ("STEAL", {"html": "<script>steal()</script>"}),
    ],
)
@pytest.mark.parametrize("block", ["unstyled", "atomic", "header-two", "steal"])
def test_what_no_editor_of_ours_sends_does_not_pass_the_form(at_desk, eli, add_url, form, kind, data, block):
    state = json.loads(typed("read on"))
    state["blocks"][0] |= {"type": block, "inlineStyleRanges": [{"offset": 0, "length": 4, "style": "STEAL"}]}
    state["entityMap"]["0"] = {"type": kind, "mutability": "MUTABLE", "data": data}

    response = at_desk(eli).post(add_url, form(in_editor(json.dumps(state))))

    assert response.status_code == 302
    check(Story.objects.get())


def test_a_payload_in_a_headline_is_only_words(at_desk, eli, add_url, form):
    client = at_desk(eli)
    client.post(add_url, form(title="<script>steal()</script>", slug="steal", aim="publish"))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "&lt;script&gt;steal()&lt;/script&gt;" in page
    assert "<script>steal()" not in page


def test_what_a_sentence_may_hold_stays(at_desk, eli, add_url, form):
    text = '<p>Ships <b>may</b> <i>enter</i> <a href="https://example.org/port">again</a>.</p>'

    at_desk(eli).post(add_url, form(filled_paragraph(text)))

    soup = BeautifulSoup(list(sources(Story.objects.get()))[1], "html.parser")
    assert [tag.name for tag in soup.find_all(True)] == ["p", "b", "i", "a"]
    assert soup.a["href"] == "https://example.org/port"


def test_known_payloads_do_not_pass_the_form(add_url, eli, public_data):
    text = (public_data / "xss" / "payloads.txt").read_text(encoding="utf-8", errors="replace")
    # The form refuses null characters by itself, as any of Django's does.
    payloads = [line.replace("\x00", "") for line in text.splitlines() if line.strip()]
    form_class, month = Story.get_edit_handler().get_form_class(), ArchiveMonth.objects.get()

    for start in range(0, len(payloads), BATCH):
        batch = payloads[start : start + BATCH]
        data = MultiValueDict(
            {
                name: value if name == "bylines" else [value]
                for name, value in filled_form(in_editor(typed(*batch))).items()
            }
        )
        filled = form_class(data, instance=Story(owner=eli), parent_page=month, for_user=eli)
        filled.defer_required_fields()
        assert filled.is_valid(), filled.errors
        check(filled.save(commit=False))
