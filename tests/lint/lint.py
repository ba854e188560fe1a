# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of the sources share: where they are, and TAP."""

import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("TRESTLE_SOURCE") or pathlib.Path(__file__).parents[2])
BUILD = pathlib.Path(os.environ.get("TRESTLE_BUILD") or SOURCE / "_build")

_points = 0
_failed = 0


def name_of(path):
    return str(path.relative_to(SOURCE))


def files(*folders, suffixes):
    """The files below these folders of the source, sorted."""
    found = []
    for folder in folders:
        found += [p for p in (SOURCE / folder).rglob("*") if p.suffix in suffixes and p.is_file()]
    return sorted(p for p in found if "__pycache__" not in p.parts)


def text_of(path):
    return path.read_text(encoding="utf-8")


def check(name, problems):
    """One point: passes when there are no problems, else lists them."""
    global _points, _failed
    _points += 1
    problems = list(problems)
    if problems:
        _failed += 1
    print(f"{'not ok' if problems else 'ok'} {_points} {name}", flush=True)
    for problem in problems:
        for line in str(problem).splitlines():
            print(f"# {line}", flush=True)


def skip(name, reason):
    global _points
    _points += 1
    print(f"ok {_points} {name} # SKIP {reason}", flush=True)


def note(text):
    print(f"# {text}", flush=True)


def run_check(name, command, **options):
    """One point: passes when the program ends with 0."""
    if not shutil.which(str(command[0])) and not pathlib.Path(command[0]).exists():
        skip(name, f"{command[0]} is not installed")
        return
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        cwd=SOURCE,
        check=False,
        **options,
    )
    output = done.stdout.splitlines()[:200]
    check(name, [f"ended with {done.returncode}", *output] if done.returncode else [])


def done():
    print(f"1..{_points}")
    sys.exit(1 if _failed else 0)
