# SPDX-License-Identifier: GPL-3.0-or-later
"""The window seen from outside, through the accessibility bus, as a screen reader sees it."""

import os
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

from kit import BUILD, WINDOW, Program, Skip, wait_for


class Window:
    """`trestle --practice` of a home; @section is the one it shows first."""

    def __init__(self, home, section):
        if "DISPLAY" not in os.environ:
            raise Skip("there is no display")
        settings = home.path / "config" / "glib-2.0" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "keyfile").write_text(f"[dev/trestle/Trestle]\nsection='{section}'\n",
                                          encoding="utf-8")
        self.program = Program([WINDOW, "--practice"], {
            **home.env, "GSETTINGS_BACKEND": "keyfile", "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"),
            "GTK_A11Y": "atspi"})
        self.application = wait_for(self._find, "the window on the accessibility bus")

    def _find(self):
        assert self.program.process.poll() is None, self.program.text()
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            try:
                child = desktop.get_child_at_index(index)
                if child is not None and child.get_process_id() == self.program.process.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def nodes(self):
        """Everything that can be seen, depth first."""
        stack = [self.application]
        while stack:
            node = stack.pop()
            yield node
            try:
                stack += [child for index in reversed(range(node.get_child_count()))
                          if (child := node.get_child_at_index(index)) is not None]
            except GLib.Error:
                continue  # it went while it was looked at

    def find(self, role, name):
        """The first node of @role whose name begins with @name, or None."""
        for node in self.nodes():
            try:
                if node.get_role_name() == role and (node.get_name() or "").startswith(name):
                    return node
            except GLib.Error:
                continue
        return None

    def reads(self, text):
        for node in self.nodes():
            try:
                if text in (node.get_name() or ""):
                    return True
            except GLib.Error:
                continue
        return False

    def press(self, name, role="button"):
        """Waits until the button can be pressed, and presses it."""
        def try_it():
            node = self.find(role, name)
            try:
                return node is not None \
                    and node.get_state_set().contains(Atspi.StateType.SENSITIVE) \
                    and node.get_action_iface().do_action(0)
            except (GLib.Error, AttributeError):
                return False

        wait_for(try_it, f"the {role} “{name}” in\n{self}")

    def click(self, name, role):
        """Clicks into the middle of what is there to see; True if there was anything."""
        node = self.find(role, name)
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                                str(self.program.process.pid)],
                               capture_output=True, text=True, check=False).stdout.split()
        if node is None or not found:
            return False
        try:
            place = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        except (GLib.Error, AttributeError):
            return False
        subprocess.run(["xdotool", "windowraise", found[-1], "mousemove", "--window", found[-1],
                        str(place.x + place.width // 2), str(place.y + place.height // 2),
                        "click", "1"], capture_output=True, check=False)
        return True

    def kill(self):
        self.program.kill()

    def __str__(self):
        lines = []
        for node in self.nodes():
            try:
                lines.append(f"{node.get_role_name()} “{node.get_name()}”")
            except GLib.Error:
                continue
        return "\n".join(lines)
