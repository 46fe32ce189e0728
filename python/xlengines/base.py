"""What the classes of every engine of ours share: books and names looked up by name or position, and refusals: what xlwings
knows and an engine lacks raises a named error instead of returning nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
from typing import Any

from .errors import NotSupportedByEngine
from .values import ValueExchange

__all__ = ["BookLookup", "DesktopEngine", "NameLookup", "complete", "title_of_copy"]

_LONGEST_TITLE = 31


def title_of_copy(title: str, taken: Iterable[str]) -> str:
    """The title of a copied sheet among these others, as Excel gives it: its own, or ``title (2)`` where that is taken."""
    others = {one.casefold() for one in taken}
    name, number = title, 1
    while name.casefold() in others:
        number += 1
        name = f"{title[: _LONGEST_TITLE - len(f' ({number})')]} ({number})"
    return name


class DesktopEngine(ValueExchange):
    """What ``xw.Engine`` wraps: its name, and the apps that ``apps`` makes for it."""

    def __init__(self, name: str, apps: Callable[[Any], Any]) -> None:
        self._name = name
        self._apps = apps(self)

    @property
    def apps(self) -> Any:
        """The programs, or sets of files, that hold books."""
        return self._apps

    @property
    def name(self) -> str:
        """What the engine is called in ``xw.engines``."""
        return self._name

    @property
    def type(self) -> str:
        """xlwings' word for an engine that is no server."""
        return "desktop"


class BookLookup:
    """The books that ``open_books`` gives, by name in any case or by position from 1."""

    open_books: Callable[[], list[Any]]

    def __call__(self, name_or_index: str | int) -> Any:
        books = self.open_books()
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(books):
                raise IndexError(name_or_index)
            return books[name_or_index - 1]
        for book in books:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self.open_books())

    def __len__(self) -> int:
        return len(self.open_books())

    def __iter__(self) -> Iterator[Any]:
        return iter(self.open_books())


class NameLookup:
    """The names that ``everything`` gives, by name in any case or by position from 1; a sheet's own also without the sheet."""

    everything: Callable[[], list[Any]]
    _sheet: Any

    def snapshot(self) -> list[tuple[str, Any]]:
        """Each name with its label, read once."""
        return [(name.name, name) for name in self.everything()]

    def __call__(self, name_or_index: str | int) -> Any:
        if isinstance(name_or_index, int):
            return self.everything()[name_or_index - 1]
        wanted = name_or_index.casefold()
        for name in self.everything():
            if wanted in (name.name.casefold(), "" if self._sheet is None else name.bare.casefold()):
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def __len__(self) -> int:
        return len(self.everything())


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
