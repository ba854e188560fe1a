# SPDX-License-Identifier: GPL-3.0-or-later
"""A home of its own with trestle-cli and a practice account in it, and the means to break both.

What is true is read from where it is kept: the practice account's tables say what exists at AWS, the
journal and the ledger what Trestle believes.
"""

import atexit
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

SOURCE = pathlib.Path(os.environ.get("TRESTLE_SOURCE", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("TRESTLE_BUILD", SOURCE / "_build"))
CLI = BUILD / "src/cli/trestle-cli"
PRACTICE = BUILD / "src/practice/trestle-practice"
WINDOW = BUILD / "src/app/trestle"
SAMPLES = SOURCE / "data/samples"
BUYER = "111122223333"
LISTING = "iris-classifier"
# Long enough that nothing but the test ends it
HELD_MS = 300_000

cases = []
homes = []


def case(function):
    """Marks a test: its first line of documentation is its name."""
    cases.append(function)
    return function


def wait_for(condition, what, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds} s for {what}")


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Skip(Exception):
    """This case cannot be tried here."""


class Program:
    """A program under way that can be killed."""

    def __init__(self, args, env):
        self.output = tempfile.TemporaryFile()  # pylint: disable=consider-using-with
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            args, env=env, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output)

    def text(self):
        self.output.seek(0)
        return self.output.read().decode(errors="replace")

    def kill(self):
        """SIGKILL, and an error if it had ended before."""
        assert self.process.poll() is None, \
            f"ended by itself ({self.process.returncode}): {self.text()}"
        self.process.kill()
        self.process.wait()

    def kill_if_running(self):
        self.process.kill()
        self.process.wait()

    def wait(self, status=0):
        self.process.wait(timeout=240)
        assert self.process.returncode == status, \
            f"status {self.process.returncode}: {self.text()}"
        return self.text()

    def __del__(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.output.close()


class Home:
    """A user with an empty home, a practice account, and nothing else."""

    def __init__(self, speed=None):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="trestle-e2e-"))
        self.data = self.path / "data" / "trestle"
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("AWS_") and not name.lower().endswith("_proxy")}
        self.env = {**kept, "HOME": str(self.path), "XDG_DATA_HOME": str(self.path / "data"),
                    "XDG_CACHE_HOME": str(self.path / "cache"),
                    "XDG_CONFIG_HOME": str(self.path / "config"),
                    "XDG_STATE_HOME": str(self.path / "state"),
                    "TRESTLE_PRACTICE": str(PRACTICE), "LC_ALL": "C.UTF-8",
                    "G_DEBUG": "fatal-criticals"}
        homes.append(self)
        if speed is not None:
            self.serve("--speed", str(speed))

    # The command line

    def cli(self, *args, status=0, env=None):
        """Runs a command to its end; @status None: whatever it may be."""
        done = subprocess.run([CLI, "--practice", *map(str, args)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env={**self.env, **(env or {})},
                              timeout=240, check=False)
        assert status is None or done.returncode == status, \
            f"{args}: status {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *args):
        return json.loads(self.cli(*args, "--json").stdout)

    def json_lines(self, *args):
        done = self.cli(*args, "--json")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *args):
        return Program([CLI, "--practice", *map(str, args)], self.env)

    # The practice account

    def serve(self, *options):
        # these tests ask as fast as they can
        done = subprocess.run([PRACTICE, "--no-rates", *options], env=self.env, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def stop(self):
        subprocess.run([PRACTICE, "--stop"], env=self.env, capture_output=True, timeout=120,
                       check=True)

    def restart(self, speed):
        self.stop()
        return self.serve("--speed", str(speed))

    def server(self):
        path = self.data / "practice" / "server.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def server_pid(self):
        """The process that serves now, or None."""
        with contextlib.suppress(OSError, ValueError):
            pid = self.server()["pid"]
            if alive(pid):
                return pid
        return None

    def kill_server(self):
        pid = self.server()["pid"]
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not alive(pid), "the practice account to be gone")
        return pid

    def http(self, method, path, body=None):
        port = urllib.parse.urlsplit(self.server()["endpoint"]).port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body)
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, text
            return text

    def faults(self, *faults):
        self.http("POST", "/practice/faults", json.dumps(faults))

    def pending_faults(self):
        return json.loads(self.http("GET", "/practice/faults"))

    def client(self, service, account="buyer"):
        import boto3
        from botocore.config import Config

        line = self.server()
        keys = line["accounts"][account]
        return boto3.session.Session().client(
            service, region_name="us-east-1", endpoint_url=line["endpoint"],
            aws_access_key_id=keys["access_key_id"],
            aws_secret_access_key=keys["secret_access_key"],
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}))

    def rows(self, sql, *values, database="practice/practice.sqlite"):
        path = urllib.parse.quote(str(self.data / database))
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True,
                                                timeout=30)) as db:
            return db.execute(sql, values).fetchall()

    def at_aws(self):
        """What exists: names of models, configurations and endpoints."""
        return {table: [name for name, in self.rows(f"SELECT name FROM {table} ORDER BY name")]
                for table in ("models", "configs", "endpoints")}

    def agreements(self):
        return self.rows("SELECT id, status FROM agreements WHERE account = ?", BUYER)

    # What Trestle believes

    def open_entries(self):
        return self.rows("SELECT operation, resource FROM journal WHERE outcome IS NULL",
                         database="trestle.db")

    def ledger(self):
        """Open entries: name → delete-by in microseconds."""
        rows = self.rows("SELECT name, delete_by FROM ledger WHERE ended IS NULL",
                         database="trestle.db")
        assert len(rows) == len({name for name, _ in rows}), f"twice in the ledger: {rows}"
        return dict(rows)

    # Held and broken calls

    def hold(self, operation):
        """The next call of @operation takes effect, but its answer does not come."""
        self.faults({"operation": operation, "kind": "delay", "delay_ms": HELD_MS, "count": 1})

    def hold_before(self, operation):
        """The next call of @operation is not even begun."""
        self.faults({"operation": operation, "kind": "delay", "delay_ms": HELD_MS, "count": 1,
                     "when": "before"})

    def wait_held(self):
        wait_for(lambda: not self.pending_faults(), "the call to be held")

    def subscribe(self, listing=LISTING):
        self.cli("subscribe", listing, "--accept")

    def is_status(self, name, status):
        found = self.rows("SELECT status FROM endpoints WHERE name = ?", name)
        return bool(found) and found[0][0] == status

    def close(self):
        with contextlib.suppress(subprocess.SubprocessError):
            subprocess.run([PRACTICE, "--stop"], env=self.env, capture_output=True, timeout=60,
                           check=False)
        shutil.rmtree(self.path, ignore_errors=True)


