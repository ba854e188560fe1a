#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file begins as it should and is no longer than it may be."""

import re

import lint

MOST_LINES = 600
MANY_LINES = 400
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */"
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"

sources = lint.files("src", "tests", suffixes={".c", ".h", ".blp"})
c_sources = [p for p in sources if p.suffix in (".c", ".h")]
texts = {p: lint.text_of(p) for p in sources}


def too_long():
    for path, text in texts.items():
        count = text.count("\n")
        if count > MOST_LINES:
            yield f"{lint.name_of(path)}: {count} lines, at most {MOST_LINES}"
        elif count > MANY_LINES:
            lint.note(f"{lint.name_of(path)}: {count} lines; look for the split at {MOST_LINES}")


def log_domains():
    """A file that logs says as whom, before its first include."""
    for path in lint.files("src", suffixes={".c"}):
        text = texts[path]
        room = path.relative_to(lint.SOURCE / "src").parts[0]
        domain = re.search(r'^#define G_LOG_DOMAIN "([^"]+)"', text, re.M)
        include = re.search(r"^#include", text, re.M)
        if not domain:
            yield f"{lint.name_of(path)}: no G_LOG_DOMAIN"
        elif include and include.start() < domain.start():
            yield f"{lint.name_of(path)}: G_LOG_DOMAIN comes after the first include"
        elif not domain.group(1).startswith(f"trestle-{room}"):
            yield f"{lint.name_of(path)}: G_LOG_DOMAIN is {domain.group(1)}, not trestle-{room}"


def line_problems():
    for path, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line or line != line.rstrip():
                yield f"{lint.name_of(path)}:{number}: tab or space at the end"
        if not text.endswith("\n"):
            yield f"{lint.name_of(path)}: no newline at the end"


lint.check("no file is too long", too_long())
lint.check(
    "C files begin with the licence",
    (lint.name_of(p) for p in c_sources if texts[p].split("\n", 1)[0] != LICENCE),
)
lint.check(
    "templates begin with the licence",
    (lint.name_of(p) for p in sources if p.suffix == ".blp" and SPDX not in texts[p].split("\n", 1)[0]),
)
lint.check(
    "headers are included once",
    (lint.name_of(p) for p in c_sources if p.suffix == ".h" and not re.search(r"^#pragma once$", texts[p], re.M)),
)
lint.check("files that log name their domain", log_domains())
lint.check("no tabs, no trailing spaces", line_problems())
lint.done()
