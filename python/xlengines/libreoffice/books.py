"""The spreadsheet documents that are open in one LibreOffice, whoever opened them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ..base import BookLookup
from ..errors import BookNotFound
from . import bridge
from .book import Book
from .host import hosted
from .loading import load

if TYPE_CHECKING:
    from .app import App
    from .host import Host

__all__ = ["Books"]

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


@hosted
class Books(BookLookup, base_classes.Books):
    """The documents that are open in a LibreOffice, ours and those of its user."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._known: dict[str, Book] = {}
        self.opened: set[Path] = set()  # by us, in this LibreOffice

    @property
    def host(self) -> Host:
        return self._app.host

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self.host.desktop

    def open_books(self) -> list[Book]:
        """In the order in which the host lists them; a document keeps its one Book object."""
        found: dict[str, Book] = {}
        components = self.host.desktop.getComponents().createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService(_SPREADSHEET):
                uid = document.getPropertyValue("RuntimeUID")
                found[uid] = self._known.get(uid) or Book(self._app, document)
        self._known = found
        return list(found.values())

    @property
    def active(self) -> Book:
        current = self.host.desktop.getCurrentComponent()
        books = self.open_books()
        if current is not None and current.supportsService(_SPREADSHEET):
            return self._known[current.getPropertyValue("RuntimeUID")]
        if not books:
            raise BookNotFound("no-open-book")
        return books[-1]

    def add(self) -> Book:
        arguments = bridge.properties(Hidden=False)
        return self._book(
            self.host.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, arguments)
        )

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,  # noqa: A002 - xlwings' own name
        password: str | None = None,
        *_: Any,
        **__: Any,
    ) -> Book:
        """Open a file; of xlwings' options read_only and password count, links are never followed."""
        path = Path(fullname).resolve()
        if not path.is_file():
            raise BookNotFound("no-such-file", path=str(path))
        document = load(self.host, path, read_only=bool(read_only), password=password)
        self.opened.add(path)
        book = self._book(document)
        if self.host.process is None:
            # A person's LibreOffice may show results from the file as they were saved, stale or not.
            document.calculateAll()
            document.setModified(False)
        book.remember_file()
        return book

    def _book(self, document: Any) -> Book:
        uid = document.getPropertyValue("RuntimeUID")
        return self._known.setdefault(uid, Book(self._app, document))

    def forget(self, book: Book) -> None:
        self._known = {uid: known for uid, known in self._known.items() if known is not book}
