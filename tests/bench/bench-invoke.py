#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoke of 64 bytes at 1 and 16 connections: Trestle's client against boto3.

bench-invoke.py SERVER CLIENT: both contenders in one run, in turns, on one bare server. Prints
requests per second (the best round of each) and their ratios.
"""
import os
import subprocess
import sys
import threading
import time

ROUNDS = 3
SECONDS = 2.0
GOAL = 5.0


def trestle(client, endpoint, concurrency):
    done = subprocess.run(
        [client, endpoint, str(concurrency), str(SECONDS)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def boto(runtime, concurrency):
    counts = [0] * concurrency
    body = b"7" * 64
    end = time.monotonic() + SECONDS

    def work(index):
        while time.monotonic() < end:
            answer = runtime.invoke_endpoint(
                EndpointName="iris", ContentType="text/csv", Body=body
            )
            assert len(answer["Body"].read()) == 64
            counts[index] += 1

    start = time.monotonic()
    threads = [threading.Thread(target=work, args=(i,)) for i in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - start)


def main():
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        print("bench-invoke: boto3 is not there; nothing to compare with")
        return 77
    os.environ.pop("AWS_PROFILE", None)
    os.environ.update(AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null")
    with subprocess.Popen(
        [sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        endpoint = f"http://127.0.0.1:{int(server.stdout.readline())}"
        runtime = boto3.client(
            "sagemaker-runtime",
            region_name="us-east-1",
            endpoint_url=endpoint,
            aws_access_key_id="AKIDBENCH",
            aws_secret_access_key="bench-secret-key",
            config=Config(max_pool_connections=16),
        )
        for concurrency in (1, 16):
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(trestle(sys.argv[2], endpoint, concurrency))
                theirs.append(boto(runtime, concurrency))
            print(
                f"invoke 64 B, {concurrency:2} connections: trestle {max(ours):8.0f}/s  "
                f"boto3 {max(theirs):7.0f}/s  ratio {max(ours) / max(theirs):5.1f}"
                + (f"  (goal {GOAL:.0f})" if concurrency == 16 else ""),
                flush=True,
            )
        server.stdin.close()
    return 0


sys.exit(main())
