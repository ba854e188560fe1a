# SPDX-License-Identifier: GPL-3.0-or-later
"""Trestle's window as a screen reader sees it, and as somebody without a mouse uses it.

AT-SPI is spoken on its bus directly: all questions about one level of the tree are asked at once,
which a library that waits for each answer cannot do.
"""

import ctypes
import dataclasses
import os
import select
import subprocess
import sys
import time

import kit

try:
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, Gio, GLib
except (ImportError, ValueError) as problem:
    print(f"1..0 # SKIP no AT-SPI: {problem}")
    sys.exit(0)

if "DISPLAY" not in os.environ:
    print("1..0 # SKIP no display")
    sys.exit(0)

Role, State = Atspi.Role, Atspi.StateType
ACCESSIBLE, PROPERTIES = "org.a11y.atspi.Accessible", "org.freedesktop.DBus.Properties"
REGISTRY, ROOT = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
CALL_MS = 60_000
# Pages nest some thirty levels deep
MOST_LEVELS = 100


@dataclasses.dataclass(eq=False)
class Node:
    path: str
    parent: "Node"
    role: Role
    name: str
    states: frozenset

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def __str__(self):
        kind = self.role.value_nick
        return f"{kind} “{self.name}”" if self.name else kind


class Bus:
    """The bus of AT-SPI."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                     None, None, 0, CALL_MS, None).unpack()
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.ask([(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent",
                   GLib.Variant("(sass)", ("object:state-changed:focused", [], "")))])

    def ask(self, questions):
        """Asks all at once; an answer is None where there was an error, as from what is gone."""
        answers = [None] * len(questions)
        waiting = len(questions)

        def on_answer(connection, result, index):
            nonlocal waiting
            waiting -= 1
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass

        for index, (owner, path, interface, method, arguments) in enumerate(questions):
            self.connection.call(owner, path, interface, method, arguments, None,
                                 Gio.DBusCallFlags.NONE, CALL_MS, None, on_answer, index)
        while waiting > 0:
            GLib.MainContext.default().iteration(True)
        return answers

    def owners(self):
        """Process id → name on the bus, of the programs that can be read now."""
        children, = self.ask([(REGISTRY, ROOT, ACCESSIBLE, "GetChildren", None)])
        owners = [owner for owner, _ in children[0]]
        pids = self.ask([("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))
                         for owner in owners])
        return {pid[0]: owner for owner, pid in zip(owners, pids) if pid is not None}


bus = Bus()


def unpack_states(words):
    return frozenset(State(32 * place + bit) for place, word in enumerate(words)
                     for bit in range(32) if word >> bit & 1)


class Window:
    """`trestle --practice ARGS` in a home of kit's."""

    def __init__(self, home, *args, **env):
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(
            [kit.WINDOW, "--practice", *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            # unbuffered: select sees no line that a buffer has taken already
            stderr=subprocess.STDOUT, bufsize=0,
            env={**home.env, "GSETTINGS_SCHEMA_DIR": str(kit.BUILD / "data"), "GTK_A11Y": "atspi",
                 "XDG_DATA_DIRS": f"{kit.SOURCE / 'data'}:/usr/local/share:/usr/share", **env})
        self.lines = []
        self.owner = None
        self.focused = None

    def wait_line(self, line, seconds=90):
        """Until the program has said @line."""
        end = time.monotonic() + seconds
        while line not in self.lines:
            ready, _, _ = select.select([self.process.stdout], [], [], end - time.monotonic())
            said = self.process.stdout.readline().decode() if ready else ""
            assert said, f"the window did not say “{line}”: {self.lines[-5:]}"
            self.lines.append(said.rstrip())

    # The tree

    def connect(self):
        if self.owner is None:
            self.owner = kit.wait_for(lambda: bus.owners().get(self.process.pid),
                                      "the window to be there for AT-SPI", 60)
            bus.connection.signal_subscribe(
                self.owner, "org.a11y.atspi.Event.Object", "StateChanged", None, "focused",
                Gio.DBusSignalFlags.NONE, self.on_focus)

    def on_focus(self, _connection, _owner, path, _interface, _signal, values):
        if values.unpack()[1]:
            self.focused = path
        elif self.focused == path:
            self.focused = None

    def describe(self, reached):
        """Nodes of @reached, pairs of path and parent, that are shown."""
        questions = []
        for path, _ in reached:
            questions += [(self.owner, path, ACCESSIBLE, "GetState", None),
                          (self.owner, path, ACCESSIBLE, "GetRole", None),
                          (self.owner, path, PROPERTIES, "Get",
                           GLib.Variant("(ss)", (ACCESSIBLE, "Name")))]
        answers = bus.ask(questions)
        nodes = []
        for index, (path, parent) in enumerate(reached):
            states, role, name = answers[3 * index:3 * index + 3]
            if states is None or role is None or name is None:
                continue
            node = Node(path, parent, Role(role[0]), name[0], unpack_states(states[0]))
            if {State.SHOWING, State.VISIBLE} <= node.states:
                nodes.append(node)
        return nodes

    def nodes(self):
        """All that is shown, level by level."""
        self.connect()
        found, parents = [], [None]
        for _ in range(MOST_LEVELS):
            children = bus.ask([(self.owner, parent.path if parent else ROOT, ACCESSIBLE,
                                 "GetChildren", None) for parent in parents])
            level = self.describe([(path, parent) for parent, answer in zip(parents, children)
                                   for _, path in (answer[0] if answer else [])])
            found += level
            parents = level
            if not level:
                break
        return found

    def find(self, role, name):
        """The first node of @role whose name begins with @name, or None."""
        return next((node for node in self.nodes()
                     if node.role == role and node.name.startswith(name)), None)

    def reads(self, text):
        return any(text in node.name for node in self.nodes())

    def __str__(self):
        return "\n".join(map(str, self.nodes()))

    # Size

    def extents(self, path):
        """x, y, width and height of a node, in its window; None when it is gone."""
        answer, = bus.ask([(self.owner, path, "org.a11y.atspi.Component", "GetExtents",
                            GLib.Variant("(u)", (Atspi.CoordType.WINDOW,)))])
        return answer and answer[0]

    @property
    def width(self):
        self.connect()
        children, = bus.ask([(self.owner, ROOT, ACCESSIBLE, "GetChildren", None)])
        return self.extents(children[0][0][1])[2]

    @property
    def x_window(self):
        """The X server's number of it."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                                str(self.process.pid)], capture_output=True, text=True,
                               check=False)
        return found.stdout.split()[0]

    def resize(self, width, height):
        """As a window manager would, and until its inside has followed."""
        subprocess.run(["xdotool", "windowsize", self.x_window, str(width), str(height)],
                       check=True)
        kit.wait_for(lambda: self.width == width, f"the window to be {width} wide", 20)

    # Buttons

    def act(self, name):
        """Waits until the button can be pressed, and presses it."""
        def try_it():
            node = self.find(Role.BUTTON, name)
            return node is not None and State.SENSITIVE in node.states and bus.ask(
                [(self.owner, node.path, "org.a11y.atspi.Action", "DoAction",
                  GLib.Variant("(i)", (0,)))])[0] is not None

        kit.wait_for(try_it, f"the button “{name}” in\n{self}")

    def click(self, role, name):
        """Clicks into the middle of what is there to see, if anything is."""
        node = self.find(role, name)
        place = node and self.extents(node.path)
        if place:
            x, y, width, height = place
            subprocess.run(["xdotool", "windowraise", self.x_window, "mousemove", "--window",
                            self.x_window, str(x + width // 2), str(y + height // 2),
                            "click", "1"], check=True)

    # Keys

    def take_keyboard(self):
        """Gives it the X server's focus, as a window manager would."""
        subprocess.run(["xdotool", "windowfocus", "--sync", self.x_window], check=True)

    def leave_keyboard(self):
        """The X server's focus goes to nobody, as if somebody worked elsewhere."""
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x11.XOpenDisplay(None))
        x11.XSetInputFocus(display, ctypes.c_ulong(0), 0, ctypes.c_ulong(0))
        x11.XCloseDisplay(display)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)

    def find_focus(self):
        """The node that has the keyboard, with all above it, or None."""
        return next((node for node in reversed(self.nodes()) if State.FOCUSED in node.states), None)

    def focus(self):
        """The same as it was told of last, without what is above it."""
        while GLib.MainContext.default().iteration(False):
            pass
        known = self.describe([(self.focused, None)]) if self.focused else []
        if known and State.FOCUSED in known[0].states:
            return known[0]
        return self.find_focus()

    def press_and_follow(self, key):
        """Presses a key that has to move the focus."""
        before = self.focus()
        self.press(key)
        return kit.wait_for(lambda: (now := self.focus()) and now.path != before.path and now,
                            f"{key} to lead on from {before}", 20)

    def wait_focus(self, role, name):
        now = None

        def there():
            nonlocal now
            now = self.focus()
            return now and now.role == role and now.name.startswith(name)
        try:
            kit.wait_for(there, "", 20)
        except AssertionError:
            raise AssertionError(f"the focus is on {now}, not {role.value_nick} “{name}”") from None

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