def check_settled(home, endpoint=None):
    """Nothing open, nothing twice, nothing orphaned; @endpoint: the one that has to be there."""
    assert home.open_entries() == [], home.open_entries()
    names = [endpoint] if endpoint else []
    found = home.at_aws()
    assert found["endpoints"] == names, found
    assert found["models"] == names, found
    assert len(found["configs"]) == len(names), found
    ledger = home.ledger()
    assert list(ledger) == names, ledger
    if endpoint is None:
        return
    (tag,), = home.rows("SELECT value FROM tags WHERE key = 'trestle:delete-by'"
                        " AND arn LIKE '%:endpoint/' || ?", endpoint)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ledger[endpoint] // 1_000_000))
    assert ledger[endpoint] > time.time() * 1e6, ledger
    assert tag.startswith(stamp), (tag, stamp)
    shown = {one["EndpointName"]: one for one in home.json("endpoints")["items"]}
    assert list(shown) == [endpoint] and shown[endpoint]["delete_by"], shown


def server_logs():
    lines = []
    for home in homes:
        for path in sorted(home.data.glob("practice/*.log")):
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()[-30:]
    return lines


def no_complaints():
    """no practice account had anything to complain about"""
    for line in server_logs():
        for word in ("CRITICAL", "WARNING **", "Sanitizer: detected", "ERROR: AddressSanitizer",
                     "runtime error:"):
            assert word not in line, line


def run():
    """Runs the cases in order as TAP."""
    cases.append(no_complaints)
    print(f"1..{len(cases)}")
    failed = 0
    for number, function in enumerate(cases, 1):
        name = (function.__doc__ or function.__name__).strip().splitlines()[0]
        try:
            function()
            print(f"ok {number} - {name}")
        except Skip as reason:
            print(f"ok {number} - {name} # SKIP {reason}")
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} - {name}")
            for line in traceback.format_exc().splitlines() + server_logs():
                print(f"# {line}")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


@atexit.register
def _end():
    for home in homes:
        home.close()
