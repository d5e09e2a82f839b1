"""What every page of the reader needs: the newsroom, its sections, its styles, and streams of stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import nh3
from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nutgraf.live import queries as live_queries
from nutgraf.media import renditions
from nutgraf.media.models import Picture
from nutgraf.newsroom.models import Author, Newsroom, Section
from nutgraf.published.fragments import fragment
from nutgraf.reader import addresses, bundle, json_ld, live
from nutgraf.reader.sharing import picture
from nutgraf.stories.models import PublicVersion, Story
from nutgraf.storylines.models import Storyline
from nutgraf.streams import queries
from nutgraf.streams.queries import StreamPage

register = template.Library()

# As wide and as high as most places show it.
SHARED = renditions.Spec(1200, (40, 21), "jpg")


@register.simple_tag(takes_context=True)
def newsroom(context: Context) -> Newsroom:
    """Return the newsroom: one query at most a page, however often it is asked for."""
    return once(context, "newsroom", lambda: fragment("newsroom", Newsroom.load))


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    """Return every section in its order, by name and address: one query at most a page."""
    return once(context, "sections", lambda: fragment("sections", lambda: list(Section.objects.only("name", "slug"))))


@register.simple_tag(takes_context=True)
def is_of_the_desk(context: Context) -> bool:
    """Say whether this may be somebody of the desk's, without asking who it is.

    That would make a page one reader's, and such a page is not stored; whoever
    has no session is nobody of ours.
    """
    request = context.get("request")
    is_preview = getattr(request, "is_preview", False)
    return is_preview or (request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES)


@register.simple_tag
def latest_stories(size: int) -> StreamPage:
    """Return the newest stories, for a page that has nothing else to show."""
    return queries.page(size=size)


@register.simple_tag
def stories_under(story: Story) -> StreamPage:
    """Return the first page of the stream under a story, without the story itself."""
    return queries.page(without=[story.pk] if story.pk else [])


@register.simple_tag
def storylines_of(story: Story) -> list[Storyline]:
    """Return the storylines that a story belongs to; of a story that is tried out, those of its draft."""
    places = [place.storyline.merged_into or place.storyline for place in story.storyline_places.all()]
    return list({storyline.pk: storyline for storyline in places}.values())


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """Return a path of ours as a whole address, as others have to write it."""
    return addresses.whole(path, context.get("request"))


@register.simple_tag
def reader_css() -> SafeString:
    """Link the joined stylesheet, or while developing the files as they are written."""
    names = [bundle.built()["css"]] if bundle.built() else [bundle.ENTRY, *_theme()]
    return style_tags(names)


@register.simple_tag
def reader_js() -> SafeString:
    """Load the joined scripts, or while developing each module."""
    names = [bundle.built()["js"]] if bundle.built() else bundle.SCRIPTS
    return script_tags(names)


@register.simple_tag
def page_style(component: str) -> SafeString:
    """Link the styles of a component that few pages have."""
    return style_tags([f"reader/components/{component}.css"])


def style_tags(names: Iterable[str]) -> SafeString:
    """Link each of the named static files as a stylesheet."""
    return _tags('<link rel="stylesheet" href="{}">', names)


def script_tags(names: Iterable[str]) -> SafeString:
    """Load each of the named static files as a module."""
    return _tags('<script type="module" src="{}"></script>', names)


@register.simple_tag
def author_names(authors: Iterable[Author]) -> SafeString:
    """Name authors as one reads them aloud, each linked to their page."""
    *others, latest = [
        format_html('<a rel="author" href="{}">{}</a>', author.get_absolute_url(), author.name) for author in authors
    ] or [SafeString()]
    if not others:
        return latest
    return format_html(
        _("{names} and {name}"), names=format_html_join(_(", "), "{}", ((one,) for one in others)), name=latest
    )


@register.simple_tag(takes_context=True)
def story_data(context: Context, story: Story, notes: list[PublicVersion]) -> SafeString:
    """Write a public story for machines; of a draft there is nothing to say to them."""
    if not story.first_published_at or not story.section:
        return SafeString()
    article = json_ld.news_article(story, notes, newsroom=newsroom(context), request=context.get("request"))
    if run := once(context, f"live {story.pk}", lambda: live_queries.run_of(story)):
        part = once(context, f"live part {run.pk}", lambda: live_queries.opening(run))
        article |= live.as_posting(run, part.entries, address=article["url"])
    steps = [(story.section.name, story.section.get_absolute_url()), (story.headline, str(story.address))]
    return json_ld.script(article) + json_ld.script(json_ld.breadcrumbs(*steps, request=context.get("request")))


@register.simple_tag(takes_context=True)
def author_data(context: Context, author: Author) -> SafeString:
    """Write who an author is for machines."""
    return json_ld.script(json_ld.profile(author, newsroom=newsroom(context), request=context.get("request")))


@register.simple_tag(takes_context=True)
def list_data(context: Context, name: str, path: str) -> SafeString:
    """Write for machines that a page lists stories."""
    return json_ld.script(json_ld.collection(name, path, newsroom=newsroom(context), request=context.get("request")))


@register.simple_tag
def share_picture(picture: Picture) -> dict[str, Any]:
    """Return the address and the size of a picture as it stands beside a link to the page elsewhere."""
    width, height = SHARED.cut(picture)[1]
    return {"path": renditions.address(picture, SHARED), "width": width, "height": height}


@register.simple_tag(takes_context=True)
def drawn_picture(context: Context, story: Story) -> str:
    """Return the address of the picture that is drawn of a story's words, or nothing where none can be."""
    return picture.address(story, newsroom(context))


register.filter("alternate", addresses.alternate)


@register.filter
def on_card(source: str) -> SafeString:
    """Return rich text for a card: its words with bold and italics, on one line, without links."""
    words = nh3.clean(source.replace("</p>", " ").replace("<br", " <br"), tags={"b", "strong", "i", "em"})
    return mark_safe(words.strip())  # noqa: S308 - nh3 has just cleaned it


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the family name, for authors without a portrait."""
    words = name.split()
    return words[0][0] + words[-1][0] if len(words) > 1 else name[:1]


def once(context: Context, name: str, load: Callable[[], Any]) -> Any:
    """Return what a page asks for once, however many of its parts need it."""
    # A preview in the desk and a mail have no request; then the rendering keeps it.
    holder = context.get("request") or context.render_context
    kept: dict[str, Any] = holder.__dict__.setdefault("_reader", {})
    if name not in kept:
        kept[name] = load()
    return kept[name]


def _theme() -> list[str]:
    return [name for name in bundle.stylesheets() if name == bundle.THEME]


def _tags(markup: str, names: Iterable[str]) -> SafeString:
    return format_html_join("\n", markup, ((static(name),) for name in names))
