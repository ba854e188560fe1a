#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell scripts pass shellcheck, Python scripts compile."""

import ast

import lint


def first_line(path):
    try:
        return lint.text_of(path).split("\n", 1)[0]
    except UnicodeDecodeError:
        return ""


folders = [lint.SOURCE / "build-aux", lint.SOURCE / ".ci", lint.SOURCE / "tests"]
scripts = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
shell = [p for p in scripts if first_line(p).startswith(("#!/bin/sh", "# shellcheck shell=sh"))]
python = [p for p in scripts if p.suffix == ".py" or first_line(p).startswith("#!/usr/bin/env python3")]
bash = [p for p in scripts if "bash" in first_line(p) and first_line(p).startswith("#!")]

lint.check("shell scripts are POSIX sh", (lint.name_of(p) for p in bash))
for script in shell:
    lint.run_check(lint.name_of(script), ["shellcheck", "-x", "-s", "sh", script])


def broken():
    for path in python:
        try:
            ast.parse(lint.text_of(path), str(path))
        except SyntaxError as error:
            yield f"{lint.name_of(path)}: {error}"


lint.check("Python scripts compile", broken())
lint.done()
