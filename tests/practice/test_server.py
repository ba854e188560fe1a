#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program: one server for a state, its ready line, its end."""

import json
import os
import pathlib
import stat
import subprocess
import tempfile

from harness import (BUYER, PROGRAM, SELLER, TESTER, Server, alive, case, run, scratch, wait_for)


@case
def ready_line():
    """the ready line has every member, and so has server.json, 0600"""
    server = Server()
    line = server.line
    assert set(line) == {"endpoint", "region", "account", "access_key_id", "secret_access_key",
                         "pid", "accounts"}, line
    assert line["region"] == "us-east-1" and line["account"] == BUYER
    numbers = {role: keys["account"] for role, keys in line["accounts"].items()}
    assert numbers == {"buyer": BUYER, "seller": SELLER, "tester": TESTER}
    for keys in line["accounts"].values():
        assert keys["access_key_id"].startswith("AKIAPRACTICE") and len(keys["access_key_id"]) == 20
        assert len(keys["secret_access_key"]) == 40
    assert line["access_key_id"] == line["accounts"]["buyer"]["access_key_id"]
    path = pathlib.Path(server.state, "server.json")
    assert json.loads(path.read_text(encoding="utf-8")) == line
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(os.stat(server.state).st_mode) == 0o700
    assert server.stop() == 0
    assert not path.exists() and not alive(server.pid)


@case
def seed():
    """the same seed makes the same keys, another one others"""
    keys = []
    for number in ("7", "7", "8"):
        server = Server("--seed", number)
        keys.append(server.line["accounts"])
        server.stop()
    assert keys[0] == keys[1] != keys[2]


@case
def keeps_keys_and_port():
    """a second start of a state keeps keys and port"""
    server = Server()
    before = server.line
    server.stop()
    server.start()
    assert server.pid != before["pid"]
    assert server.line["accounts"] == before["accounts"]
    assert server.endpoint == before["endpoint"]
    server.stop()


@case
def two_starters():
    """four starters at once make one server"""
    state = tempfile.mkdtemp(dir=scratch)
    starters = [subprocess.Popen([PROGRAM, "--state", state], stdout=subprocess.PIPE, text=True)
                for _ in range(4)]
    lines = [json.loads(starter.communicate(timeout=120)[0]) for starter in starters]
    assert all(starter.returncode == 0 for starter in starters)
    assert len({line["pid"] for line in lines}) == 1, lines
    server = Server(state=state)
    assert server.pid == lines[0]["pid"]
    server.stop()


@case
def refuses_other_addresses():
    """an address that is not loopback is refused with status 2"""
    for address in ("0.0.0.0:0", "192.0.2.7:8080", "example.com:80", "[::]:0"):
        done = subprocess.run([PROGRAM, "--listen", address, "--state", scratch],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2 and "loopback" in done.stderr, (address, done)
        assert done.stdout == ""


@case
def usage():
    """a wrong option or speed is refused with status 2"""
    for options in (["--no-such"], ["--speed", "fast"], ["--speed", "0"], ["extra"]):
        done = subprocess.run([PROGRAM, "--state", scratch, *options], capture_output=True,
                              text=True, timeout=60, check=False)
        assert done.returncode == 2 and done.stderr, (options, done)


@case
def listens_where_told():
    """--listen takes a port and other loopback names"""
    first = Server()
    port = first.port
    first.stop()
    second = Server("--listen", f"localhost:{port}")
    assert second.port == port
    second.stop()


@case
def stop_without_server():
    """--stop is fine where nothing runs"""
    done = subprocess.run([PROGRAM, "--state", tempfile.mkdtemp(dir=scratch), "--stop"],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0 and "not running" in done.stderr


@case
def idle():
    """an idle server ends by itself"""
    server = Server(env={"TRESTLE_PRACTICE_IDLE_SECONDS": "0.5"})
    wait_for(lambda: not alive(server.pid), "the idle server to end")
    assert not pathlib.Path(server.state, "server.json").exists()


@case
def stale_server_json():
    """what a killed server left behind does not confuse the next start"""
    server = Server()
    server.kill()
    assert pathlib.Path(server.state, "server.json").exists()
    before = server.line["accounts"]
    server.start()
    assert server.line["accounts"] == before
    server.stop()


@case
def damaged_state():
    """a file that is no database is set aside, and a fresh state begun"""
    state = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    (state / "practice.sqlite").write_bytes(b"this is not a database at all" * 100)
    server = Server(state=state)
    assert server.line["accounts"]["buyer"]["account"] == BUYER
    assert list(state.glob("practice.sqlite.damaged-*"))
    server.stop()


@case
def bad_faults_file():
    """a faults file that cannot be read is one clear sentence"""
    path = pathlib.Path(scratch, "faults.json")
    path.write_text('[{"kind": "earthquake"}]', encoding="utf-8")
    done = subprocess.run([PROGRAM, "--state", tempfile.mkdtemp(dir=scratch), "--faults", path],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "earthquake" in done.stderr, done


@case
def foreign_hosts():
    """requests under another host name, or from a web page, are refused"""
    server = Server()
    assert server.http("GET", "/practice/health")[0] == 200
    assert server.http("GET", "/practice/health", headers={"Host": "evil.example"})[0] == 403
    assert server.http("GET", "/practice/health", headers={"Host": "127.0.0.1.evil.example"})[0] == 403
    assert server.http("POST", "/practice/stop", headers={"Origin": "http://evil.example"})[0] == 403
    assert alive(server.pid)
    server.stop()


run()
