#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A change set comes to its end while nobody looks: the desktop is told, and what it shows leads back."""

import contextlib
import time

from window import Gio, GLib, Role, Window

from kit import SOURCE, Home, case, run, wait_for

MS = 30_000
APP, APP_PATH = "dev.trestle.Trestle", "/dev/trestle/Trestle"
FDO, FDO_PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
GTK, GTK_PATH = "org.gtk.Notifications", "/org/gtk/Notifications"
XML = """<node>
<interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
</interface>
<interface name="org.gtk.Notifications">
  <method name="AddNotification">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
  </method>
  <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/>
  </method>
</interface></node>"""


def turn():
    while GLib.MainContext.default().iteration(False):
        pass


class Desktop:
    """What shows notifications: @name on the session bus, as GNOME and all others have it."""

    def __init__(self, name, path):
        self.connection = Gio.DBusConnection.new_for_address_sync(
            Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION),
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.shown, self.gone = [], []
        self.object = self.connection.register_object(
            path, Gio.DBusNodeInfo.new_for_xml(XML).lookup_interface(name), self.on_call)
        answer, = self.connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
            GLib.Variant("(su)", (name, 4)), None, 0, MS, None)
        assert answer == 1, f"{name} is taken"

    def on_call(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        answer = None
        if method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        elif method in ("Notify", "AddNotification"):
            self.shown.append(arguments.unpack())
            if method == "Notify":
                answer = GLib.Variant("(u)", (len(self.shown),))
        else:
            self.gone.append(arguments.unpack())
        invocation.return_value(answer)

    def wait(self, count):
        """The notification that is the @count-th."""
        def there():
            turn()
            return len(self.shown) >= count and self.shown[count - 1]
        return wait_for(there, f"notification {count}: {self.shown}", 60)

    def click(self):
        """Upon the last one, as a server of the freedesktop's kind tells of it."""
        self.connection.emit_signal(None, FDO_PATH, FDO, "ActionInvoked",
                                    GLib.Variant("(us)", (len(self.shown), "default")))

    def close(self):
        self.connection.close_sync(None)


def tell_app(action, *target):
    """Activates an action of the application's, as GNOME does for a notification of its."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    session.call_sync(APP, APP_PATH, "org.freedesktop.Application", "ActivateAction",
                      GLib.Variant("(sava{sv})", (action, list(target), {})), None, 0, MS, None)


def open_window(**env):
    """On the seller's Changes, once its list was read."""
    settings = home.path / "config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "keyfile").write_text("[dev/trestle/Trestle]\nsection='changes'\nside='sell'\n",
                                      encoding="utf-8")
    window = Window(home, "--account", "seller", GSETTINGS_BACKEND="keyfile", **env)
    wait_for(lambda: window.reads("At AWS"), f"the change sets in\n{window}", 90)
    return window


def quit_window(window):
    tell_app("quit")
    window.process.wait(timeout=60)


@contextlib.contextmanager
def on_desktop(name, path, **env):
    """A desktop with the window on it, which go whatever happens."""
    with contextlib.closing(Desktop(name, path)) as desktop:
        window = open_window(**env)
        with contextlib.closing(window):
            yield desktop, window


def add_tester(window, account, seen=False):
    """A change set of the seller's, which the window is told to look for; @seen: and somebody looks at it."""
    if seen:
        window.take_keyboard()
    else:
        window.leave_keyboard()
    home.cli("--account", "seller", "testers", "shade-card", "--add", account)
    window.act("Refresh")


def refuse():
    """The next change of testers ends with an error, some seconds after AWS took it."""
    home.faults({"operation": "UpdateTargeting", "kind": "refused", "count": 1,
                 "code": "INVALID_AWS_ACCOUNT_IDS"})


def leave(window):
    """To another page."""
    def there():
        window.click(Role.LIST_ITEM, "Packages")
        return window.find(Role.HEADING, "Packages")
    wait_for(there, f"Packages in\n{window}", 60)


def wait_row(window, *words):
    """Changes is shown, with the set that the notification was of opened and holding the keyboard."""
    wait_for(lambda: all(window.reads(word) for word in words), f"{words} in\n{window}", 60)
    wait_for(lambda: (focus := window.find_focus()) and any(
        words[0] in node.name for node in [focus, *focus.ancestors()]),
             f"the focus to be on {words[0]}, not {window.find_focus()}, in\n{window}", 20)


home = Home(speed=300)
home.cli("--account", "seller", "changes")


@case
def unseen():
    """what ends while the window is not in use is told by a notification, which leads to the set"""
    with on_desktop(FDO, FDO_PATH) as (desktop, window):
        add_tester(window, "111122223333")
        _, replaces, _, title, body, actions, hints, _ = desktop.wait(1)
        assert (title, body, replaces) == ("“Testers of Shade Card” is done", "", 0), title
        assert actions[0] == "default" and hints["desktop-entry"] == APP, (actions, hints)
        leave(window)
        assert not window.reads("UpdateTargeting")
        desktop.click()
        wait_row(window, "Testers of Shade Card", "UpdateTargeting")

        refuse()
        add_tester(window, "444433332222")
        _, replaces, _, title, body, actions, _, _ = desktop.wait(2)
        assert title == "“Testers of Shade Card” failed", title
        assert body == "One of the test accounts does not exist.", body
        assert replaces == 0 and actions[0] == "default", (replaces, actions)
        leave(window)
        desktop.click()
        wait_row(window, "Testers of Shade Card", body, "Open Field")
        quit_window(window)


@case
def seen():
    """whoever has the window in use is told there, and not twice"""
    with on_desktop(FDO, FDO_PATH) as (desktop, window):
        add_tester(window, "555566667777", seen=True)
        wait_for(lambda: window.reads("“Testers of Shade Card” is done"),
                 f"the end to be told in\n{window}", 60)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            turn()
            time.sleep(0.05)
        assert desktop.shown == [], desktop.shown
        quit_window(window)


@case
def gnome():
    """GNOME's own way has the same words; what is another account's changes the account"""
    with on_desktop(GTK, GTK_PATH) as (desktop, window):
        refuse()
        add_tester(window, "888899990000")
        app, name, shown = desktop.wait(1)
        assert app == APP and name.startswith("change-"), (app, name)
        assert shown["title"] == "“Testers of Shade Card” failed", shown
        assert shown["body"] == "One of the test accounts does not exist.", shown
        assert shown["default-action"] == "app.change", shown
        tell_app("practice")
        wait_for(lambda: window.reads("This Account Sells Nothing"),
                 f"the buyer's window in\n{window}", 60)
        tell_app("change", GLib.Variant("(ss)", shown["default-action-target"]))
        wait_row(window, "Testers of Shade Card", shown["body"])
        quit_window(window)
        wait_for(lambda: turn() or desktop.gone == [(app, name)],
                 f"the notification to go with the application: {desktop.gone}", 20)


@case
def from_the_sources():
    """GNOME shows nothing of what is not installed: run asks for the other way"""
    assert "GNOTIFICATION_BACKEND" in (SOURCE / "build-aux/run").read_text(encoding="utf-8")
    with contextlib.closing(Desktop(GTK, GTK_PATH)) as shell, on_desktop(
            FDO, FDO_PATH, GNOTIFICATION_BACKEND="freedesktop") as (desktop, window):
        add_tester(window, "999900001111")
        assert desktop.wait(1)[3] == "“Testers of Shade Card” is done"
        assert shell.shown == []
        quit_window(window)
        wait_for(lambda: turn() or desktop.gone == [(1,)],
                 f"the notification to go with the application: {desktop.gone}", 20)


run()
