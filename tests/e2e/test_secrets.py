#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that Trestle prints or writes outside the keyring holds a secret key or session token."""

import json
import subprocess

from kit import CLI, LISTING, SAMPLES, Home, case, run

TOKEN = "FwoGZXIvYXdzEJr-not-to-be-seen-Y3Jvc3MtYWNjb3VudA"
home = Home(speed=1800)
said = []
line = home.server()
buyer = line["accounts"]["buyer"]
tester = line["accounts"]["tester"]
WRONG = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYwrong0key0"


def cli(*args, env=None, stdin=""):
    """A command that tells all it can; what it said is kept."""
    done = subprocess.run([CLI, *map(str, args)], input=stdin, capture_output=True, text=True,
                          env={**home.env, "G_MESSAGES_DEBUG": "all", **(env or {})}, timeout=240,
                          check=False)
    assert done.returncode in (0, 1), (args, done.returncode, done.stderr[-2000:])
    said.append((args, done.stdout + done.stderr))
    return done


def keys(account, **more):
    return {"AWS_ACCESS_KEY_ID": account["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": account["secret_access_key"], "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": line["endpoint"], **more}


def check(secret, what):
    for args, text in said:
        assert secret not in text, f"{what} in the output of {args}"
    found = subprocess.run(["grep", "-rlF", "--", secret, str(home.path)], capture_output=True,
                           text=True, check=False).stdout.split()
    # the practice account's own keys open nothing else, and lie where the issue says
    found = [one for one in found if "/trestle/practice/" not in one or one.endswith(".log")]
    assert not found, f"{what} in {found}"


@case
def main_job():
    """the main job on the practice account, with all messages"""
    for args in (("search", "iris"), ("subscribe", LISTING, "--accept"), ("arn", LISTING),
                 ("deploy", LISTING, "--name", "iris", "--wait"),
                 ("invoke", "iris", SAMPLES / "iris-4.csv"), ("logs", "iris"), ("endpoints",),
                 ("delete-endpoint", "iris"), ("unsubscribe", LISTING)):
        assert cli("--practice", *args).returncode == 0, args
    for account in line["accounts"].values():
        check(account["secret_access_key"], "a practice key")


@case
def environment():
    """keys of the environment: right, wrong, with a token, with answers that fail"""
    assert cli("whoami", env=keys(tester)).returncode == 0
    assert cli("whoami", "--json", env=keys({**tester, "secret_access_key": WRONG})).returncode == 1
    assert cli("whoami", env=keys(tester, AWS_SESSION_TOKEN=TOKEN)).returncode == 1
    for kind in ("expired-token", "denied", "error500", "cut", "reset"):
        home.faults({"service": "sts", "kind": kind})
        assert cli("whoami", env=keys(tester)).returncode == 1, kind
        home.http("DELETE", "/practice/faults")
    check(tester["secret_access_key"], "the secret key")
    check(WRONG, "a wrong secret key")
    check(TOKEN, "the session token")


@case
def kept_key():
    """a key in the keyring, used and removed"""
    ring = {"SECRET_BACKEND": "file", "SECRET_FILE_TEST_PATH": str(home.path / "ring"),
            "SECRET_FILE_TEST_PASSWORD": "pw", "AWS_ENDPOINT_URL": line["endpoint"]}
    secret = buyer["secret_access_key"]
    added = cli("account", "add", "kept", "--access-key-id", buyer["access_key_id"], "--region",
                "us-east-1", env=ring, stdin=secret + "\n")
    assert added.returncode == 0, added.stderr
    who = cli("--account", "kept", "whoami", "--json", env=ring)
    assert who.returncode == 0, who.stderr[-2000:]
    # libdex has a word to say before main() begins
    answer = json.loads(who.stdout[who.stdout.index("{"):])
    assert answer["Account"] == "111122223333", answer
    cli("account", "list", env=ring)
    check(secret, "the kept key")
    cli("account", "remove", "kept", env=ring)
    check(secret, "the removed key")


run()
