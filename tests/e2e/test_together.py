#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many programs at once on one store and one practice account; delete-by after a restart."""

import os
import signal
import time

from kit import LISTING, SAMPLES, Home, alive, case, check_settled, run, wait_for

home = Home()


@case
def one_server():
    """commands that start the practice account at once make one server"""
    for _ in range(3):
        programs = [home.start("whoami", "--json") for _ in range(4)]
        for program in programs:
            program.wait()
        pids = {int(one) for one in os.listdir("/proc") if one.isdigit() and serves(one)}
        assert pids == {home.server()["pid"]}, pids
        home.kill_server()


def serves(pid):
    """Whether this process is a practice account of this home."""
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            ours = f"XDG_DATA_HOME={home.env['XDG_DATA_HOME']}".encode() in file.read().split(b"\0")
        return ours and os.readlink(f"/proc/{pid}/exe").endswith("trestle-practice") \
            and alive(int(pid))
    except OSError:
        return False


@case
def ten_at_once():
    """ten invocations with other commands meanwhile: all of them go through"""
    home.serve("--speed", "1800")
    home.subscribe()
    home.cli("deploy", LISTING, "--name", "iris", "--wait")
    programs = [home.start("invoke", "iris", SAMPLES / "iris-4.csv", "--repeat", "5", "--json")
                for _ in range(10)]
    programs += [home.start(*command) for command in (
        ("endpoints",), ("search", "iris"), ("logs", "iris"), ("subscriptions",), ("show", LISTING),
        ("deploy", LISTING, "--name", "second"))]
    for program in programs:
        text = program.wait()
        assert "locked" not in text, text
    (kept,), = home.rows("SELECT count(*) FROM invocation", database="trestle.db")
    assert kept == 50, f"{kept} of 50 invocations are in the history"
    assert home.open_entries() == []
    assert home.rows("PRAGMA integrity_check", database="trestle.db") == [("ok",)]
    home.cli("delete-endpoint", "second")
    home.cli("delete-endpoint", "iris")
    check_settled(home)


@case
def delete_by():
    """past its delete-by an endpoint goes at the next command, though all were killed meanwhile"""
    program = home.start("deploy", LISTING, "--name", "iris", "--delete-after", "2s", "--wait")
    wait_for(lambda: home.is_status("iris", "InService"), "the endpoint")
    os.kill(program.process.pid, signal.SIGKILL)
    home.kill_server()
    due = home.ledger()["iris"] / 1e6
    wait_for(lambda: time.time() > due, "its time")

    def is_gone():
        home.cli("whoami")
        return not home.at_aws()["endpoints"] and not home.open_entries()

    wait_for(is_gone, "the endpoint to be deleted")
    check_settled(home)


run()
