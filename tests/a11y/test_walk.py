#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks every page and dialog of the window, wide and at 360 px, as AT-SPI tells of it."""

import collections
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "e2e"))

from window import Role, State, Window, kit  # pylint: disable=wrong-import-position

WIDE, NARROW = (1280, 860), (360, 720)
# Pages that are being opened while another is read: opening is waiting, mostly
AHEAD = 3

# A name that was made for a program: an icon's or a class's
NOT_A_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-symbolic|(Gtk|Adw|Trestle)[A-Z]\w*|image-missing")
CONTROLS = {Role.BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX, Role.RADIO_BUTTON, Role.COMBO_BOX,
            Role.ENTRY, Role.PASSWORD_TEXT, Role.SPIN_BUTTON, Role.SLIDER, Role.SWITCH, Role.LINK,
            Role.PAGE_TAB, Role.MENU_ITEM, Role.CHECK_MENU_ITEM, Role.RADIO_MENU_ITEM}
ROWS = {Role.LIST_ITEM, Role.TREE_ITEM, Role.TABLE_ROW}
NAMED = CONTROLS | {Role.IMAGE, Role.HEADING, Role.PROGRESS_BAR, Role.LEVEL_BAR, Role.TABLE,
                    Role.TREE_TABLE}
# GTK calls these focusable when they do no more than to hand the focus on
HOLDERS = {Role.SCROLL_PANE, Role.PANEL, Role.LIST, Role.GROUPING}
BUTTONS = {Role.BUTTON, Role.TOGGLE_BUTTON, Role.CHECK_BOX, Role.RADIO_BUTTON}
TITLED = {Role.GROUPING, Role.DIALOG}


def place(node):
    """Where it is, for whoever has to find it."""
    named = [one for one in node.ancestors() if one.name]
    return " > ".join(map(str, [*reversed(named), node.parent, node]))


class Tree:
    """What is shown at one time."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.children = collections.defaultdict(list)
        for node in nodes:
            self.children[node.parent].append(node)

    def below(self, node):
        for child in self.children[node]:
            yield child
            yield from self.below(child)

    def nameless(self):
        for node in self.nodes:
            # what a control is made of is no more than that
            if any(one.role in CONTROLS for one in node.ancestors()) and node.role not in CONTROLS:
                continue
            focusable = State.FOCUSABLE in node.states
            if not node.name.strip() and (node.role in NAMED
                                          or focusable and node.role not in HOLDERS):
                yield f"no name: {place(node)}"
            elif NOT_A_NAME.fullmatch(node.name.strip()):
                yield f"a name for programs: {place(node)}"

    def misnamed(self):
        """A row says all that is in it, what it is about before anything else."""
        for node in self.nodes:
            if node.role in ROWS and node.name:
                first = next((one.name for one in self.below(node)
                              if one.role == Role.LABEL and one.name), "")
                if first not in node.name:
                    yield f"a row that does not say “{first}”: {place(node)}"

    def twins(self):
        count = collections.Counter((node.parent, node.name) for node in self.nodes
                                    if node.role in BUTTONS and node.parent is not None
                                    and node.parent.role != Role.LIST)
        for (parent, name), number in count.items():
            if number > 1:
                yield f"{number} buttons “{name}” side by side: {place(parent)}"

    def untitled(self):
        """A page or dialog that shows its title shows it as a heading."""
        for node in self.nodes:
            if node.role not in TITLED or not node.name:
                continue
            below = list(self.below(node))
            page = next((one for one in node.ancestors() if one.role in TITLED and one.name), node)
            if any(one.role == Role.LABEL and one.name == node.name for one in below) \
                    and not any(one.role == Role.HEADING for one in self.below(page)):
                yield f"a title that is no heading: {place(node)}"

    def complaints(self):
        return [*self.nameless(), *self.misnamed(), *self.twins(), *self.untitled()]


class Page:
    """A page that was opened, in a program of its own."""

    def __init__(self, home, name):
        self.name = name
        self.window = Window(home, f"--look={name}", TRESTLE_LOOK_HOLD="1",
                             TRESTLE_LOOK_SIZE="%dx%d" % WIDE)

    def read(self):
        self.window.wait_line(self.name)
        self.check("wide")
        self.window.resize(*NARROW)
        self.check("narrow")

    def check(self, width):
        # after a change of width a page may be laid out anew, and be short of most for a moment
        tree = kit.wait_for(lambda: (now := Tree(self.window.nodes())) and len(now.nodes) > 10
                            and now, f"more than ten nodes, {width}", 20)
        found = tree.complaints()
        assert not found, f"{width}:\n" + "\n".join(found)


def prepare():
    """A practice account that was used for a while."""
    home = kit.Home(speed=2000)
    home.cli("search", "iris")
    for listing in ("iris-classifier", "pitch", "depot-roll-call", "clarion-speech-denoise"):
        home.cli("subscribe", listing, "--accept")
        home.cli("arn", listing)
    begun = [home.start("deploy", listing, "--name", name, "--wait")
             for listing, name in (("iris-classifier", "iris"), ("depot-roll-call", "yard-counter"),
                                   ("clarion-speech-denoise", "clarion-denoise"))]
    for program in begun:
        program.wait()
    for endpoint, sample in (("iris", "iris-4.csv"), ("yard-counter", "yard-north.jpg"),
                             ("clarion-denoise", "interview-tram.wav")):
        home.cli("invoke", endpoint, kit.SAMPLES / sample, "--repeat", "2")
    home.cli("--account", "seller", "reports", "fetch")
    subprocess.run([kit.SOURCE / "build-aux" / "look-drafts", kit.CLI], cwd=kit.SOURCE,
                   env=home.env, capture_output=True, check=True, timeout=240)
    home.cli("--account", "seller", "package", "create",
             kit.SOURCE / "data" / "examples" / "algorithm.json", "--wait")
    return home


def main():
    listed = subprocess.run([kit.WINDOW, "--look-list"], capture_output=True, text=True,
                            check=True, timeout=60)
    names = listed.stdout.split()
    home = prepare()
    ahead = {}

    def case(number, name):
        def read():
            for wanted in names[number:number + 1 + AHEAD]:
                if wanted not in ahead:
                    ahead[wanted] = Page(home, wanted)
            try:
                ahead[name].read()
            finally:
                ahead[name].window.close()
        read.__doc__ = f"{name} can be read"
        return read

    kit.cases += [case(number, name) for number, name in enumerate(names)]
    kit.run()


if __name__ == "__main__":
    main()
