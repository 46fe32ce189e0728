"""VBA source as it is written here (UTF-8) → as a project stores it: ASCII, CRLF, Chinese literals as ChrW().

A module is stored in the code page of the PC that opens it, so a Chinese character in it would be another one, or none,
elsewhere. Where VBA wants a constant (Const, Declare, #If, default values, Attribute) there can be no ChrW(): refused.
"""

from __future__ import annotations

import re

__all__ = ["LONGEST_LINE", "stored"]

#: Characters that the editor of VBA takes in a line.
LONGEST_LINE = 1023

_PIECE = re.compile(
    r"""(?P<literal>"(?:[^"]|"")*")|(?P<comment>'.*|\b[Rr]em\b.*)|(?P<code>[^"']+?(?="|'|\b[Rr]em\b|$))|."""
)
_WANTS_CONSTANTS = re.compile(
    r"\s*(?:(?:Public|Private|Friend|Global|Static)\s+)*(?:Const|Declare|Sub|Function|Property|Enum|Event|Attribute)\b|\s*#",
    re.IGNORECASE,
)


def stored(source: str, name: str = "") -> str:
    """The stored form of a module. ValueError with the line where Chinese stands outside a plain literal."""
    out: list[str] = []
    constant = continued = False
    for number, line in enumerate(source.removeprefix("\ufeff").splitlines(), start=1):
        constant = constant if continued else bool(_WANTS_CONSTANTS.match(line))
        continued = line.endswith(" _")
        try:
            out.append(_line(line, constant=constant))
        except ValueError as problem:
            raise ValueError(f"{name}:{number}: {problem}") from None
    return "".join(f"{line}\r\n" for line in out)


def _line(line: str, *, constant: bool) -> str:
    if not line.isascii():
        if constant:
            raise ValueError("Chinese where VBA wants a constant; use a variable")
        line = "".join(_piece(match) for match in _PIECE.finditer(line))
    if len(line) > LONGEST_LINE:
        raise ValueError(f"{len(line)} characters with its ChrW(); break the text over several lines")
    return line


def _piece(match: re.Match[str]) -> str:
    text = match[0]
    if text.isascii():
        return text
    if match["literal"] is None:
        raise ValueError(f"Chinese outside a literal: {text.strip()}")
    return _chosen(text[1:-1].replace('""', '"'))


def _chosen(text: str) -> str:
    """An expression in brackets whose value is ``text``."""
    parts: list[str] = []
    for run in re.findall(r"[ -~]+|[^ -~]", text):
        if run.isascii() and run.isprintable():
            parts.append('"' + run.replace('"', '""') + '"')
        else:
            units = run.encode("utf-16-be")
            parts += [f"ChrW(&H{units[at : at + 2].hex().upper()})" for at in range(0, len(units), 2)]
    return f"({' & '.join(parts)})"
