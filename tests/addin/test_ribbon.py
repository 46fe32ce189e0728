"""Every button of the ribbon reaches its function, and every function has a button."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.addin_files import OURS, THEIRS, AddinFile
from addin.known_icons import KNOWN_ICONS
from addin.vba_text import public_subs
from minsheng import buttons

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
    assert sorted(reached) == sorted(buttons.__all__)
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


def test_the_two_daily_buttons_are_large_and_first_in_their_groups() -> None:
    groups = [element for element in AddinFile(OURS).ribbon.iter() if element.tag.endswith("}group")]
    assert [group.attrib["label"] for group in groups] == ["数据", "检查", "输出", "设置"]
    large = [
        (group.attrib["label"], index, button.attrib["label"])
        for group in groups
        for index, button in enumerate(group)
        if button.attrib.get("size") == "large"
    ]
    assert large == [("数据", 0, "汇总"), ("检查", 0, "校验")]


def test_macros_never_show_an_error_by_the_code_page() -> None:
    """ShowError reads a file in the code page of the PC: our own macros do not call it."""
    ours = {name: source for name, source in AddinFile(OURS).sources.items() if name.startswith("Minsheng")}
    assert len(ours) == 3
    assert all("ShowError" not in source for source in ours.values())
