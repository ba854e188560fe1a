#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the search to the answer and back to nothing, without a mouse."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "e2e"))

from window import Role, State, Window, kit  # pylint: disable=wrong-import-position

PRODUCT, ENDPOINT = "Iris Classifier", "iris-classifier"
MOST_TABS = 60

home = kit.Home(speed=2000)
window = Window(home)


def tab_to(role, name):
    """Presses Tab until a control is reached whose name begins so."""
    passed = []
    for _ in range(MOST_TABS):
        node = window.focus()
        assert node is not None, f"the focus is nowhere, after {passed}"
        if node.role == role and node.name.startswith(name):
            return node
        passed.append(str(node))
        window.press_and_follow("Tab")
    raise AssertionError(f"Tab does not lead to {role.value_nick} “{name}”: {passed}")


def wait_shown(role, name, seconds=60):
    return kit.wait_for(lambda: window.find(role, name), f"{role.value_nick} “{name}”", seconds)


def check_focus(within=None):
    """The focus is on something that can be named, in what is open now."""
    last = None

    def there():
        nonlocal last
        last = window.find_focus()
        if last is None or not last.name or State.FOCUSABLE not in last.states:
            return False
        return within is None or any(str(one) == within for one in last.ancestors())
    try:
        kit.wait_for(there, "", 20)
    except AssertionError:
        above = [str(one) for one in last.ancestors() if one.name] if last else []
        raise AssertionError(f"the focus is on {last}, in {above}, not in {within}") from None


@kit.case
def starts():
    """The keyboard is somewhere as soon as the window is there"""
    window.connect()
    wait_shown(Role.TABLE_CELL, "")
    window.take_keyboard()
    check_focus()


@kit.case
def finds():
    """A key opens the search, and what is typed is searched"""
    window.press("ctrl+f")
    window.wait_focus(Role.ENTRY, "Search")
    window.type("iris")
    kit.wait_for(lambda: (first := window.find(Role.TABLE_CELL, "")) and first.name == PRODUCT,
                 f"{PRODUCT} to be first", 20)


@kit.case
def opens_product():
    """Tab leads to the product, Enter opens it"""
    tab_to(Role.TABLE_CELL, PRODUCT)
    window.press("Return")
    wait_shown(Role.BUTTON, "Subscribe")
    check_focus(f"grouping “{PRODUCT}”")


@kit.case
def subscribes():
    """Tab leads to Subscribe, through the terms and to the end"""
    tab_to(Role.BUTTON, "Subscribe")
    window.press("Return")
    wait_shown(Role.CHECK_BOX, "I accept")
    check_focus("dialog “Subscribe”")
    tab_to(Role.CHECK_BOX, "I accept")
    window.press("space")
    tab_to(Role.BUTTON, "Accept")
    window.press("Return")
    wait_shown(Role.BUTTON, "Deploy…")
    check_focus("dialog “Subscribe”")
    assert [status for _, status in home.agreements()] == ["ACTIVE"]


@kit.case
def deploys():
    """The subscription leads on to deploying"""
    tab_to(Role.BUTTON, "Deploy…")
    window.press("Return")
    wait_shown(Role.BUTTON, "Deploy ·")
    check_focus("dialog “Deploy”")
    tab_to(Role.BUTTON, "Deploy ·")
    window.press("Return")
    wait_shown(Role.BUTTON, "Open Workbench")
    assert home.at_aws()["endpoints"] == [ENDPOINT]
    check_focus(f"grouping “{ENDPOINT}”")


@kit.case
def sends():
    """The workbench sends a sample, and the answer can be read"""
    tab_to(Role.BUTTON, "Open Workbench")
    window.press("Return")
    wait_shown(Role.BUTTON, "Send")
    check_focus(f"grouping “{ENDPOINT}”")
    tab_to(Role.BUTTON, "Send")
    window.press("Return")
    wait_shown(Role.LABEL, "200")
    kit.wait_for(lambda: any("setosa" in node.name for node in window.nodes()),
                 "the answer to be shown", 20)
    check_focus(f"grouping “{ENDPOINT}”")


@kit.case
def goes_back():
    """A key leads to the endpoints"""
    window.press("alt+3")
    wait_shown(Role.LIST_ITEM, ENDPOINT)
    check_focus()


@kit.case
def deletes():
    """The endpoint can be deleted, which asks first"""
    tab_to(Role.LIST_ITEM, ENDPOINT)
    window.press("Return")
    wait_shown(Role.BUTTON, "Delete")
    check_focus(f"grouping “{ENDPOINT}”")
    tab_to(Role.BUTTON, "Delete")
    window.press("Return")
    wait_shown(Role.ALERT, "")
    # or an Enter too many would delete
    window.wait_focus(Role.BUTTON, "Cancel")
    window.press("Escape")
    window.wait_focus(Role.BUTTON, "Delete")
    window.press("Return")
    wait_shown(Role.ALERT, "")
    tab_to(Role.BUTTON, "Delete")
    window.press("Return")
    kit.wait_for(lambda: not home.at_aws()["endpoints"], "the endpoint to be gone", 60)
    check_focus()


@kit.case
def ends():
    """Ctrl+Q ends the program"""
    window.press("ctrl+q")
    assert window.process.wait(timeout=60) == 0, window.lines


if __name__ == "__main__":
    try:
        kit.run()
    finally:
        window.close()
