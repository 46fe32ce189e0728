"""How a sheet is printed and what of it stays in sight, carried to its copy in another document."""

from __future__ import annotations

from typing import Any

from .bridge import address_of, area_of

__all__ = ["bring_page", "bring_panes"]

_READ_ONLY = 16  # PropertyAttribute.READONLY
#: Heads and feet, each behind the switches that make it.
_CONTENTS = tuple(
    f"{side}Page{end}Content" for end in ("Header", "Footer") for side in ("Right", "Left", "First")
)
_SWITCHES = (
    *("HeaderIsOn", "FooterIsOn", "HeaderIsShared", "FooterIsShared"),
    *("FirstPageHeaderIsShared", "FirstPageFooterIsShared"),
)
_LOOKS = ("CharFontName", "CharHeight", "CharWeight", "CharPosture", "CharUnderline", "CharColor")
_FROZEN = 2


def bring_page(source: Any, document: Any, sheet: Any, target: Any) -> None:
    """Page style, print areas, rows and columns to repeat."""
    model = _styles(document).getByName(source.PageStyle)
    styles, number, name = _styles(target), 1, f"PageStyle_{sheet.getName()}"
    while styles.hasByName(name):
        number += 1
        name = f"PageStyle_{sheet.getName()}_{number}"
    styles.insertByName(name, target.createInstance("com.sun.star.style.PageStyle"))
    style = styles.getByName(name)
    known = {one.Name: one.Attributes for one in model.getPropertySetInfo().Properties}
    names = [
        one
        for one, kind in known.items()
        if not kind & _READ_ONLY and one not in (*_CONTENTS, "DisplayName", "UserDefinedAttributes")
    ]
    values = dict(zip(names, model.getPropertyValues(tuple(names)), strict=True))
    scales = sorted(
        (one for one in names if one.startswith(("ScaleTo", "PageScale"))), key=lambda one: bool(values[one])
    )
    # Heads and feet have to be there before they can be set; each way of scaling switches the others off, the one in use is last.
    _set(style, {one: values[one] for one in _SWITCHES})
    _set(style, {one: value for one, value in values.items() if one not in (*_SWITCHES, *scales)})
    _set(style, {one: values[one] for one in scales})
    for one in _CONTENTS:
        _bring_content(model.getPropertyValue(one), style, one, target)
    sheet.PageStyle = name
    sheet.setPrintAreas(tuple(_here(area, sheet) for area in source.getPrintAreas()))
    for kind in ("Rows", "Columns"):
        sheet_areas = getattr(source, f"getTitle{kind}")()
        getattr(sheet, f"setTitle{kind}")(_here(sheet_areas, sheet))
        getattr(sheet, f"setPrintTitle{kind}")(getattr(source, f"getPrintTitle{kind}")())


def _set(style: Any, values: dict[str, Any]) -> None:
    for (name, value), standing in zip(values.items(), style.getPropertyValues(tuple(values)), strict=True):
        if value is not None and value != standing:
            style.setPropertyValue(name, value)


def _styles(document: Any) -> Any:
    return document.getStyleFamilies().getByName("PageStyles")


def _here(area: Any, sheet: Any) -> Any:
    return address_of(sheet.getRangeAddress().Sheet, area_of(area))


def _bring_content(model: Any, style: Any, name: str, target: Any) -> None:
    content = style.getPropertyValue(name)
    if model is None or content is None:
        return
    for part in ("LeftText", "CenterText", "RightText"):
        text = getattr(content, part)
        text.setString("")
        _bring_text(getattr(model, part), text, target)
    style.setPropertyValue(name, content)


def _bring_text(model: Any, text: Any, target: Any) -> None:
    """Its words, page numbers and dates, each in its look."""
    cursor, paragraphs, first = text.createTextCursor(), model.createEnumeration(), True
    while paragraphs.hasMoreElements():
        if not first:
            text.insertControlCharacter(cursor, 0, False)
        first = False
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            portion = portions.nextElement()
            cursor.gotoEnd(False)
            for look in _LOOKS:
                cursor.setPropertyValue(look, portion.getPropertyValue(look))
            if portion.TextPortionType == "TextField":
                field = target.createInstance(portion.TextField.getSupportedServiceNames()[-1])
                text.insertTextContent(cursor, field, False)
            else:
                text.insertString(cursor, portion.getString(), False)


def bring_panes(document: Any, title: str, target: Any, sheet: Any) -> None:
    """Bring the copy to the front for once, with the panes that are frozen on its model; nothing where there is no window."""
    controller = target.getCurrentController()
    if controller is None or not sheet.getPropertyValue("IsVisible"):
        return
    in_front = controller.getActiveSheet()
    controller.setActiveSheet(sheet)
    view = _view(document, title)
    columns, rows = (
        int(view.get(f"{way}SplitPositionTwips") or view.get(f"{way}SplitPosition") or 0)
        if view.get(f"{way}SplitMode") == _FROZEN
        else 0
        for way in ("Horizontal", "Vertical")
    )
    if columns or rows:
        controller.freezeAtPosition(columns, rows)
    controller.setActiveSheet(in_front)


def _view(document: Any, title: str) -> dict[str, Any]:
    """What the first window of a document keeps of a sheet."""
    views = document.getViewData()
    if views is None or not views.getCount():
        return {}
    tables = next((one.Value for one in views.getByIndex(0) if one.Name == "Tables"), None)
    if tables is None or not tables.hasByName(title):
        return {}
    return {one.Name: one.Value for one in tables.getByName(title)}
