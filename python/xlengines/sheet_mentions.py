"""Where a formula mentions sheets and tables of its own book, and the same formula with them under other names or gone.

What is not read here: cells (``a1`` does), and what stands behind ``[1]`` or ``[book]``, which is another book's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_elsewhere", "quoted", "rewritten", "sheets_in", "words_in"]

_INSIDE = r"(?:[^\[\]']|'.)*"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|[A-Z_]+!)"
    rf"|(?P<table>[^\W\d][\w.]*)?(?P<brackets>\[(?:[^\[\]']|'.|\[{_INSIDE}\])*\])(?P<theirs>[\w.]*(?::[\w.]+)?!)?"
    # The cell behind a sheet is taken along: in Sheet!A1:Sheet!B2 the second sheet is no last one of several.
    r"|(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[\w.]+(?::[\w.]+)?))!(?P<cell>\$?[A-Za-z]{1,3}\$?\d+)?"
    r"|(?P<word>[^\W\d][\w.\\?]*)(?P<call>\()?"
    r"|[\w.]+",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^\W\d][\w.]*")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*|TRUE|FALSE", re.IGNORECASE)


def quoted(first: str, last: str = "") -> str:
    """A sheet as a reference carries it, in apostrophes unless it is a plain word; ``last`` of several sheets."""
    if all(_PLAIN.fullmatch(one) and not _CELL_LIKE.fullmatch(one) for one in filter(None, (first, last))):
        return f"{first}:{last}" if last else first
    return "'" + (f"{first}:{last}" if last else first).replace("'", "''") + "'"


def sheets_in(formula: str) -> set[str]:
    """The sheets of its own book that a formula mentions; of ``A:C!B2`` the two at the ends."""
    return {title for token in _TOKEN.finditer(formula) for title in _titles(token) if title}


def words_in(formula: str) -> set[str]:
    """What may be a defined name or a table in a formula, in lower case."""
    return {
        word.casefold()
        for token in _TOKEN.finditer(formula)
        if (word := token["word"] or token["table"] or "") and not token["call"]
    }


def is_elsewhere(formula: str) -> bool:
    """Whether a formula refers to another book."""
    return any(
        token["theirs"] or "[" in (token["quoted"] or "") or _is_bare_book(formula, token)
        for token in _TOKEN.finditer(formula)
    )


def _is_bare_book(formula: str, token: re.Match[str]) -> bool:
    """``[1]!name``."""
    return token["brackets"] is not None and formula[token.end() : token.end() + 1] == "!"


def rewritten(
    formula: str, sheets: Mapping[str, str | None], tables: Mapping[str, str | None] | None = None
) -> str:
    """The formula with sheets and tables (keys in lower case) under their new names; ``#REF!`` for those that are None."""

    def put(token: re.Match[str]) -> str:
        table = token["table"] or ("" if token["call"] else token["word"])
        if tables and table and table.casefold() in tables and not token["theirs"]:
            new = tables[table.casefold()]
            return "#REF!" if new is None else new + (token["brackets"] or "")
        first, last = _titles(token)
        if not any(title.casefold() in sheets for title in (first, last) if title):
            return token[0]
        ends = [sheets.get(title.casefold(), title) for title in (first, last) if title]
        standing = [title for title in ends if title is not None]
        before = f"{quoted(*standing)}!" if len(standing) == len(ends) else "#REF!"
        return before + (token["cell"] or "")

    return _TOKEN.sub(put, formula)


def _titles(token: re.Match[str]) -> tuple[str, str]:
    """First and last sheet of a reference; nothing for any other token, and for another book's sheets."""
    text = token["bare"] or (token["quoted"] or "").replace("''", "'")
    if "[" in text:
        return ("", "")
    first, _, last = text.partition(":")
    return (first, last)
