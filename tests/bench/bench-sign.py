#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing per request: Trestle's signer against botocore's SigV4Auth.

bench-sign.py CLIENT: both contenders in one run, in turns, over the same invocation of 64 bytes.
Prints microseconds per signature (the best round of each) and their ratio.
"""
import subprocess
import sys
import time

ROUNDS = 3
SECONDS = 1.0
GOAL = 1.0


def botocore_rate(auth, request_class):
    body = b"7" * 64
    url = "https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/iris/invocations"
    count = 0
    start = time.monotonic()
    end = start + SECONDS
    while time.monotonic() < end:
        for _ in range(20):
            request = request_class(
                method="POST",
                url=url,
                data=body,
                headers={
                    "Content-Type": "text/csv",
                    "User-Agent": "benchmark",
                    "amz-sdk-request": "attempt=1; max=3",
                },
            )
            auth.add_auth(request)
            count += 1
    return count / (time.monotonic() - start)


def main():
    try:
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
    except ImportError:
        print("bench-sign: botocore is not there; nothing to compare with")
        return 77
    auth = SigV4Auth(
        Credentials("AKIDPRACTICE0001", "practice/secret+key-0001"), "sagemaker", "us-east-1"
    )
    ours = theirs = 0.0
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.argv[1], str(SECONDS)], capture_output=True, text=True, check=True
        )
        ours = max(ours, float(done.stdout))
        theirs = max(theirs, botocore_rate(auth, AWSRequest))
    ratio = ours / theirs
    print(
        f"sign: Trestle {1e6 / ours:.1f} µs, botocore {1e6 / theirs:.1f} µs per signature, "
        f"ratio {ratio:.1f}"
    )
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
