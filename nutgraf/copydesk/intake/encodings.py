"""Turn bytes into text, and say which encoding they were in; refuse what is no text, with a sentence that says why."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

LIMIT = 50 * 1024 * 1024
SAMPLE = 64 * 1024

# Encodings that news copy has been seen in. The library knows a hundred, and mistakes short texts for the rare ones.
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "iso8859_7", "koi8_r"]
_LIKELY += ["mac_roman", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr"]
# What a western text holds beside ASCII, if its bytes are read as Windows-1252.
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸšžŠŽ‘’“”„‚–—…•·«»‹›€£©®™°§†‡½¼¾²³´¨¡¿ªº×\u00a0\u00ad"
)
_LATIN = {"cp1252", "cp1250", "cp1254", "iso8859_2", "mac_roman"}
_NAMES = {"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252", "cp1253": "windows-1253"}
_NAMES |= {"cp1254": "windows-1254", "cp1255": "windows-1255", "cp1256": "windows-1256", "iso8859-1": "iso-8859-1"}
_NAMES |= {"utf_8": "utf-8", "shift_jis": "shift-jis", "euc_jp": "euc-jp", "euc_kr": "euc-kr", "koi8_r": "koi8-r"}
_NAMES |= {"iso8859_2": "iso-8859-2", "iso8859_7": "iso-8859-7", "mac_roman": "macintosh", "iso2022_jp": "iso-2022-jp"}

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_KINDS = [
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich text document"),
]
_DECLARED = re.compile(
    rb"<(?:meta\s[^>]{0,200}?charset\s*=\s*[\"']?|\?xml\s[^>]{0,100}?encoding\s*=\s*[\"'])([\w-]{2,40})", re.IGNORECASE
)
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27})


class CopyRefused(ValueError):
    """This cannot be read as copy; the message is a sentence for the person who tried."""


def too_long(size: int) -> CopyRefused:
    """Return the refusal of copy over the limit."""
    return CopyRefused(
        f"This is {size / 1024 / 1024:,.1f} MB. Copy of up to {LIMIT // 1024 // 1024} MB is read; cut it into parts."
    )


def decode(source: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; raises CopyRefused for what is too long or no text."""
    if len(source) > LIMIT:
        raise too_long(len(source))
    for bom, name in _BOMS:
        if source.startswith(bom):
            return _decoded(source[len(bom) :], name)
    for start, kind in _KINDS:
        if source.startswith(start):
            raise CopyRefused(f"This is {kind}, not text. Open it, copy its text and paste that.")
    if b"\0" in source:
        return _decoded_with_nuls(source)
    if len(source.translate(None, _CONTROLS)) < 0.9 * len(source):
        raise CopyRefused("This is not text: it is full of control characters.")
    try:
        return source.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_as_declared(source) or _decoded_mixed(source) or _decoded_as_detected(source)


def _decoded(source: bytes, name: str) -> tuple[str, str]:
    return source.decode(name, errors="replace"), name


def _decoded_with_nuls(source: bytes) -> tuple[str, str]:
    """Read UTF-16 that has no mark of it: half of its bytes are zero, all on one side. Else it is no text."""
    even, odd = source[::2].count(0), source[1::2].count(0)
    half = len(source) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return _decoded(source, "utf-16-le")
    if even > 0.4 * half and odd < 0.05 * half:
        return _decoded(source, "utf-16-be")
    if even + odd < 0.001 * len(source) and _is_mostly_text(source):
        return decode(source.replace(b"\0", b""))
    raise CopyRefused("This is not text but the bytes of some other kind of file.")


def _is_mostly_text(source: bytes) -> bool:
    return len(source.translate(None, _CONTROLS)) > 0.98 * len(source)


def _decoded_as_declared(source: bytes) -> tuple[str, str] | None:
    declared = _DECLARED.search(source[:4096])
    if not declared:
        return None
    try:
        # Browsers read Latin-1 as Windows-1252, and so do those who declare it.
        codec = codecs.lookup(declared[1].decode("ascii")).name
        codec = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codec, codec)
        return source.decode(codec), _NAMES.get(codec, codec)
    except (LookupError, UnicodeDecodeError):
        return None


def _decoded_mixed(source: bytes) -> tuple[str, str] | None:
    """Read UTF-8 into which bytes of Windows-1252 were pasted, if most of it is UTF-8."""
    sample = _telling(source)
    strays = len(sample.decode("utf-8", errors="copydesk.count")) - len(sample.decode("utf-8", errors="ignore"))
    if len(_SEQUENCE.findall(sample)) < strays:
        return None
    return source.decode("utf-8", errors="copydesk.western"), "utf-8 with windows-1252"


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", errors="replace"), error.start + 1


def _count(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd", error.start + 1


codecs.register_error("copydesk.western", _western)
codecs.register_error("copydesk.count", _count)


def _decoded_as_detected(source: bytes) -> tuple[str, str]:
    # Only here: nearly all copy is UTF-8, and needs no detecting.
    from charset_normalizer import from_bytes

    sample = _telling(source)
    best = from_bytes(sample, cp_isolation=_LIKELY).best()
    codec = _preferred(best, sample)
    try:
        return source.decode(codec), _NAMES.get(codec, codec)
    except UnicodeDecodeError:
        return source.decode(codec, errors="replace"), _NAMES.get(codec, codec)


def _preferred(best: CharsetMatch | None, sample: bytes) -> str:
    """Read a western text as such: short ones look the same in several encodings of Latin letters."""
    if best is None or best.encoding in _LATIN:
        western = sample.decode("cp1252", errors="replace")
        if best is None or all(letter in _WESTERN for letter in western if letter > "\x7f"):
            return "cp1252"
    return best.encoding


def _telling(source: bytes) -> bytes:
    """Return the lines that are not ASCII, up to a length: they are what tells encodings apart."""
    if len(source) <= SAMPLE:
        return source
    lines: list[bytes] = []
    size = 0
    for line in source.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:SAMPLE])
            size += len(lines[-1])
        if size >= SAMPLE:
            break
    return b"".join(lines)
