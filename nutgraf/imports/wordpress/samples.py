"""WordPress exports for tests and measurements, written as the site itself writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Old Paper</title>
<link>https://old.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example.org</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[rosa]]></wp:author_login>\
<wp:author_email><![CDATA[rosa@example.org]]></wp:author_email>\
<wp:author_display_name><![CDATA[Rosa Vale]]></wp:author_display_name></wp:author>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[eli]]></wp:author_login>\
<wp:author_display_name><![CDATA[Eli Marsh]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>uncategorized</wp:category_nicename>\
<wp:cat_name><![CDATA[Uncategorized]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>sea</wp:category_nicename>\
<wp:cat_name><![CDATA[At sea]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>5</wp:term_id><wp:category_nicename>town</wp:category_nicename>\
<wp:cat_name><![CDATA[Town]]></wp:cat_name></wp:category>
"""
FOOT = "</channel>\n</rss>\n"


def make_item(
    number: int = 7,
    *,
    title: str = "Harbour closed by ice",
    content: str = "The harbour closed on Tuesday.\n\n<strong>Why it matters:</strong> Bread comes by ship.",
    excerpt: str = "",
    meta: Mapping[str, str] | None = None,
    terms: Iterable[tuple[str, str, str]] = (("category", "sea", "At sea"),),
    comments: int = 0,
    **texts: Any,
) -> str:
    """Return one item; `texts` are its own elements by their names, without the prefix."""
    given = {
        "post_id": str(number),
        "post_date": "2019-03-05 23:30:00",
        "post_date_gmt": "2019-03-05 23:30:00",
        "post_name": f"harbour-{number}",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
    } | texts
    link = given.pop("link", f"https://old.example.org/2019/03/{given['post_name']}/")
    lines = [
        "<item>",
        f"<title><![CDATA[{title}]]></title>",
        f"<link>{escape(link)}</link>",
        f"<dc:creator><![CDATA[{given.pop('creator', 'rosa')}]]></dc:creator>",
        f"<content:encoded><![CDATA[{content}]]></content:encoded>",
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>",
        *(f"<wp:{name}><![CDATA[{words}]]></wp:{name}>" for name, words in given.items()),
        *(
            f'<category domain="{taxonomy}" nicename="{escape(slug)}"><![CDATA[{words}]]></category>'
            for taxonomy, slug, words in terms
        ),
        *(
            f"<wp:postmeta><wp:meta_key><![CDATA[{name}]]></wp:meta_key><wp:meta_value><![CDATA[{words}]]></wp:meta_value></wp:postmeta>"
            for name, words in (meta or {}).items()
        ),
        *("<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>" for _ in range(comments)),
        "</item>\n",
    ]
    return "\n".join(lines)


def make_attachment(number: int = 3, name: str = "ice.jpg", **texts: Any) -> str:
    """Return an item that is a picture."""
    return make_item(
        number,
        title=texts.pop("title", "Ice"),
        content="",
        excerpt=texts.pop("caption", "Ice on Monday."),
        terms=(),
        meta={"_wp_attachment_image_alt": "Floes.", "_media_credit": "Ada Quill"},
        **{
            "post_type": "attachment",
            "status": "inherit",
            "attachment_url": f"https://old.example.org/wp-content/uploads/2019/03/{name}",
        }
        | texts,
    )


def make_export(*items: str) -> str:
    """Return a whole export."""
    return HEAD + "".join(items) + FOOT
