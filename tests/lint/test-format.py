#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sources are in the house style; build-aux/format puts them there."""

import collections
import pathlib
import re
import shutil
import subprocess
import tempfile

import lint

PLACE = re.compile(r"^(.+?):(\d+):\d+: error:", re.M)


def differing(sources):
    """Which of these clang-format would change, and in how many places."""
    said = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", *map(str, sources)],
        capture_output=True,
        text=True,
        cwd=lint.SOURCE,
        check=False,
    )
    places = collections.defaultdict(list)
    for path, line in PLACE.findall(said.stderr):
        places[path].append(line)
    for path, lines in places.items():
        yield f"{path.removeprefix(str(lint.SOURCE) + '/')}: line {lines[0]}" + (
            f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        )
    if said.returncode and not places:
        yield said.stderr


for room in sorted(p for p in [*(lint.SOURCE / "src").iterdir(), lint.SOURCE / "tests"] if p.is_dir()):
    sources = lint.files(room.relative_to(lint.SOURCE), suffixes={".c", ".h"})
    if sources:
        lint.check(f"C in {lint.name_of(room)}", differing(sources))

templates = lint.files("src", suffixes={".blp"})
if templates:
    # the formatter opens what it reads for writing, and the sources may be read-only
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for template in templates:
            copies.append(pathlib.Path(folder, *template.relative_to(lint.SOURCE).parts))
            copies[-1].parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template, copies[-1])
        lint.run_check("templates", ["blueprint-compiler", "format", "--no-diff", *copies])
lint.done()
