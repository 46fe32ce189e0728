"""Every button of the ribbon reaches its function, and every function has a button."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.addin_files import OURS, THEIRS, AddinFile
from addin.known_icons import KNOWN_ICONS
from addin.vba_text import public_subs
from minsheng.buttons import WORKS
from minsheng.tab import BUTTONS, GROUPS

#: What Excel passes to a button's callback.
CONTROL = re.compile(r"(?:ByVal )?control As (?:IRibbonControl|Object)", re.IGNORECASE)


def controls(addin: AddinFile) -> list[ElementTree.Element]:
    return [element for element in addin.ribbon.iter() if "id" in element.attrib]


def buttons_of(addin: AddinFile) -> list[ElementTree.Element]:
    return [element for element in addin.ribbon.iter() if element.tag.endswith("}button")]


@pytest.mark.parametrize("path", [OURS, *THEIRS], ids=lambda path: path.name)
def test_every_action_is_a_public_sub_that_takes_the_control(path: Path) -> None:
    addin = AddinFile(path)
    subs = {name: sub for source in addin.sources.values() for name, sub in public_subs(source).items()}
    found = buttons_of(addin)
    assert found
    for button in found:
        name = button.attrib["onAction"].rpartition(".")[2]
        assert CONTROL.fullmatch(subs[name].parameters), name


@pytest.mark.parametrize("path", [OURS, *THEIRS], ids=lambda path: path.name)
def test_no_id_twice(path: Path) -> None:
    ids = [element.attrib["id"] for element in controls(AddinFile(path))]
    assert len(ids) == len(set(ids))


def test_buttons_and_functions_are_the_same_set() -> None:
    source = AddinFile(OURS).sources["MinshengRibbon"]
    reached = []
    for button in buttons_of(AddinFile(OURS)):
        body = public_subs(source)[button.attrib["onAction"]].body
        match = re.fullmatch(r'\s*MinshengClick "(\w+)"\s*', body)
        assert match, f"{button.attrib['id']}: more than one line"
        reached.append(match[1])
    assert sorted(reached) == sorted(WORKS)
    assert len(public_subs(source)) == len(reached), "a callback without a button"


def test_no_key_twice_within_the_tab() -> None:
    keys = [button.attrib["keytip"] for button in buttons_of(AddinFile(OURS))]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch("[A-Z]", key) for key in keys), "no key may be the beginning of another"


def test_icons_are_known() -> None:
    assert {button.attrib["imageMso"] for button in buttons_of(AddinFile(OURS))} <= KNOWN_ICONS


def test_every_button_says_what_it_does_in_chinese_and_is_never_greyed_out() -> None:
    for button in buttons_of(AddinFile(OURS)):
        assert button.attrib["screentip"] == button.attrib["label"]
        assert re.search(r"[\u4e00-\u9fff].*。$", button.attrib["supertip"])
        assert not {"enabled", "getEnabled", "visible", "getVisible"} & button.attrib.keys()


def test_the_ribbon_shows_the_tab_as_the_panel_does() -> None:
    """Groups, buttons, their order and keys are one list for both; 汇总 and 校验 are large and first."""
    shown = [
        (
            group.attrib["label"],
            [
                (button.attrib["label"], button.attrib["keytip"], button.attrib.get("size") == "large")
                for button in group
            ],
        )
        for group in AddinFile(OURS).ribbon.iter()
        if group.tag.endswith("}group")
    ]
    assert shown == [
        (group.label, [(button.label, button.key, button.large) for button in group.buttons])
        for group in GROUPS
    ]
    assert [row[0] for _, row in shown[:2]] == [("汇总", "H", True), ("校验", "J", True)]


def test_a_label_stands_on_its_own_function() -> None:
    source = public_subs(AddinFile(OURS).sources["MinshengRibbon"])
    for button in buttons_of(AddinFile(OURS)):
        (named,) = [other for other in BUTTONS if other.label == button.attrib["label"]]
        assert f'"{named.does}"' in source[button.attrib["onAction"]].body


def test_macros_never_show_an_error_by_the_code_page() -> None:
    """ShowError reads a file in the code page of the PC: our own macros do not call it."""
    ours = {name: source for name, source in AddinFile(OURS).sources.items() if name.startswith("Minsheng")}
    assert len(ours) == 3
    assert all("ShowError" not in source for source in ours.values())
