#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks one right program and many that are wrong in one way each with trestle-cli container."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cases import ASAN, case, results

CLI = sys.argv[1]
PROGRAM = Path(__file__).parent.parent / "container" / "program.py"
sys.path.insert(0, str(PROGRAM.parent))
import image  # noqa: E402 pylint: disable=wrong-import-position
import program  # noqa: E402 pylint: disable=wrong-import-position

HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-container-"))
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
    "HOME": str(HOME),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
}
# Errors fail a check; warnings are told of, and pass.
WARNINGS = {"attributes", "stream", "execution-parameters", "concurrency", "payload",
            "unknown-path", "unsupported-type", "invalid-input", "recovery", "loading"}


class Program:
    """A program of tests/container for as long as it is needed."""

    def __init__(self, *args):
        self.process = subprocess.Popen([sys.executable, str(PROGRAM), *args], env=ENV,
                                        stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def run(*args, status=0):
    done = subprocess.run([CLI, "container", "check", *map(str, args)], capture_output=True,
                          text=True, env=ENV, timeout=180, check=False)
    done.stderr = ASAN.sub("", done.stderr)
    assert done.returncode == status, \
        f"{args}: exit {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
    return done


def samples():
    folder = HOME / "samples"
    folder.mkdir(exist_ok=True)
    (folder / "rows.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    (folder / "rows.jsonl").write_text('{"x": [1, 2]}\n{"x": [3, 4]}\n', encoding="utf-8")
    (folder / ".hidden").write_text("not sent", encoding="utf-8")
    return folder


def declared(*more):
    return ("--samples", samples(), "--content-type", "text/csv", "--content-type",
            "application/jsonlines", "--accept", "application/json", *more)


def failed(report):
    return {check["id"] for check in report["checks"] if check["state"] == "failed"}


def check_wrong(wrong):
    """What is found of a program that is wrong in one way."""
    streams = ["--stream"] if wrong == "buffered" else []
    more = [*streams, "--json", *(["--ready", "2"] if wrong == "never-ready" else [])]
    expected = program.CHECKED[wrong]
    with Program(wrong, *streams) as there:
        done = run(there.url, *declared(*more), status=0 if expected in WARNINGS else 1)
    report = json.loads(done.stdout)
    assert failed(report) == {expected}, (wrong, failed(report), report["checks"])
    found = next(c for c in report["checks"] if c["id"] == expected)
    assert found["remedy"] and found["reason"], found
    assert found["severity"] == ("warning" if expected in WARNINGS else "error"), found
    assert report["result"] == ("warnings" if expected in WARNINGS else "failed"), report["result"]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def main():
    @case("what cannot be checked ends with 2")
    def _():
        for args in ((), ("http://127.0.0.1:1", "x"), ("http://10.0.0.1:8080",),
                     ("https://127.0.0.1:8080",), ("http://example.com",), ("http://127.0.0.1/x",),
                     ("http://me:secret@127.0.0.1:8080",), ("http://127.0.0.1:99999",),
                     ("http://127.0.0.1.example.com:8080",), ("http://127.0.0.1:1", "--ready", "0"),
                     ("http://127.0.0.1:1", "--samples", HOME / "none"),
                     ("ftp://127.0.0.1:21",), ("http://",)):
            done = run(*args, "--json", status=2)
            assert json.loads(done.stderr)["error"]["message"], args
            assert "secret" not in done.stderr, done.stderr
        empty = HOME / "empty"
        empty.mkdir()
        done = run("http://127.0.0.1:1", "--samples", empty, status=2)
        assert "no files" in done.stderr, done.stderr

    @case("a scanner that is installed is asked for vulnerabilities")
    def _():
        layer = image.tar_of({"serve": b"#!/bin/true\n"})
        archive = HOME / "scanned.tar"
        archive.write_bytes(image.saved([layer], image.config_of([layer]), "scanned:1"))
        found = {"trivy": {"Results": [{"Vulnerabilities": [
            {"VulnerabilityID": "CVE-2026-1", "PkgName": "openssl", "InstalledVersion": "3.0.1",
             "FixedVersion": "3.0.9", "Severity": "CRITICAL"}]}]},
            "grype": {"matches": [{"vulnerability": {"id": "CVE-2026-2", "severity": "High"},
                                   "artifact": {"name": "bash", "version": "5.2"}}]}}
        clean = {"trivy": {"ArtifactName": "x", "Results": []}, "grype": {"matches": []}}

        def scan(name, text, status, ends=0):
            """What is said with a scanner of that name, which writes the text to the file that it is told."""
            tools = HOME / f"tools-{name}"
            tools.mkdir(exist_ok=True)
            (tools / name).write_text(
                "#!/bin/sh\nwhile [ $# -gt 0 ]; do\n"
                f"case $1 in {'--output' if name == 'trivy' else '--file'}) out=$2;; esac\n"
                f"last=$1; shift; done\necho \"$last\" >{tools}/asked\n"
                f"cat >\"$out\" <<'END'\n{text}\nEND\nexit {ends}\n", encoding="utf-8")
            (tools / name).chmod(0o755)
            done = subprocess.run([CLI, "container", "check", archive, "--json"], text=True,
                                  env={**ENV, "PATH": f"{tools}:/usr/bin:/bin"}, timeout=180,
                                  capture_output=True, check=False)
            assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
            assert str(archive) in (tools / "asked").read_text(encoding="utf-8")
            return next(check for check in json.loads(done.stdout)["checks"]
                        if check["id"] == "vulnerabilities")

        for name, word in (("trivy", "CVE-2026-1 in openssl 3.0.1, mended in 3.0.9"),
                           ("grype", "CVE-2026-2 in bash 5.2")):
            check = scan(name, json.dumps(found[name]), 1)
            assert check["state"] == "failed" and word in check["reason"], check
            assert check["figure"] == ("1 critical, 0 high" if name == "trivy"
                                       else "0 critical, 1 high"), check
            assert scan(name, json.dumps(clean[name]), 0)["state"] == "passed"
            # a scanner that does not work is said, and is no fault of the image
            for text, ends in (("not JSON", 0), ("", 0), ("{}", 0), (json.dumps(clean[name]), 3)):
                check = scan(name, text, 0, ends)
                assert check["state"] == "skipped" and name in check["reason"], (text, check)

    @case("a port where nothing listens fails, and says so")
    def _():
        report = json.loads(run(f"http://127.0.0.1:{free_port()}", "--json", status=1).stdout)
        assert failed(report) == {"ready"} and report["result"] == "failed", report
        assert all(c["state"] in ("failed", "skipped") for c in report["checks"]), report

    @case("the right program passes")
    def _():
        with Program() as there:
            report = json.loads(run(there.url, *declared("--metered", "--json")).stdout)
            assert set(report) >= {"target", "result", "checks"} and report["result"] == "passed"
            assert failed(report) == set() and report["target"] == there.url, report
            states = {c["id"]: c["state"] for c in report["checks"]}
            assert states["invocations"] == states["multi-record"] == states["metering"] == "passed"
            assert states["platform"] == "skipped", states
            assert len(states) == len(report["checks"]), "ids are unique"
            figures = report["figures"]
            assert 0 <= figures["call_median_ms"] <= figures["call_p95_ms"] < 60000, figures
            assert 0 < figures["slowest_ping_ms"] < 2000 and figures["ready_ms"] > 0, figures
            assert {ping["phase"] for ping in report["pings"]} == {"loading", "idle", "load"}
            text = run(there.url, *declared("--report", HOME / "report.md")).stdout
            assert "✓ Healthy on /ping" in text and "0 failed" in text, text
            report = (HOME / "report.md").read_text(encoding="utf-8")
            assert report.startswith("# Container Check\n") and "## Passed" in report, report
            run(there.url, *declared("--report", HOME / "report.json"))
            assert json.loads((HOME / "report.json").read_text(encoding="utf-8"))["checks"]

    @case("without samples what needs none is checked")
    def _():
        with Program() as there:
            report = json.loads(run(there.url, "--content-type", "text/csv", "--json").stdout)
            states = {c["id"]: c["state"] for c in report["checks"]}
            assert states["unknown-path"] == states["invalid-input"] == "passed", states
            assert states["invocations"] == states["concurrency"] == "skipped", states

    @case("a declared type without a sample fails")
    def _():
        with Program() as there:
            report = json.loads(run(there.url, *declared("--content-type", "image/png"), "--json",
                                    status=1).stdout)
            assert failed(report) == {"invocations"}, report

    @case("a field that is promised is looked for in every answer")
    def _():
        def state(*returns):
            with Program() as there:
                done = run(there.url, *declared("--json", *returns), status=int("score" in returns))
            report = json.loads(done.stdout)
            assert failed(report) <= {"returned-fields"}, report["checks"]
            return next(c for c in report["checks"] if c["id"] == "returned-fields")

        assert state()["state"] == "skipped"
        assert state("--returns", "sums")["state"] == "passed"
        check = state("--returns", "sums", "--returns", "score")
        assert check["state"] == "failed" and "score" in check["reason"], check

    @case("without declared types, samples of other models are let be")
    def _():
        folder = HOME / "others"
        folder.mkdir()
        (folder / "a.csv").write_text("colour,shape\nred,round\n", encoding="utf-8")
        (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        with Program() as there:
            report = json.loads(run(there.url, "--samples", folder, "--json", status=1).stdout)
            assert failed(report) == {"invocations"}, report
            (folder / "c.csv").write_text("1,2\n", encoding="utf-8")
            report = json.loads(run(there.url, "--samples", folder, "--json").stdout)
            assert failed(report) == set(), report
            found = next(c for c in report["checks"] if c["id"] == "invocations")
            assert found["figure"] == "1 of 3" and "b.png" in found["reason"], found

    @case("a streaming program passes")
    def _():
        with Program("--stream") as there:
            report = json.loads(run(there.url, *declared("--stream", "--json")).stdout)
            assert failed(report) == set(), report
            assert {c["id"]: c["state"] for c in report["checks"]}["stream"] == "passed"

    @case("it stops at once")
    def _():
        with Program("never-ready") as there:
            begun = time.monotonic()
            with subprocess.Popen([CLI, "container", "check", there.url, "--json"], env=ENV,
                                  stdout=subprocess.PIPE, text=True) as checking:
                time.sleep(1.5)
                checking.send_signal(signal.SIGINT)
                report = json.loads(checking.communicate(timeout=20)[0])
            assert checking.returncode == 1 and report["result"] == "stopped", report
            assert time.monotonic() - begun < 15

    with ThreadPoolExecutor(4) as pool:
        found = {wrong: pool.submit(check_wrong, wrong) for wrong in program.WRONGS}
        for wrong, future in found.items():
            case(f"found: one that {program.WRONGS[wrong]}")(future.result)

    print(f"1..{len(results)}")
    return 0 if all(results) else 1


sys.exit(main())
