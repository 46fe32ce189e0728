"""Document properties of a package: the seal in the custom ones, the time of the last save in the core ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ...domain.seal import SEAL_KEYS, SEAL_TITLE
from .xml_part import guard, walk

if TYPE_CHECKING:
    from .package import Package

__all__ = ["read_time", "saved_at", "seal_words"]

_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"
_SMALL = 1 << 20
#: A property of the seal as the usual programs write it, its value free of entities.
_PLAIN_PROPERTY = re.compile(
    f' name="{SEAL_TITLE}({"|".join(SEAL_KEYS)})"[^<>]*><vt:lpwstr[^<>]*>([^<&]*)</vt:lpwstr></property>'.encode()
)


def seal_words(package: Package) -> dict[str, str]:
    """The seal's words by key, empty where the file has none."""
    custom = guard(package.read(_CUSTOM, _SMALL))
    if SEAL_TITLE.encode() not in custom:
        return {}
    words = {key.decode(): value.decode("utf-8", "replace") for key, value in _PLAIN_PROPERTY.findall(custom)}
    return words if len(words) == len(SEAL_KEYS) else _walked_words(custom)


def _walked_words(custom: bytes) -> dict[str, str]:
    """The same from properties written in an unusual way."""
    words: dict[str, str] = {}
    key = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal key
        if name == "property":
            full = attributes.get("name", "")
            key = full.removeprefix(SEAL_TITLE) if full.startswith(SEAL_TITLE) else ""

    def text(characters: str) -> None:
        if key and characters.strip():
            words[key] = words.get(key, "") + characters.strip()

    walk(custom, start, text=text)
    return words


def saved_at(package: Package) -> datetime | None:
    """``dcterms:modified`` in UTC; None where it is missing or cannot be read."""
    core = package.read(_CORE, _SMALL)
    before, mark, rest = core.partition(b"modified")
    if not mark or not before:
        return None
    value = rest.partition(b">")[2].partition(b"<")[0]
    return read_time(value.decode("utf-8", "replace"))


def read_time(text: str) -> datetime | None:
    """An ISO time in UTC; a time without a zone is taken as UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
