#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Includes point downwards only, and never sideways between features."""

import re

import lint

# room: the rooms whose headers it may include (CONTRIBUTING.md, "Rooms")
ALLOWED = {
    "base": set(),
    "aws": {"base"},
    "domain": {"base"},
    "services": {"aws", "domain", "base"},
    "store": {"domain", "base"},
    "media": {"base"},
    "workbench": {"services", "store", "media", "aws", "domain", "base"},
    "practice": {"aws", "media", "domain", "base"},
    "cli": {"workbench", "media", "domain", "base"},
    "app": {"workbench", "media", "domain", "base"},
}
# window and command line tell people what went wrong, so they know the codes
SINGLE = {("cli", "aws/trestle-aws-error.h"), ("app", "aws/trestle-aws-error.h")}

# foreign headers that only some rooms may see
FOREIGN = [
    (re.compile(r"^(gtk|gdk/|gsk/|adwaita|gtksourceview/|libportal)"), {"app"}),
    (re.compile(r"^gst/"), {"media", "practice"}),
    (re.compile(r"^libsoup/"), {"aws", "practice"}),
    (re.compile(r"^sqlite3"), {"store", "practice"}),
    (re.compile(r"^libsecret/"), {"store"}),
    (re.compile(r"^yaml\.h"), {"store"}),
]
FOREIGN_DEPENDENCY = [
    (re.compile(r"\b(gtk_dep|adw_dep|gtksource_dep|sourceview_dep|portal_dep)\b"), {"app"}),
    (re.compile(r"\bgst_\w*dep\b"), {"media", "practice"}),
    (re.compile(r"\b(secret|yaml)_dep\b"), {"store"}),
]
SHARED_FEATURES = {"widgets"}

QUOTED = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
ANGLED = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.M)


# the window's parts name each other from src/app: "widgets/…"
FEATURES = {p.name for p in (lint.SOURCE / "src/app").iterdir() if p.is_dir()}


def room_problems(room):
    for path in lint.files(f"src/{room}", suffixes={".c", ".h", ".value"}):
        text = lint.text_of(path)
        name = lint.name_of(path)
        for include in QUOTED.findall(text):
            target = include.split("/")[0] if "/" in include else room
            if include == "trestle-config.h" or target == room:
                continue
            if room == "app" and target in FEATURES and target not in ALLOWED:
                continue
            if target not in ALLOWED:
                yield f"{name}: \"{include}\" is in no room"
            elif target not in ALLOWED[room] and (room, include) not in SINGLE:
                yield f"{name}: {room} may not include {target} (\"{include}\")"
        for include in ANGLED.findall(text):
            for pattern, rooms in FOREIGN:
                if pattern.match(include) and room not in rooms:
                    yield f"{name}: <{include}> belongs to {', '.join(sorted(rooms))} only"


def feature_problems():
    """src/app/FEATURE includes itself, widgets, and what lies in app itself."""
    for path in lint.files("src/app", suffixes={".c", ".h"}):
        parts = path.relative_to(lint.SOURCE / "src/app").parts
        own = parts[0] if len(parts) > 1 else None
        if own is None:
            continue
        for include in QUOTED.findall(lint.text_of(path)):
            words = include.split("/")
            other = words[1] if words[0] == "app" and len(words) > 2 else words[0]
            if other in FEATURES and other not in SHARED_FEATURES | {own}:
                yield f"{lint.name_of(path)}: {own} may not include {other} (\"{include}\")"


def build_problems(room):
    path = lint.SOURCE / "src" / room / "meson.build"
    if path.exists():
        text = re.sub(r"#.*", "", lint.text_of(path))
        for pattern, rooms in FOREIGN_DEPENDENCY:
            if room not in rooms:
                for word in pattern.findall(text):
                    yield f"{lint.name_of(path)}: {word} belongs to {', '.join(sorted(rooms))} only"


# programs and their servers, which wait for what is under way before they end
AT_THE_END = {"src/base/trestle-future.c", "src/practice/trestle-practice-server.c"}


def waiting_problems():
    """Rules of waiting that a search can see (CONTRIBUTING.md, "Waiting")."""
    rules = [
        (re.compile(r"\bdex_future_disown \("), "use trestle_future_report()", {"src/base/trestle-future.c"}),
        (re.compile(r"\bg_main_context_iteration \("), "no nested main loops", AT_THE_END),
        (re.compile(r"\bdex_scheduler_spawn \("), "use trestle_fiber_spawn() or trestle_pool_spawn()",
         {"src/base/trestle-future.c"}),
    ]
    for path in lint.files("src", suffixes={".c"}):
        name = lint.name_of(path)
        for pattern, advice, homes in rules:
            if name not in homes and pattern.search(lint.text_of(path)):
                yield f"{name}: {advice}"
        if "dex_await" in lint.text_of(path) and "base/trestle-future.h" not in QUOTED.findall(lint.text_of(path)):
            yield f"{name}: what awaits includes base/trestle-future.h"


rooms = sorted(p.name for p in (lint.SOURCE / "src").iterdir() if p.is_dir())
lint.check("every room is known", [r for r in rooms if r not in ALLOWED])
for known in ALLOWED:
    if known in rooms:
        lint.check(f"{known} includes only what lies below", room_problems(known))
        lint.check(f"{known} links only what it may", build_problems(known))
lint.check("features do not include each other", feature_problems())
lint.check("nothing waits in a way of its own", waiting_problems())
lint.done()
