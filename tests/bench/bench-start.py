#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to first frame with 10 000 stored listings, against gnome-text-editor, in one run.

    bench-start.py FIRST-FRAME STORE-LISTINGS TRESTLE TRESTLE-PRACTICE
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

FIRST_FRAME, STORE_LISTINGS, TRESTLE, PRACTICE = sys.argv[1:5]
RUNS = 7


def main():
    if not os.environ.get("DISPLAY") or not shutil.which("gnome-text-editor"):
        print("# needs a display and gnome-text-editor")
        return 77
    home = tempfile.mkdtemp(prefix="trestle-bench-")
    env = {**os.environ, "XDG_DATA_HOME": home + "/data", "XDG_CACHE_HOME": home + "/cache",
           "XDG_CONFIG_HOME": home + "/config", "TRESTLE_PRACTICE": PRACTICE,
           "GSK_RENDERER": "cairo", "GDK_DEBUG": "no-portals", "ADW_DISABLE_PORTAL": "1"}
    try:
        subprocess.run([PRACTICE], env=env, stdout=subprocess.DEVNULL, check=True, timeout=60)
        subprocess.run([STORE_LISTINGS, "practice:buyer/us-east-1", "10000"], env=env, check=True,
                       timeout=120)
        times = {"trestle": [], "gnome-text-editor": []}
        commands = {"trestle": [TRESTLE, "--practice"],
                    "gnome-text-editor": ["gnome-text-editor", "--standalone"]}
        for run in range(RUNS + 1):
            for name, command in commands.items():
                done = subprocess.run([FIRST_FRAME, *command], env=env, capture_output=True,
                                      text=True, check=True, timeout=60)
                if run > 0:
                    times[name].append(json.loads(done.stdout.splitlines()[-1])["pixels_ms"])
        ratios = [a / b for a, b in zip(times["trestle"], times["gnome-text-editor"])]
        for name, values in times.items():
            print(f"{name:20} first frame {statistics.median(values):7.1f} ms "
                  f"({min(values):.1f}–{max(values):.1f})")
        print(f"ratio trestle / gnome-text-editor: {statistics.median(ratios):.2f} "
              f"({min(ratios):.2f}–{max(ratios):.2f}; aim: at most 1)")
    finally:
        subprocess.run([PRACTICE, "--stop"], env=env, capture_output=True, check=False, timeout=60)
        shutil.rmtree(home, ignore_errors=True)
    return 0


sys.exit(main())
