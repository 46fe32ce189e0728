"""XML parts of a file from outside: in UTF-8 or UTF-16, without a document type, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from xml.parsers import expat

from .refusal import Refusal, Refused

__all__ = ["decoded", "guard", "read_time", "root_name", "unescaped", "walk"]

_UTF16: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARATION: Final = re.compile(rb"<\?xml\s[^<>]{0,1000}\?>")
_ENCODING: Final = re.compile(rb"\sencoding\s*+=\s*+[\"']([A-Za-z0-9._-]*+)")
_SPACE: Final = re.compile(rb"\s*+")
_NAME: Final = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));|&")
_BEGINNING: Final = 1 << 14
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def guard(part: bytes) -> bytes:
    """The part in UTF-8 without mark and declaration, nothing changed behind them.

    Raises Refused for a document type (the door to entity expansion and outside files), wherever before the root element
    it stands, for any other encoding and for what has no root element. An empty part stays empty.
    """
    part = _in_utf8(part)
    position = 0
    while part:
        match = _SPACE.match(part, position)
        position = match.end() if match else position
        if part.startswith(b"<!--", position):
            end = part.find(b"-->", position + 4)
        elif part.startswith(b"<?", position):
            end = part.find(b"?>", position + 2) - 1
        elif part.startswith(b"<!", position):
            raise Refused(Refusal.HOSTILE, "XML 里有文档类型声明（DOCTYPE）")
        elif _NAME.match(part, position):
            break
        else:
            raise Refused(Refusal.DAMAGED, "XML 读不通")
        if end < position:
            raise Refused(Refusal.DAMAGED, "XML 读不通")
        position = end + 3
    return part


def _in_utf8(part: bytes) -> bytes:
    if wide := _UTF16.get(part[:2]):
        try:
            part = part.decode(wide).encode()
        except UnicodeError as failure:
            raise Refused(Refusal.DAMAGED, "XML 读不通") from failure
    part = part.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARATION.match(part)
    named = _ENCODING.search(declared[0]) if declared and not wide else None
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refused(Refusal.DAMAGED, "XML 不是 UTF-8 编码")
    return part[declared.end() :] if declared else part


def walk(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a part that was guarded; names of elements arrive without their prefix. Raises Refused for broken XML."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda name: finish(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as failure:
        raise Refused(Refusal.DAMAGED, "XML 读不通") from failure


def _refuse(*_: object) -> None:
    raise Refused(Refusal.HOSTILE, "XML 里有文档类型声明（DOCTYPE）")


def root_name(part: bytes) -> str:
    """The name of a guarded part's root element without its prefix, empty where it cannot be told."""
    names: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, _attributes: names.append(name.rpartition(":")[2])
    with suppress(expat.ExpatError):
        parser.Parse(part[:_BEGINNING], False)
    return names[0] if names else ""


def decoded(piece: bytes) -> str:
    """A piece of a guarded part as text, its lines ended as XML has it. Raises Refused for what is not UTF-8."""
    try:
        text = piece.decode()
    except UnicodeDecodeError as failure:
        raise Refused(Refusal.DAMAGED, "XML 读不通") from failure
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unescaped(text: str) -> str:
    """Character data as it reads: ``&lt;`` is <. Raises Refused for what stands for no character."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        character = _NAMED.get(name, "")
    else:
        code = int(decimal) if decimal else int(hexadecimal or "0", 16)
        character = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""
    if not character:
        raise Refused(Refusal.DAMAGED, "XML 读不通")
    return character


def read_time(text: str) -> datetime | None:
    """An ISO time in UTC; a time without a zone is taken as UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
