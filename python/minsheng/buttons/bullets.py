"""Lists in a message, cut to what a message box can hold."""

from __future__ import annotations

__all__ = ["FEW_LINES", "MOST_LINES", "bullets"]

#: A message box holds about so many lines before its buttons leave the screen.
MOST_LINES = 15
FEW_LINES = 6


def bullets(words: list[str] | tuple[str, ...], most: int = MOST_LINES) -> str:
    """A line each, at the most ``most``; then how many there are."""
    shown = [f"· {line}" for line in words[:most]]
    if len(words) > most:
        shown.append(f"……共{len(words)}条")
    return "\n".join(shown)
