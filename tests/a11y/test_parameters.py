#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What buyers are told of a version, and an address in S3, by keyboard alone."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "e2e"))

from window import Role, State, Window, kit  # pylint: disable=wrong-import-position

MOST_TABS = 60

home = kit.Home(speed=2000)
subprocess.run([kit.SOURCE / "build-aux" / "look-drafts", kit.CLI], cwd=kit.SOURCE, env=home.env,
               capture_output=True, check=True, timeout=240)
window = None


def show(page):
    """Opens @page as for its picture, and gives it the keyboard."""
    global window  # pylint: disable=global-statement
    if window is not None:
        window.close()
    window = Window(home, f"--look={page}", TRESTLE_LOOK_HOLD="1")
    window.wait_line(page)
    window.connect()
    window.take_keyboard()


def tab_to(role, name):
    passed = []
    for _ in range(MOST_TABS):
        node = window.find_focus()
        if node is not None and node.role == role and node.name.startswith(name):
            return node
        passed.append(str(node))
        window.press("Tab")
    raise AssertionError(f"Tab does not lead to {role.value_nick} “{name}”: {passed}")


def is_checked(name):
    node = window.find(Role.CHECK_BOX, name)
    return node is not None and State.CHECKED in node.states


def wait(condition, what):
    kit.wait_for(condition, f"{what} in\n{window}", 20)


@kit.case
def checks():
    """Required is set in its place, and taken back"""
    show("editor-parameters")
    wait(lambda: is_checked("Required: sepal_width"), "the check box")
    tab_to(Role.BUTTON, "Add")
    tab_to(Role.CHECK_BOX, "Required: sepal_length")
    window.press("space")
    wait(lambda: not is_checked("Required: sepal_length"), "it not to be checked")
    assert is_checked("Required: sepal_width")
    window.press("ctrl+z")
    wait(lambda: is_checked("Required: sepal_length"), "it to be checked again")


@kit.case
def opens():
    """Enter opens a row; undo works in its dialog, and beyond it leads out"""
    show("editor-parameters")
    tab_to(Role.BUTTON, "Add")
    window.press("Return")
    wait(lambda: window.find(Role.BUTTON, "Close") and window.reads("5 of 35"), "a new parameter")
    wait(lambda: (now := window.find_focus()) and now.name == "Name", "the name to be entered")
    window.type("colour")
    wait(lambda: window.reads("6 / 100"), "what was typed")
    window.press("ctrl+z")
    wait(lambda: window.reads("0 / 100"), "it to be taken back")
    window.press("ctrl+shift+z")
    wait(lambda: window.reads("6 / 100"), "it to be there again")
    window.press("ctrl+z")
    wait(lambda: window.reads("0 / 100"), "it to be taken back once more")
    tab_to(Role.TEXT, "Description")
    window.type("blue")
    wait(lambda: window.reads("4 / 1,000"), "its description")
    window.press("ctrl+z")
    wait(lambda: window.reads("0 / 1,000"), "that to be taken back")
    window.press("ctrl+z")
    wait(lambda: window.reads("4 of 35") and not window.reads("0 / 100"), "the dialog to be gone")


@kit.case
def browses():
    """A folder is entered, and its file chosen"""
    show("bucket")
    wait(lambda: window.reads("model.tar.gz"), "the file")
    window.press("alt+Up", "alt+Up")
    wait(lambda: window.reads("validation"), "the bucket's folders")
    window.type("models")
    wait(lambda: not window.reads("validation"), "what begins so")
    window.press("Return")
    wait(lambda: window.reads("palette"), "what is in it")
    # the list has the keyboard
    window.press("Home", "Return")
    wait(lambda: window.reads("model.tar.gz"), "the file in the first folder")
    window.press("Home", "Return")
    wait(lambda: window.find(Role.BUTTON, "Cancel") is None, "the dialog to be gone")
    window.act("Browse: Model Data")
    wait(lambda: window.reads("s3://practice-seller-444455556666/models/blobs/model.tar.gz"),
         "the address")


@kit.case
def prices():
    """A price that was typed over is taken back"""
    show("editor-pricing")
    wait(lambda: window.reads("$0.315"), "what the buyer pays")
    tab_to(Role.TEXT, "ml.m5.large, real-time")
    window.type("7")
    wait(lambda: not window.reads("$0.315"), "another price")
    window.press("ctrl+z")
    wait(lambda: window.reads("$0.315"), "the price as it was")


kit.run()
window.close()
