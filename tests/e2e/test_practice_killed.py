#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice account's server is killed; the next command starts it again where it was."""

import threading
import time

from kit import LISTING, SAMPLES, Home, alive, case, check_settled, run, wait_for

home = Home(speed=90)
home.cli("search")
home.subscribe()


@case
def while_creating():
    """killed while an endpoint is Creating: it goes on where it was"""
    home.cli("deploy", LISTING, "--name", "iris")
    assert home.is_status("iris", "Creating")
    before = home.rows("SELECT created, due, next FROM endpoints WHERE name = 'iris'")
    old = home.kill_server()
    found = home.json("endpoint", "iris")
    assert home.server()["pid"] != old
    assert found["EndpointStatus"] in ("Creating", "InService"), found
    after = home.rows("SELECT created, due, next FROM endpoints WHERE name = 'iris'")
    assert before == after or home.is_status("iris", "InService"), (before, after)
    wait_for(lambda: home.is_status("iris", "InService"), "the endpoint")
    check_settled(home, "iris")
    answer = home.json_lines("invoke", "iris", SAMPLES / "iris-4.csv")
    assert answer[0]["status"] == 200, answer


@case
def same_address():
    """it comes back at the same address with the same keys"""
    before = home.server()
    home.kill_server()
    home.cli("whoami")
    after = home.server()
    assert before.pop("pid") != after.pop("pid")
    assert before == after, (before, after)


@case
def everything_stays():
    """agreements, objects, logs and tags are there afterwards, whole"""
    s3 = home.client("s3")
    bucket = s3.list_buckets()["Buckets"][0]["Name"]
    body = bytes(range(256)) * 4096
    s3.put_object(Bucket=bucket, Key="kept/one.bin", Body=body)
    agreements = home.agreements()
    events = home.json("logs", "iris")["items"]
    tags = home.rows("SELECT * FROM tags ORDER BY arn, key")
    assert agreements and events and tags
    home.kill_server()
    home.cli("whoami")
    s3 = home.client("s3")
    assert s3.get_object(Bucket=bucket, Key="kept/one.bin")["Body"].read() == body
    assert home.agreements() == agreements
    assert home.json("logs", "iris")["items"][:len(events)] == events
    assert home.rows("SELECT * FROM tags ORDER BY arn, key") == tags
    assert home.rows("PRAGMA integrity_check") == [("ok",)]


@case
def while_deploying():
    """killed under a deployment that waits: the command starts it again and ends well"""
    home.cli("delete-endpoint", "iris")
    program = home.start("deploy", LISTING, "--name", "iris", "--wait")
    wait_for(lambda: home.is_status("iris", "Creating"), "the endpoint to be there")
    home.kill_server()
    program.wait()
    assert home.is_status("iris", "InService")
    check_settled(home, "iris")


@case
def while_deleting():
    """killed under a deletion: the command goes on with it"""
    program = home.start("delete-endpoint", "iris")
    wait_for(lambda: home.is_status("iris", "Deleting"), "the deletion")
    home.kill_server()
    program.wait()
    check_settled(home)


@case
def held_call():
    """killed while a call is held: the command asks, and it is made once"""
    for operation in ("CreateModel", "CreateEndpointConfig", "CreateEndpoint"):
        home.hold(operation)
        program = home.start("deploy", LISTING, "--name", "iris", "--wait")
        home.wait_held()
        home.kill_server()
        program.wait()
        check_settled(home, "iris")
        home.cli("delete-endpoint", "iris")
        check_settled(home)


@case
def under_fire():
    """killed again and again under a hail of commands: nothing is torn"""
    home.cli("deploy", LISTING, "--name", "iris", "--wait")
    stop = threading.Event()
    failures = []

    def ask():
        while not stop.is_set():
            done = home.cli("invoke", "iris", SAMPLES / "iris-4.csv", status=None)
            # one that was cut off says so in a sentence
            if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stderr):
                failures.append((done.returncode, done.stderr))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        time.sleep(0.3)
        if home.server_pid():
            home.kill_server()
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures, failures
    home.cli("invoke", "iris", SAMPLES / "iris-4.csv")
    assert home.rows("PRAGMA integrity_check") == [("ok",)]
    check_settled(home, "iris")


@case
def half_a_start():
    """starters that were killed half-way leave nothing in the way of the next"""
    home.stop()
    for step in range(8):
        program = home.start("whoami")
        time.sleep(0.01 * step)
        program.kill_if_running()
    home.cli("whoami")
    check_settled(home, "iris")


run()
