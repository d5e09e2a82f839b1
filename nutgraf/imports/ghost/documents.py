"""Write the documents that Ghost keeps, Lexical and Mobiledoc, as HTML; what they hold that we do not know is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from markdown_it import MarkdownIt

Remarks = list[tuple[str, str]]
Node = dict[str, Any]

DEPTH = 60
_FORMATS = {1: "strong", 2: "em"}
_SILENT = frozenset(["paywall", "horizontalrule", "hr", "email", "email-cta", "signup", "tab"])
_TOLD = frozenset(["email", "email-cta", "signup"])


def from_lexical(source: str, remarks: Remarks) -> str:
    """Return the HTML of a Lexical document; raises ValueError for what is none."""
    return _Lexical(remarks).inside(_loaded(source)["root"], 0)


def from_mobiledoc(source: str, remarks: Remarks) -> str:
    """Return the HTML of a Mobiledoc document; raises ValueError for what is none."""
    document = _loaded(source)
    try:
        return "".join(_section(section, document, remarks) for section in document.get("sections", []))
    except (LookupError, TypeError) as error:
        raise ValueError(f"no Mobiledoc ({error})") from None


def _loaded(source: str) -> Node:
    try:
        document = json.loads(source)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(document, dict):
        raise ValueError("no document")
    return document


# Lexical


class _Lexical:
    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks

    def inside(self, node: Any, depth: int) -> str:
        if depth > DEPTH or not isinstance(node, dict):
            raise ValueError("nested too deep, or no document")
        return "".join(self.node(child, depth + 1) for child in node.get("children") or [])

    def node(self, node: Any, depth: int) -> str:
        if not isinstance(node, dict):
            raise ValueError("no document")
        kind = str(node.get("type", ""))
        if kind in ("text", "extended-text"):
            return _formatted(str(node.get("text", "")), int(node.get("format") or 0))
        if kind == "linebreak":
            return "<br>"
        if kind in ("paragraph", "aside", "quote", "extended-quote"):
            tag = "p" if kind == "paragraph" else "blockquote"
            return f"<{tag}>{self.inside(node, depth)}</{tag}>"
        if kind in ("heading", "extended-heading"):
            return f"<h2>{self.inside(node, depth)}</h2>"
        if kind == "list":
            return f"<ul>{self.inside(node, depth)}</ul>"
        if kind == "listitem":
            return f"<li>{self.inside(node, depth)}</li>"
        if kind in ("link", "autolink"):
            return f'<a href="{escape(str(node.get("url") or ""))}">{self.inside(node, depth)}</a>'
        if "children" in node:
            return self.inside(node, depth)
        return card(kind, node, self.remarks)


def _formatted(words: str, bits: int) -> str:
    html = escape(words, quote=False)
    for bit, tag in _FORMATS.items():
        html = f"<{tag}>{html}</{tag}>" if bits & bit else html
    return html


# Mobiledoc


def _section(section: list[Any], document: Node, remarks: Remarks) -> str:
    kind = section[0]
    if kind == 1:
        return f"<{_tag(section[1])}>{_markers(section[2], document)}</{_tag(section[1])}>"
    if kind == 2:
        return f'<img src="{escape(str(section[1]))}">'
    if kind == 3:
        return "<ul>" + "".join(f"<li>{_markers(item, document)}</li>" for item in section[2]) + "</ul>"
    name, content = document["cards"][section[1]]
    return card(str(name), content, remarks)


def _tag(name: str) -> str:
    return (
        name
        if name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
        else "blockquote"
        if name == "aside"
        else "p"
    )


def _markers(markers: Iterable[list[Any]], document: Node) -> str:
    parts: list[str] = []
    open_tags: list[str] = []
    for kind, opened, closed, value in markers:
        for number in opened:
            tag, *attributes = document["markups"][number]
            tag = tag if tag in ("a", "strong", "em", "b", "i") else "span"
            href = dict(zip(attributes[0][::2], attributes[0][1::2], strict=False)).get("href") if attributes else None
            parts.append(f'<a href="{escape(str(href))}">' if href and tag == "a" else f"<{tag}>")
            open_tags.append(tag)
        parts.append(escape(str(value), quote=False) if kind == 0 else _atom(document["atoms"][value]))
        parts += [f"</{open_tags.pop()}>" for _ in range(closed) if open_tags]
    return "".join(parts)


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False)


# Cards, which both have


def card(kind: str, content: Node, remarks: Remarks) -> str:
    """Return what a card shows."""
    if made := _CARDS.get(kind):
        return made(content)
    if kind in _TOLD or kind not in _SILENT:
        words = json.dumps(content, ensure_ascii=False)[:400]
        remarks.append((f"{kind}: {words}", "a card that is not known here"))
    return ""


def _image(content: Node) -> str:
    caption = f"<figcaption>{content.get('caption') or ''}</figcaption>"
    return f'<figure><img src="{_said(content, "src")}" alt="{_said(content, "alt")}">{caption}</figure>'


def _gallery(content: Node) -> str:
    caption = content.get("caption")
    return "".join(map(_image, content.get("images") or [])) + (f"<p>{caption}</p>" if caption else "")


def _played(tag: str) -> Callable[[Node], str]:
    return lambda content: (
        f'<{tag} src="{_said(content, "src")}" title="{_said(content, "title")}"></{tag}>' + _caption(content)
    )


def _bookmark(content: Node) -> str:
    about = content.get("metadata") or {}
    url = str(content.get("url") or about.get("url") or "")
    title = escape(str(about.get("title") or url), quote=False)
    return f'<p><a href="{escape(url)}">{title}</a></p>' + _caption(content)


def _embed(content: Node) -> str:
    url = str(content.get("url") or "")
    return f'<iframe src="{escape(url)}"></iframe>{_caption(content)}' if url else str(content.get("html") or "")


def _caption(content: Node) -> str:
    return f"<p>{content['caption']}</p>" if content.get("caption") else ""


def _button(content: Node) -> str:
    return f'<p><a href="{_said(content, "buttonUrl")}">{_said(content, "buttonText")}</a></p>'


def _markdown(content: Node) -> str:

    return str(MarkdownIt("commonmark").render(str(content.get("markdown") or "")))


def _said(content: Node, name: str) -> str:
    return escape(str(content.get(name) or ""))


_CARDS: dict[str, Callable[[Node], str]] = {
    "image": _image,
    "gallery": _gallery,
    "html": lambda content: str(content.get("html") or ""),
    "markdown": _markdown,
    "card-markdown": _markdown,
    "code": lambda content: f"<pre>{_said(content, 'code')}</pre>{_caption(content)}",
    "codeblock": lambda content: f"<pre>{_said(content, 'code')}</pre>{_caption(content)}",
    "video": _played("video"),
    "audio": _played("audio"),
    "bookmark": _bookmark,
    "embed": _embed,
    "button": _button,
    "callout": lambda content: f"<p>{content.get('calloutText') or ''}</p>",
    "toggle": lambda content: f"<h3>{content.get('heading') or ''}</h3><div>{content.get('content') or ''}</div>",
    "header": lambda content: f"<h2>{content.get('header') or ''}</h2><p>{content.get('subheader') or ''}</p>",
    "file": lambda content: (
        f'<p><a href="{_said(content, "src")}">{_said(content, "fileTitle") or _said(content, "fileName")}</a></p>'
    ),
    "product": lambda content: (
        f"<h3>{content.get('productTitle') or ''}</h3><p>{content.get('productDescription') or ''}</p>"
    ),
    "call-to-action": lambda content: f"<p>{content.get('textValue') or ''}</p>" + _button(content),
}
