"""Everything that xlwings knows and an engine lacks raises a named error instead of returning nothing."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from .errors import NotSupportedByEngine

__all__ = ["complete"]


def complete(implementation: type, engine: str) -> type:
    """Give ``implementation`` a refusing stand-in for each public member that it only inherits from its xlwings base."""
    for base in implementation.__mro__[1:]:
        if base.__module__ != "xlwings.base_classes":
            continue
        for name, member in vars(base).items():
            if not name.startswith("_") and _is_blank(member) and not _has(implementation, name):
                setattr(implementation, name, _Lacking(f"{implementation.__name__}.{name}", engine))
    return implementation


def _has(implementation: type, name: str) -> bool:
    return any(
        name in vars(cls) for cls in implementation.__mro__ if cls.__module__ != "xlwings.base_classes"
    )


def _is_blank(member: Any) -> bool:
    """Whether a base class merely says that there is such a member; a few (``expand``) work as they are."""
    call = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    return isinstance(call, FunctionType) and "NotImplementedError" in call.__code__.co_names


class _Lacking:
    """Refuses reading, writing and calling alike."""

    def __init__(self, feature: str, engine: str) -> None:
        self._facts = {"engine": engine, "feature": feature}

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        raise NotSupportedByEngine("lacking", **self._facts)

    def __set__(self, instance: Any, value: Any) -> None:
        raise NotSupportedByEngine("lacking", **self._facts)
