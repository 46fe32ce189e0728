"""VBA source as text: what a platform compiles of it, single procedures, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Signature", "compiled_for", "procedure", "public_subs"]

_CONDITION = re.compile(r"\s*#(If|ElseIf|Else|End If)\b\s*(.*?)(?:\s+Then)?\s*$", re.IGNORECASE)


def compiled_for(source: str, *, mac: bool) -> str:
    """``source`` without the branches of ``#If`` that Excel on that platform leaves out. LibreOffice would run them all."""
    true = {"VBA7": True, "Win64": not mac, "Mac": mac, "Not Mac": not mac, 'App = "Microsoft Excel"': True}
    kept: list[str] = []
    taken: list[bool] = []
    done: list[bool] = []
    for line in source.splitlines():
        match = _CONDITION.match(line)
        if match is None:
            if all(taken):
                kept.append(line)
            continue
        word = match[1].lower()
        if word == "if":
            taken.append(true.get(match[2], False))
            done.append(taken[-1])
        elif word == "end if":
            taken.pop()
            done.pop()
        else:
            taken[-1] = not done[-1] and (word == "else" or true.get(match[2], False))
            done[-1] = done[-1] or taken[-1]
    return "\n".join(kept) + "\n"


def procedure(source: str, name: str) -> str:
    """One Sub or Function, from its first line to its End."""
    match = re.search(
        rf"^(?:Public |Private )?(Sub|Function) {name}\(.*?^End \1$", source, re.MULTILINE | re.DOTALL
    )
    assert match is not None, name
    return match[0] + "\n"


@dataclass(frozen=True)
class Signature:
    name: str
    parameters: str
    body: str


def public_subs(source: str) -> dict[str, Signature]:
    """The Subs that Excel can call from a ribbon, by name."""
    found = re.findall(
        r"^(?:Public )?Sub (\w+)\((.*?)\)\s*\n(.*?)^End Sub",
        source.replace("\r\n", "\n"),
        re.MULTILINE | re.DOTALL,
    )
    return {name: Signature(name, parameters, body) for name, parameters, body in found}
