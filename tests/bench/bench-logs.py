#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter of the Logs page over a million lines, typed letter by letter, against grep.

    bench-logs.py FILTER-LINES

Both read the same text in one run: the page's model from memory, with what a list view is told, and
`grep -c -i -F` from a file that is in the page cache.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
LINES = 1_000_000
WORD = "invocations 4"
ROUNDS = 3


def line(chance, number):
    kind = chance.random()
    if kind < 0.85:
        status = 200 if chance.random() < 0.97 else 400
        return (f"INFO POST /invocations {status} {chance.randint(40, 260)} ms  image/jpeg "
                f"{chance.randint(90, 900)} kB  boxes={chance.randint(0, 60)}  id={number:08x}")
    if kind < 0.93:
        return f'169.254.178.2 - "GET /ping HTTP/1.1" 200 0 {chance.random():.3f} ms'
    if kind < 0.97:
        return json.dumps({"level": "INFO", "path": "/invocations", "ms": chance.randint(40, 260),
                           "kinds": {"car": chance.randint(0, 9), "van": chance.randint(0, 9)}})
    return f"WARN slow garbage collection: {chance.randint(80, 400)} ms, worker {chance.randint(0, 8)}"


def grep(path, text, locale):
    begun = time.perf_counter()
    done = subprocess.run(["grep", "-c", "-i", "-F", "-e", text, path], capture_output=True, text=True,
                          check=False, env={**os.environ, "LC_ALL": locale})
    return int(done.stdout), (time.perf_counter() - begun) * 1000


def main():
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log")
        with open(path, "w", encoding="utf-8") as log:
            for number in range(LINES):
                log.write(line(chance, number) + "\n")
        size = os.path.getsize(path) / 1e6
        ours = {}
        for _ in range(ROUNDS):
            out = subprocess.run([PROGRAM, path, WORD], capture_output=True, text=True, check=True,
                                 timeout=280)
            head, *typed = map(json.loads, out.stdout.splitlines())
            typed[-1]["text"] = WORD + " (pasted)"
            for entry in typed:
                best = ours.setdefault(entry["text"], entry)
                if entry["ms"] < best["ms"]:
                    ours[entry["text"]] = entry
        print(f"{head['lines']:,} lines, {size:.0f} MB; taken in {head['take_ms']:.0f} ms; "
              f"{head['bytes_a_line']:.0f} bytes a line in the model, "
              f"{head['bytes_an_event']:.0f} as an event of its own")
        print(f"{'typed':26} {'lines':>9} {'Trestle':>10} {'stood still':>12} {'grep':>10} {'grep, C':>10}"
              f"  Trestle is")
        for text, entry in ours.items():
            if text == "":
                print(f"{'(cleared)':26} {entry['lines']:>9,} {entry['ms']:>7.1f} ms {entry['still_ms']:>9.1f} ms")
                continue
            word = text.removesuffix(" (pasted)")
            count, times = 0, {}
            for locale in ("C.UTF-8", "C"):
                runs = [grep(path, word, locale) for _ in range(ROUNDS)]
                count, times[locale] = runs[0][0], min(run[1] for run in runs)
            if count != entry["lines"]:
                print(f"# grep finds {count} lines of “{word}”, Trestle {entry['lines']}")
                return 1
            print(f"{text:26} {entry['lines']:>9,} {entry['ms']:>7.1f} ms {entry['still_ms']:>9.1f} ms "
                  f"{times['C.UTF-8']:>7.1f} ms {times['C']:>7.1f} ms"
                  f"  {times['C.UTF-8'] / entry['ms']:.1f} and {times['C'] / entry['ms']:.1f} times as fast")
    return 0


sys.exit(main())
