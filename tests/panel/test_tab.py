"""The thirteen buttons are listed once."""

from __future__ import annotations

from minsheng.buttons import WORKS
from minsheng.tab import BUTTONS, GROUPS
from needed import needed_module


def test_every_button_of_the_tab_has_its_function_and_no_function_is_left_out() -> None:
    assert sorted(button.does for button in BUTTONS) == sorted(WORKS)


def test_labels_and_key_letters_are_told_apart() -> None:
    for what in ("label", "key", "tip"):
        assert len({getattr(button, what) for button in BUTTONS}) == len(BUTTONS)
    assert len({group.label for group in GROUPS}) == len(GROUPS)


def test_the_panels_own_keys_are_those_of_no_button() -> None:
    needed_module("tkinter")
    from minsheng.panel.panes import OWN_KEYS

    assert not set(OWN_KEYS) & {button.key for button in BUTTONS}
    assert len(set(OWN_KEYS)) == len(OWN_KEYS)
