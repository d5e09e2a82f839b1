"""Turn a post's content into HTML: blank lines are paragraphs, shortcodes are what they stood for, blocks lose their marks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

Remarks = list[tuple[str, str]]

_BLOCK = re.compile(r"<!--\s+(/?)wp:([a-z][a-z0-9_/-]*)\s*(\{.*?\}\s+)?(/?)-->", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
_SHORTCODE = re.compile(r"(\[?)\[(/?)([A-Za-z][\w-]*)((?:\s[^\[\]]*?)?)(/?)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_ADDRESS_ALONE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$")
_WHOLE = ("caption", "wp_caption", "embed", "media-credit", "audio", "video", "playlist", "gallery")
_PICTURE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
# Blocks that the site fills itself are told, unless nobody would miss them.
_SILENT = frozenset(["more", "nextpage", "spacer", "separator", "columns", "column", "group", "site-logo"])


def as_html(content: str, *, attached: Callable[[], list[str]], remarks: Remarks) -> str:
    """Return the HTML of a post; `attached` names the pictures that were uploaded to it, for a gallery that names none."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = _without_marks(content, remarks)
    pieces = _KEPT.split(content)
    # Split by a pattern with two groups: text, what is kept as it is, its tag, text …
    for place in range(0, len(pieces), 3):
        text = _ADDRESS_ALONE.sub(_link, _COMMENT.sub("", pieces[place]))
        pieces[place] = _BLANK_LINE.sub("<br><br>", _shortcodes(text, attached, remarks))
    return "".join(piece for place, piece in enumerate(pieces) if place % 3 != 2)


def _without_marks(content: str, remarks: Remarks) -> str:
    """Return the content without the marks round its blocks, and tell of blocks that are nothing but a mark."""
    if "<!-- wp:" not in content:
        return content

    def mark(found: re.Match[str]) -> str:
        name, is_alone = found[2].removeprefix("core/"), bool(found[4])
        if is_alone and not found[1] and name not in _SILENT:
            remarks.append(
                (" ".join(filter(None, (name, (found[3] or "").strip()))), "a block that the site filled itself")
            )
        # Two blocks are two paragraphs.
        return "\n\n"

    return _BLOCK.sub(mark, content)


def _link(found: re.Match[str]) -> str:
    address = html.escape(found[1])
    return f'<p><a href="{address}">{address}</a></p>'


def _shortcodes(text: str, attached: Callable[[], list[str]], remarks: Remarks) -> str:
    """Return the text with every shortcode replaced; what stood within one that we do not know stays."""
    if "[" not in text:
        return text
    closed = {found[3].lower() for found in _SHORTCODE.finditer(text) if found[2]}
    parts: list[str] = []
    place = 0
    for found in _SHORTCODE.finditer(text):
        if found.start() < place:
            continue
        name, attributes = found[3].lower(), _attributes(found[4])
        if found[1] and found[6]:
            parts += [text[place : found.start()], found[0][1:-1]]
            place = found.end()
            continue
        if not (name in _WHOLE or name in closed or "=" in found[4] or "_" in name):
            continue
        before = text[place : found.start()] + found[1]
        end = found.end() - len(found[6])
        if found[2]:
            parts.append(before)
        else:
            inner, after = _inner(text, name, end) if name in closed else ("", end)
            made = _made(name, attributes, inner, attached)
            if made is None:
                remarks.append((found[0], "a shortcode that is not known here; what stood within it stays"))
            else:
                end = after
            parts += [before, made or ""]
        place = end
    return "".join([*parts, text[place:]])


def _inner(text: str, name: str, start: int) -> tuple[str, int]:
    """Return what stands within a shortcode, and where it has ended."""
    closing = re.compile(rf"\[/{re.escape(name)}\s*\]", re.IGNORECASE).search(text, start)
    return (text[start : closing.start()], closing.end()) if closing else ("", start)


def _attributes(words: str) -> dict[str, str]:
    words = html.unescape(words).translate({0x201C: '"', 0x201D: '"', 0x2033: '"', 0x2019: "'"})
    found = {name.lower(): one or two or three for name, one, two, three in _ATTRIBUTE.findall(words)}
    # An address may stand there without saying what it is.
    alone = re.search(r"(?<![=\"'\w])https?://\S+", words)
    return found | ({"": alone[0]} if alone else {})


def _made(name: str, attributes: dict[str, str], inner: str, attached: Callable[[], list[str]]) -> str | None:
    if name in ("caption", "wp_caption", "media-credit"):
        picture = _PICTURE.search(inner)
        words = (inner[: picture.start()] + inner[picture.end() :] if picture else "").strip()
        words = words or html.escape(attributes.get("caption") or attributes.get("name") or "")
        if picture is None:
            return inner
        return f"<figure>{picture[0]}<figcaption>{words}</figcaption></figure>"
    if name == "gallery":
        keys = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "") or attached()
        return "".join(f'<img class="wp-image-{key}">' for key in keys)
    if name == "embed":
        address = html.escape(inner.strip() or attributes.get("src") or attributes.get("", ""))
        return f'<p><a href="{address}">{address}</a></p>'
    if name in ("audio", "video"):
        kinds = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv")
        address = next((attributes[kind] for kind in kinds if attributes.get(kind)), "") or attributes.get("", "")
        return f'<{name} src="{html.escape(address)}"></{name}>' if address else None
    return None
