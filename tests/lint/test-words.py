#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that have no place in the sources."""

import re

import lint

# A package comes from where the machine's own set-up says, so no file names a
# host that hands packages out. Put together here, or this file would.
HOSTS = [
    ".".join(parts)
    for parts in [
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("ftp", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("crates", "io"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("flathub", "org"),
        ("docker", "io"),
    ]
]
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
TOP = ["src", "tests", "data", "po", "help", "build-aux", "flatpak", ".ci"]
BINARY = {".png", ".jpg", ".jpeg", ".wav", ".ogg", ".flac", ".mp3", ".gz", ".zip", ".bin", ".webp", ".mo"}


def texts():
    paths = [p for p in lint.SOURCE.iterdir() if p.is_file() and p.name != "COPYING"]
    for folder in TOP:
        paths += [p for p in (lint.SOURCE / folder).rglob("*") if p.is_file()]
    for path in sorted(paths):
        if path.suffix in BINARY or "__pycache__" in path.parts or path.name == ".git":
            continue
        try:
            yield path, lint.text_of(path)
        except UnicodeDecodeError:
            continue


everything = list(texts())
lint.check(
    "no host that hands out packages is named",
    (f"{lint.name_of(path)}: {host}" for path, text in everything for host in HOSTS if host in text),
)
lint.check(
    "nothing is left for later",
    (
        f"{lint.name_of(path)}:{number}: {line.strip()}"
        for path, text in everything
        if path.suffix in (".c", ".h", ".blp", ".py", ".sh", ".build", ".css", "")
        for number, line in enumerate(text.split("\n"), 1)
        if UNFINISHED.search(line)
    ),
)
lint.check(
    "no one's own folders are named",
    (
        f"{lint.name_of(path)}:{number}: {line.strip()[:100]}"
        for path, text in everything
        for number, line in enumerate(text.split("\n"), 1)
        if re.search(r"(?<![\w./$}])/(work|Users)/", line)
    ),
)
lint.done()
