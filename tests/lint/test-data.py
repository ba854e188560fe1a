#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop reads: entry, AppStream data, settings, icons, words, help."""

import pathlib
import re
import xml.etree.ElementTree as tree

import lint

data = lint.BUILD / "data"
icons = lint.SOURCE / "data/icons/hicolor"

for path in sorted(data.glob("*.desktop")):
    lint.run_check("desktop entry", ["desktop-file-validate", path])
for path in sorted(data.glob("*.metainfo.xml")):
    lint.run_check("AppStream data", ["appstreamcli", "validate", "--no-net", path])
lint.run_check("settings", ["glib-compile-schemas", "--strict", "--dry-run", data])
lint.run_check("po/POTFILES.in is complete", [lint.SOURCE / "build-aux/potfiles", "--check"])


def language_problems():
    listed = re.sub(r"#.*", "", lint.text_of(lint.SOURCE / "po/LINGUAS")).split()
    there = sorted(p.stem for p in (lint.SOURCE / "po").glob("*.po"))
    if sorted(listed) != there:
        yield f"listed: {sorted(listed)}, there: {there}"


lint.check("po/LINGUAS lists the translations", language_problems())

pages = sorted((lint.SOURCE / "help/C").glob("*.page"))
for kind in ("links", "orphans"):
    lint.run_check(f"help: {kind}", ["yelp-check", kind, *pages])


def svg_problems():
    for path in sorted(icons.rglob("*.svg")):
        top = tree.parse(path).getroot()
        size = (top.get("width"), top.get("height"))
        symbolic = path.stem.endswith("-symbolic")
        if size != (("16", "16") if symbolic else ("128", "128")):
            yield f"{lint.name_of(path)}: is {size[0]}x{size[1]}"
        # GTK gives a symbolic icon's rects, circles and paths the text's colour
        # by their fill; a stroke would stay as it is
        if symbolic and "stroke" in lint.text_of(path):
            yield f"{lint.name_of(path)}: has strokes"


lint.check("icons are drawn as they must be", svg_problems())


def icon_problems():
    """Every icon that is named is ours or the system theme's."""
    system = pathlib.Path("/usr/share/icons/Adwaita")
    ours = {p.stem for p in icons.rglob("*.svg")}
    theirs = {p.stem for p in system.rglob("*.svg")}
    # in GTK and libadwaita themselves
    builtin = re.compile(r"^(adw|pan|window|view|open-menu|go|edit|list|object-select|process-working)-")
    quoted = re.compile(r"[\"']([a-z0-9]+(?:-[a-z0-9]+)*-symbolic)[\"']")
    for path in lint.files("src", suffixes={".c", ".blp", ".ui"}):
        for name in quoted.findall(lint.text_of(path)):
            if name not in ours | theirs and not builtin.match(name):
                yield f"{lint.name_of(path)}: there is no icon {name}"


if pathlib.Path("/usr/share/icons/Adwaita").is_dir():
    lint.check("every icon that is named is there", icon_problems())
else:
    lint.skip("every icon that is named is there", "the Adwaita icons are not installed")
lint.done()
