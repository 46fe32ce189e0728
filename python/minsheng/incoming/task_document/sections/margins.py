"""Text that was copied from a page: its lines are broken at a margin, amid a sentence."""

from __future__ import annotations

from typing import Final

from .pieces import Field, Loose, Numbered, Piece

__all__ = ["is_full", "margin_of", "printed"]

_SENTENCE_ENDS: Final = tuple("。；;：:！!")
#: In columns of print; no page is as narrow.
_NARROWEST: Final = 30


def margin_of(pieces: list[Piece]) -> int | None:
    """The width at which the document breaks its lines itself, so that a line of this width goes on in the next; None
    where it has no two lines of one width that end amid a sentence."""
    first = next((at for at, piece in enumerate(pieces) if isinstance(piece, Numbered | Field)), 0)
    lines = [printed(piece) for piece in pieces[first:] if isinstance(piece, Numbered | Field | Loose)]
    widest = max(map(_width, lines), default=0)
    broken = [line for line in lines if is_full(line, widest)]
    return widest if len(broken) > 1 and widest >= _NARROWEST else None


def printed(piece: Numbered | Field | Loose) -> str:
    """The line that a piece was read from, without what follows in further lines."""
    if isinstance(piece, Numbered):
        return piece.heading.printed
    return f"{piece.printed}：{piece.text}" if isinstance(piece, Field) else piece.text


def is_full(line: str, margin: int | None) -> bool:
    """Whether a line is as good as full and ends amid a sentence; a digit takes half a letter, a mark is not left alone."""
    return margin is not None and _width(line) * 100 >= margin * 85 and not line.endswith(_SENTENCE_ENDS)


def _width(line: str) -> int:
    """In columns of print: a Chinese letter takes two."""
    return sum(1 + (letter > "\u2e7f") for letter in line)
