#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks into archives and folders of images with trestle-cli container: right, wrong and hostile ones."""
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from cases import ASAN, case, results

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent.parent / "container"))
import image  # noqa: E402 pylint: disable=wrong-import-position

CLI = sys.argv[1]
HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-image-"))
ENV = {**{k: v for k, v in os.environ.items() if not k.startswith("AWS_")}, "HOME": str(HOME),
       "XDG_DATA_HOME": str(HOME / "data"), "LC_ALL": "C.UTF-8"}
KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
GOOD = {"serve": b"#!/bin/sh\n", "app/main.py": b"print(1)\n"}


def check(path, status=0):
    done = subprocess.run([CLI, "container", "check", str(path), "--json"], capture_output=True,
                          text=True, env=ENV, timeout=120, check=False)
    done.stderr = ASAN.sub("", done.stderr)
    assert done.returncode == status, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert SECRET not in done.stdout + done.stderr and KEY not in done.stdout + done.stderr
    if status == 2:
        return json.loads(done.stderr)["error"]["message"]
    return {c["id"]: c for c in json.loads(done.stdout)["checks"]}


def failed(checks):
    return {name for name, c in checks.items() if c["state"] == "failed"}


def write(data, name="image.tar"):
    (HOME / name).write_bytes(data)
    return HOME / name


def unpack(files, name="layout"):
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def one(files=None, **more):
    layer = image.tar_of(GOOD if files is None else files)
    return [layer], image.config_of([layer], **more)


def weights():
    """A sparse-looking file of 25 MB that compresses to nothing."""
    return {**GOOD, "opt/program/model.safetensors": bytes(25 * 1000 * 1000)}


def stray(path):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        info = tarfile.TarInfo(path)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    return data.getvalue()


