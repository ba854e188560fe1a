# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line's tests share: their cases, as TAP, and what is no word of the program's."""
import re
import sys

ASAN = re.compile(r"==\d+==WARNING: ASan doesn't fully support makecontext.*\n")
results = []


def case(name):
    def wrap(func):
        try:
            func()
            results.append(True)
            print(f"ok {len(results)} - {name}")
        except Exception as error:  # pylint: disable=broad-except
            results.append(False)
            print(f"not ok {len(results)} - {name}")
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return wrap
