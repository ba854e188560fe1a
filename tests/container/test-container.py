#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks images with trestle-cli container, run by Podman.

The images are made from the Python of this system, packed as a tar: no registry is asked. Needs
Podman, its socket or the program; in the closed surroundings of `check` there is neither, so

    build-aux/devroot tests/container/test-container.py _build/src/cli/trestle-cli

runs it by itself.
"""
import io
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import urllib.parse
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
import engine  # noqa: E402 pylint: disable=wrong-import-position
import image  # noqa: E402 pylint: disable=wrong-import-position

CLI = sys.argv[1]
HOME = Path(tempfile.mkdtemp(prefix="trestle-container-"))
NAME = f"localhost/trestle-test-{os.getpid()}"
ENV = {**{k: v for k, v in os.environ.items() if not k.startswith("AWS_")}, "HOME": str(HOME),
       "XDG_DATA_HOME": str(HOME / "data"), "LC_ALL": "C.UTF-8"}
results = []


def add(tar, path, real=None):
    """A file of this system, with everything that it links to."""
    real = os.path.realpath(real or path)
    info = tarfile.TarInfo(path.lstrip("/"))
    info.size, info.mode = os.path.getsize(real), 0o755
    with open(real, "rb") as file:
        tar.addfile(info, file)


def base():
    """A root with Python and nothing else."""
    data = io.BytesIO()
    python = os.path.realpath(sys.executable)
    with tarfile.open(fileobj=data, mode="w") as tar:
        stdlib = sysconfig.get_path("stdlib")
        objects = [python]
        for folder, folders, names in os.walk(stdlib):
            folders[:] = [f for f in folders if f not in
                          ("__pycache__", "test", "tests", "idlelib", "tkinter", "ensurepip",
                           "dist-packages", "site-packages", "lib2to3", "pydoc_data")]
            for name in names:
                if name.endswith((".py", ".so")):
                    add(tar, os.path.join(folder, name))
                    if name.endswith(".so"):
                        objects.append(os.path.join(folder, name))
        libraries = set()
        for path in objects:
            listed = subprocess.run(["ldd", path], capture_output=True, text=True, check=False)
            libraries.update(re.findall(r"(/\S+) \(0x", listed.stdout))
        for path in sorted(libraries):
            add(tar, path)
        add(tar, "/usr/bin/python3", python)
        add(tar, "/program.py", str(Path(__file__).parent / "program.py"))
        for folder in ("tmp", "opt/ml/model", "opt/ml/input", "opt/ml/output"):
            info = tarfile.TarInfo(folder)
            info.type, info.mode = tarfile.DIRTYPE, 0o777
            tar.addfile(info)
    return data.getvalue()


def make_image(there, tag, words=(), entry=None, env=(), ports=("8080/tcp",)):
    layers = [there.base]
    config = image.config_of(layers, entry=entry or ["/usr/bin/python3", "/program.py", *words],
                             env=["PATH=/usr/bin", "PYTHONDONTWRITEBYTECODE=1", *env], ports=ports)
    status, body = there.ask("POST", "/images/load", image.saved(layers, config, f"{NAME}:{tag}"),
                             "application/x-tar")
    assert status == 200, (status, body)
    return f"{NAME}:{tag}"


def findings(text):
    try:
        return [c for c in json.loads(text)["checks"] if c["state"] == "failed"]
    except ValueError:
        return text


def check(*args, status=0):
    done = subprocess.run([CLI, "container", "check", *map(str, args), "--json"],
                          capture_output=True, text=True, env={**ENV, "CONTAINER_HOST": HOST},
                          timeout=240, check=False)
    assert done.returncode == status, \
        f"{args}: exit {done.returncode}\n{findings(done.stdout)}\n{done.stderr}"
    return json.loads(done.stdout) if status < 2 else json.loads(done.stderr)


def failed(report):
    return {c["id"] for c in report["checks"] if c["state"] == "failed"}


def states(report):
    return {c["id"]: c["state"] for c in report["checks"]}


def left(there):
    """Containers of checks that are still there."""
    filters = urllib.parse.quote(json.dumps({"label": ["dev.trestle.check"]}))
    return json.loads(there.ask("GET", f"/containers/json?all=true&filters={filters}")[1])


def case(name):
    def wrap(func):
        try:
            func()
            results.append(True)
            print(f"ok {len(results)} - {name}")
        except Exception as error:  # pylint: disable=broad-except
            results.append(False)
            print(f"not ok {len(results)} - {name}")
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return wrap


def run(there):
    there.base = base()
    samples, model, training = HOME / "samples", HOME / "model", HOME / "training"
    for folder in (samples, model, training / "train"):
        folder.mkdir(parents=True)
    (samples / "rows.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    (model / "factor.json").write_text("2", encoding="utf-8")
    (training / "train" / "rows.csv").write_text("1,2\n3,4\n", encoding="utf-8")
    archive = HOME / "model.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(model / "factor.json", "factor.json")
    good = make_image(there, "good")
    given = ("--samples", samples, "--model", model)

    @case("the right image passes")
    def _():
        report = check(good, *given)
        assert failed(report) == set() and report["result"] == "passed", findings(json.dumps(report))
        assert report["engine"].startswith(("Podman", "Docker")), report["engine"]
        found = states(report)
        for name in ("starts", "ready", "loading", "network", "model-folder", "stop", "no-model",
                     "platform", "entry-point", "invocations", "batch"):
            assert found[name] == "passed", (name, findings(json.dumps(report)))
        assert 1000 < report["figures"]["ready_ms"] < 60000, report["figures"]
        assert report["figures"]["stop_ms"] < 10000, report["figures"]
        assert left(there) == []

    @case("the model may be an archive")
    def _():
        report = check(good, "--samples", samples, "--model", archive)
        assert failed(report) == set() and states(report)["archive"] == "passed", findings(json.dumps(report))
        with tarfile.open(HOME / "bad.tar.gz", "w:gz") as tar:
            tar.add(model / "factor.json", "../factor.json")
        error = check(good, "--model", HOME / "bad.tar.gz", status=2)["error"]
        assert "../factor.json" in error["message"], error

    for wrong, ids in (("network", {"network"}), ("writes", {"writes"}), ("deaf", {"stop"}),
                       ("static-ping", {"no-model"}), ("ends", {"starts"}),
                       ("batch", {"batch"})):
        @case(f"found: an image that {wrong}")
        def _(wrong=wrong, ids=ids):
            report = check(make_image(there, wrong, [wrong]), *given,
                           status=1 if ids & {"network", "starts", "batch"} else 0)
            assert failed(report) == ids, findings(json.dumps(report))
            assert left(there) == []

    @case("found: what can be seen of an image that lies there")
    def _():
        shell = make_image(there, "shell", entry=["/bin/sh", "-c", "python3 /program.py serve"],
                           env=["AWS_KEY=AKIAIOSFODNN7EXAMPLE"], ports=("8080/tcp", "22/tcp"))
        report = check(shell, status=1)
        assert failed(report) >= {"entry-point", "credentials", "ports"}, findings(json.dumps(report))
        assert "AKIAIOSFODNN7EXAMPLE" not in json.dumps(report), report
        assert left(there) == []

    @case("an algorithm trains, says why it cannot, and serves its model")
    def _():
        report = check(good, "--samples", samples, "--training", training, "--hyperparameter",
                       "scale=3")
        assert failed(report) == set(), findings(json.dumps(report))
        assert states(report)["training"] == states(report)["training-failure"] == "passed", report
        assert states(report)["ready"] == "passed", findings(json.dumps(report))
        for wrong, ids in (("trains-anything", {"training-failure"}), ("no-model", {"training"})):
            report = check(make_image(there, wrong, [wrong]), "--training", training, status=1)
            assert failed(report) == ids, (wrong, findings(json.dumps(report)))
        assert left(there) == []

    @case("an image that is not there ends with 2")
    def _():
        error = check("localhost/no-such-image:1", status=2)["error"]
        assert "no-such-image" in error["message"], error

    @case("stopped or killed, it leaves nothing")
    def _():
        command = [CLI, "container", "check", good, *map(str, given)]
        with subprocess.Popen(command, env={**ENV, "CONTAINER_HOST": HOST},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            engine.wait_until(lambda: left(there))
            running.terminate()
            running.wait(timeout=60)
        assert left(there) == []
        with subprocess.Popen(command, env={**ENV, "CONTAINER_HOST": HOST},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            engine.wait_until(lambda: left(there))
            running.kill()
        check("localhost/no-such-image:1", status=2)
        assert left(there) == []


try:
    with engine.Engine(HOME) as podman:
        HOST = podman.address
        run(podman)
        for made in json.loads(podman.ask("GET", "/images/json")[1]):
            if any(tag.startswith(NAME) for tag in made.get("RepoTags") or []):
                podman.ask("DELETE", f"/images/{made['Id']}?force=true")
    print(f"1..{len(results)}")
except engine.Missing as reason:
    print(f"1..0 # SKIP {reason}")
finally:
    shutil.rmtree(HOME, ignore_errors=True)
sys.exit(0 if all(results) else 1)