def hostile():
    """Names and archives that no engine wrote."""
    layers, config = one()
    good = image.saved(layers, config, "x:1")
    files = image.layout([(layers, config)])
    yield "empty file", b""
    yield "no archive", b"this is not an archive" * 100
    yield "zip", b"PK\x03\x04" + bytes(100)
    yield "cut off", good[:len(good) // 2]
    yield "empty archive", image.tar_of({})
    yield "no manifest", image.tar_of({"a": b"b"})
    yield "broken manifest", image.tar_of({"manifest.json": b"[{"})
    yield "deep manifest", image.tar_of({"manifest.json": b"[" * 200000})
    yield "manifest is an object", image.tar_of({"manifest.json": b"{}"})
    yield "manifest without images", image.tar_of({"manifest.json": b"[]"})
    yield "manifest of numbers", image.tar_of({"manifest.json": b"[1, 2]"})
    yield "configuration elsewhere", image.tar_of({"manifest.json": json.dumps(
        [{"Config": "../../etc/passwd", "Layers": []}]).encode()})
    yield "configuration absolute", image.tar_of({"manifest.json": json.dumps(
        [{"Config": "/etc/passwd", "Layers": ["/etc/shadow"]}]).encode()})
    yield "configuration is no object", image.tar_of({"manifest.json": json.dumps(
        [{"Config": "c.json", "Layers": []}]).encode(), "c.json": b"[1]"})
    yield "index of itself", image.tar_of(loop())
    yield "digest of dots", image.tar_of({"index.json": json.dumps(
        {"manifests": [{"digest": "sha256:../../../../../../etc/passwd"}]}).encode()})
    yield "digest is a number", image.tar_of({"index.json": b'{"manifests": [{"digest": 3}]}'})
    yield "missing blob", image.tar_of({"index.json": json.dumps(
        {"manifests": [{"digest": "sha256:" + "a" * 64}]}).encode()})
    yield "too many manifests", image.tar_of(many())
    broken = {path: (b"\x1f\x8b\x08" + b"\xff" * 100 if data == layers[0] else data)
              for path, data in files.items()}
    yield "broken layer", image.tar_of(broken)


def loop():
    """A manifest cannot name its own digest; a chain is as good."""
    files, inner = {}, {"digest": "sha256:" + "0" * 64}
    for _ in range(50):
        data = json.dumps({"manifests": [inner]}).encode()
        files[f"blobs/sha256/{image.digest(data)[7:]}"] = data
        inner = {"digest": image.digest(data)}
    files["index.json"] = json.dumps({"manifests": [inner]}).encode()
    return files


def many():
    layers, config = one()
    files = image.layout([(layers, config)])
    index = json.loads(files["index.json"])
    files["index.json"] = json.dumps({"manifests": index["manifests"] * 1000}).encode()
    return files


def main():
    @case("a right image passes, in each form")
    def _():
        layers, config = one()
        old = check(write(image.saved(layers, config, "x:1")))
        files = image.layout([(layers, config)])
        new = check(write(image.tar_of(files)))
        packed = check(write(gzip.compress(image.tar_of(files)), "image.tar.gz"))
        zipped = check(write(image.tar_of(image.layout([(layers, config)], compress=gzip.compress))))
        folder = check(unpack(files))
        for checks in (old, new, packed, zipped, folder):
            assert failed(checks) == set(), failed(checks)
            for name in ("platform", "entry-point", "ports", "image-size", "credentials", "weights",
                         "archive"):
                assert checks[name]["state"] == "passed", checks[name]
            assert checks["image-size"]["reason"] == "1 layer", checks["image-size"]
            assert checks["ready"]["state"] == "skipped", checks["ready"]

    for name, files, more, found, status in (
            ("for another platform", None, {"architecture": "arm64"}, "platform", 1),
            ("in shell form", None, {"entry": ("/bin/sh", "-c", "python serve.py")}, "entry-point",
             1),
            ("without an entry point", None, {"entry": None}, "entry-point", 1),
            ("with more ports", None, {"ports": ("8080/tcp", "22/tcp")}, "ports", 0),
            ("with a key in the environment", None, {"env": (f"KEY={KEY}",)}, "credentials", 0),
            ("with a key in the history", None,
             {"history": ("RUN x", f"RUN aws_secret_access_key={SECRET} make")}, "credentials", 0),
            ("with a key in a file",
             {**GOOD, "root/.aws/credentials": f"aws_secret_access_key = {SECRET}\n".encode()}, {},
             "credentials", 0),
            ("with weights", weights(), {}, "weights", 0)):
        @case(f"found: an image {name}")
        def _(files=files, more=more, found=found, status=status):
            layers, config = one(files, **more)
            checks = check(write(image.tar_of(image.layout([(layers, config)]))), status)
            assert failed(checks) == {found}, failed(checks)
            assert failed(check(write(image.saved(layers, config, "x:1")), status)) == {found}

    @case("found: an image for two platforms, and one with attestations")
    def _():
        both = [one(), one(architecture="arm64")]
        assert failed(check(write(image.tar_of(image.layout(both))), 1)) == {"platform"}
        checks = check(unpack(image.layout([one()], attestation=True)), 1)
        assert failed(checks) == {"platform"} and "attestation" in checks["platform"]["title"]

    @case("found: members that leave their folder")
    def _():
        for path in ("../escape", "/absolute", "a/../../b"):
            layer = stray(path)
            data = image.saved([layer], image.config_of([layer]), "x:1")
            checks = check(write(data), 1)
            assert failed(checks) == {"archive"}, failed(checks)
            assert path in checks["archive"]["reason"], checks["archive"]

    @case("a folder’s links are not followed")
    def _():
        files = image.layout([one()])
        folder = unpack(files)
        name = next(p for p in files if p.startswith("blobs/") and files[p] == one()[1])
        (folder / name).unlink()
        (folder / name).symlink_to("/etc/passwd")
        assert "configuration" in check(folder, 2)

    for name, data in hostile():
        @case(f"refused with a reason: {name}")
        def _(data=data):
            message = check(write(data), 2)
            assert "not an image" in message or "cannot be read" in message, message

    @case("broken in any place, it ends with a result or a reason")
    def _():
        chance = random.Random(4)
        layers, config = one({**GOOD, "a": b"b" * 600})
        good = [image.saved(layers, config, "x:1"),
                image.tar_of(image.layout([(layers, config)], compress=gzip.compress))]
        for turn in range(60):
            data = bytearray(good[turn % 2])
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path = write(bytes(data[:chance.randint(1, len(data))] if turn % 3 else data))
            done = subprocess.run([CLI, "container", "check", str(path), "--json"], env=ENV,
                                  capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode in (0, 1, 2), (turn, done.returncode, done.stderr)
            json.loads(done.stdout if done.returncode < 2 else ASAN.sub("", done.stderr))

    print(f"1..{len(results)}")
    shutil.rmtree(HOME, ignore_errors=True)
    return 0 if all(results) else 1


sys.exit(main())
