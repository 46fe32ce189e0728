"""Elements of Office XML by their local names: the transitional and the strict form differ in namespaces alone."""

from __future__ import annotations

from typing import Any

__all__ = ["Element", "attribute", "child", "is_on", "local"]

Element = Any  # lxml publishes no type for elements


def local(element: Element) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(parent: Element | None, name: str) -> Element | None:
    """The first child of that name; None without one or without a parent."""
    if parent is None:
        return None
    return next((element for element in parent if local(element) == name), None)


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that local name, in whatever namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is on."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")
