#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""build-aux/check-summary counts single cases, and fails when it should."""

import json
import os
import subprocess
import tempfile

import lint


def test_entry(stdout, result="OK", name="unit / one", stderr="", status=0):
    return {"name": name, "stdout": stdout, "stderr": stderr, "result": result, "returncode": status}


def summary(*entries):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/meson-logs/testlog.json"
        os.mkdir(f"{folder}/meson-logs")
        with open(path, "w", encoding="utf-8") as log:
            log.writelines(json.dumps(entry) + "\n" for entry in entries)
        done = subprocess.run(
            ["python3", "-B", lint.SOURCE / "build-aux/check-summary", folder, path],
            capture_output=True,
            text=True,
            check=False,
        )
    return done.returncode, done.stdout.splitlines()


def expect(name, entries, status, last, *lines):
    got_status, output = summary(*entries)
    problems = []
    if got_status != status:
        problems.append(f"ended with {got_status}, not {status}")
    if not output or output[-1] != last:
        problems.append(f"last line: {output[-1:]}, not {last!r}")
    problems += [f"no line {line!r} in {output}" for line in lines if line not in output]
    lint.check(name, problems)


TAP = "TAP version 14\n1..3\nok 1 /a\nok 2 /b # SKIP not here\nok 3 /c\n"
expect("TAP points", [test_entry(TAP)], 0, "2 passed, 0 failed, 1 skipped", "skipped unit / one: /b: not here")
expect(
    "a point that fails",
    [test_entry("1..2\nok 1 /a\nnot ok 2 /b - no\n", "FAIL", status=1), test_entry("1..1\nok 1 - c\n")],
    1,
    "2 passed, 1 failed",
    "  not ok: /b - no",
)
expect("its own count", [test_entry("case x\n40 passed, 0 failed\n")], 0, "40 passed, 0 failed")
expect("its own count, failing", [test_entry("38 passed, 2 failed\n", "FAIL", status=1)], 1, "38 passed, 2 failed")
expect("neither", [test_entry("fine\n"), test_entry("", "FAIL", status=3)], 1, "1 passed, 1 failed")
expect(
    "a crash after points that passed",
    [test_entry("1..3\nok 1 /a\n", "ERROR", status=-11)],
    1,
    "1 passed, 1 failed",
    "  not ok: the program ended with error (status -11)",
)
expect("a hang", [test_entry("ok 1 /a\n", "TIMEOUT", status=-15)], 1, "1 passed, 1 failed")
expect("a whole program skipped", [test_entry("1..0 # SKIP no data\n", "SKIP")], 1, "0 passed, 0 failed, 1 skipped")
expect("bailing out", [test_entry("1..2\nok 1 /a\nBail out! no\n", "ERROR", status=1)], 1, "1 passed, 1 failed")
expect("nothing", [], 1, "0 passed, 0 failed")
lint.done()
