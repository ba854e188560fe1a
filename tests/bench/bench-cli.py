#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""trestle-cli against the AWS CLI on one practice account: start, list, one invoke, in one run.

    bench-cli.py TRESTLE-CLI TRESTLE-PRACTICE
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLI, PRACTICE = sys.argv[1:3]
SAMPLE = str(Path(os.environ["TRESTLE_SOURCE"]) / "data" / "samples" / "iris-4.csv")
RUNS = 9


def main():
    if not shutil.which("aws"):
        print("# needs the AWS CLI")
        return 77
    home = tempfile.mkdtemp(prefix="trestle-bench-")
    env = {**os.environ, "HOME": home, "XDG_DATA_HOME": home + "/data",
           "XDG_CACHE_HOME": home + "/cache", "XDG_CONFIG_HOME": home + "/config",
           "TRESTLE_PRACTICE": PRACTICE}

    def run(*command, extra=None):
        return subprocess.run(command, env={**env, **(extra or {})}, capture_output=True,
                              check=True, timeout=120).stdout

    try:
        for step in (("search", "iris"), ("subscribe", "iris-classifier", "--accept"),
                     ("deploy", "iris-classifier", "--name", "iris", "--wait")):
            run(CLI, "--practice", *step)
        server = json.loads(Path(home, "data/trestle/practice/server.json").read_text("utf-8"))
        keys = server["accounts"]["buyer"]
        aws = {"AWS_ACCESS_KEY_ID": keys["access_key_id"], "AWS_REGION": "us-east-1",
               "AWS_SECRET_ACCESS_KEY": keys["secret_access_key"],
               "AWS_ENDPOINT_URL": server["endpoint"], "AWS_DEFAULT_REGION": "us-east-1"}
        pairs = {
            "start (--version)": ([CLI, "--version"], ["aws", "--version"]),
            "whoami": ([CLI, "--practice", "whoami"], ["aws", "sts", "get-caller-identity"]),
            "list endpoints": ([CLI, "--practice", "endpoints"],
                               ["aws", "sagemaker", "list-endpoints"]),
            "one invoke": ([CLI, "--practice", "invoke", "iris", SAMPLE],
                           ["aws", "sagemaker-runtime", "invoke-endpoint", "--endpoint-name",
                            "iris", "--content-type", "text/csv", "--body", "fileb://" + SAMPLE,
                            home + "/out"]),
        }
        for name, (ours, theirs) in pairs.items():
            times = ([], [])
            for turn in range(RUNS + 1):
                for which, command in enumerate((ours, theirs)):
                    begun = time.perf_counter()
                    run(*command, extra=aws if which else None)
                    if turn > 0:
                        times[which].append(time.perf_counter() - begun)
            ratios = [b / a for a, b in zip(*times)]
            print(f"{name:20} trestle-cli {statistics.median(times[0]) * 1000:7.1f} ms   "
                  f"aws {statistics.median(times[1]) * 1000:7.1f} ms   "
                  f"{statistics.median(ratios):5.1f} times faster "
                  f"({min(ratios):.1f}–{max(ratios):.1f}; aim: 20)")
    finally:
        subprocess.run([PRACTICE, "--stop"], env=env, capture_output=True, check=False, timeout=60)
        shutil.rmtree(home, ignore_errors=True)
    return 0


sys.exit(main())
