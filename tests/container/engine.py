# SPDX-License-Identifier: GPL-3.0-or-later
"""Podman or Docker for tests: the socket that is there, or a service that is started."""
import http.client
import os
import shutil
import socket
import subprocess
import time


class Missing(Exception):
    """There is no engine that can run a container here."""


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(120)
        self.sock.connect(self.path)


class Engine:
    """The engine's interface; "address" is for CONTAINER_HOST."""

    def __init__(self, home):
        self.home, self.service = home, None

    def find(self):
        for value in (os.environ.get("CONTAINER_HOST", ""), os.environ.get("DOCKER_HOST", "")):
            if value.startswith("unix://") and os.path.exists(value[7:]):
                return value[7:]
        runtime = os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")
        for path in (f"{runtime}/podman/podman.sock", "/run/podman/podman.sock",
                     "/var/run/docker.sock"):
            if os.access(path, os.W_OK):
                return path
        if not shutil.which("podman"):
            raise Missing("neither Podman nor Docker is here: images are not checked")
        path = f"{self.home}/podman.sock"
        self.service = subprocess.Popen(["podman", "system", "service", "--time=0",
                                         f"unix://{path}"], stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: os.path.exists(path), 15)
        except AssertionError as error:
            raise Missing("Podman is here and does not start: images are not checked") from error
        return path

    def __enter__(self):
        self.path = self.find()
        self.address = f"unix://{self.path}"
        try:
            status, _ = self.ask("GET", "/version")
        except OSError as error:
            raise Missing(f"the engine at {self.path} does not answer: {error}") from error
        if status != 200:
            raise Missing(f"the engine at {self.path} answers with {status}")
        return self

    def __exit__(self, *_):
        if self.service:
            self.service.terminate()
            self.service.wait()

    def ask(self, method, path, body=None, content_type="application/json"):
        connection = Connection(self.path)
        try:
            connection.request(method, f"/v1.40{path}", body, {"Content-Type": content_type})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
