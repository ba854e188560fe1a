#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small model that keeps SageMaker's contract with a container, or breaks it in one way.

    program.py [WRONG] [--port N]
    program.py [WRONG] serve|train

It adds up the figures of each line of CSV, or of each object's "x" in JSON Lines, and says on its
first line of output which port it listens on. WRONG is one of those below. The second form is what
SageMaker starts in a container: the model is a file with a factor.
"""
import json
import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WRONGS = {
    "never-ready": "answers /ping with 503 for ever",
    "slow-ping": "takes more than two seconds for /ping",
    "one-type": "knows no JSON Lines, though it is declared",
    "other-type": "answers with text/html",
    "attributes": "breaks on custom attributes",
    "buffered": "says that it streams, and does not",
    "parameters": "answers /execution-parameters with broken JSON",
    "one-record": "answers only the first record of a call",
    "blocked-ping": "answers /ping after the calls that are under way",
    "large": "breaks on a large request",
    "unknown-path": "answers every path with 200",
    "any-type": "takes any content type",
    "invalid-input": "answers wrong input with 500",
    "goes-down": "is ill after wrong input",
    "metering": "bills half a unit",
    "metered-errors": "bills errors",
}
# Only in a container.
IMAGE_WRONGS = {
    "network": "looks up a name",
    "writes": "writes beside /tmp",
    "deaf": "does not hear SIGTERM",
    "static-ping": "is healthy without a model",
    "ends": "ends at once",
    "trains-anything": "trains on bad data",
    "no-model": "trains and leaves no model",
    "batch": "answers differently in a batch job",
}
# "buffered" alone is wrong only where the checker is told that it streams.
LARGE = 20 * 1000 * 1000
CHECKED = {  # which check has to find it
    "never-ready": "ready", "slow-ping": "ping", "one-type": "invocations",
    "other-type": "response-type", "attributes": "attributes", "buffered": "stream",
    "parameters": "execution-parameters", "one-record": "multi-record",
    "blocked-ping": "concurrency", "large": "payload", "unknown-path": "unknown-path",
    "any-type": "unsupported-type", "invalid-input": "invalid-input", "goes-down": "recovery",
    "metering": "metering", "metered-errors": "metering",
}


class Refusal(Exception):
    """Input that the model does not take."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


def records(body, content_type):
    """The figures of each line."""
    try:
        lines = [line for line in body.decode("utf-8").split("\n") if line.strip()]
        if content_type == "text/csv":
            rows = [[float(x) for x in line.split(",")] for line in lines]
        else:
            rows = [[float(x) for x in json.loads(line)["x"]] for line in lines]
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(400, f"The input cannot be read: {error}") from error
    if not rows:
        raise Refusal(400, "The input is empty.")
    return rows


class Handler(BaseHTTPRequestHandler):
    """One request; the server has "wrong", "ill" and "lock"."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):  # pylint: disable=arguments-differ
        pass

    def answer(self, status, body=b"", content_type="text/plain", headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):  # pylint: disable=invalid-name
        wrong = self.server.wrong
        if self.path == "/ping":
            if wrong == "slow-ping":
                time.sleep(2.3)
            if wrong == "blocked-ping":
                with self.server.lock:
                    pass
            bad = wrong == "never-ready" or self.server.ill
            self.answer(503 if bad else 200)
        elif self.path == "/execution-parameters":
            text = b"{MaxPayloadInMB" if wrong == "parameters" else json.dumps(
                {"MaxConcurrentTransforms": 2, "BatchStrategy": "MULTI_RECORD",
                 "MaxPayloadInMB": 6}).encode()
            self.answer(200, text, "application/json")
        else:
            self.answer(200 if wrong == "unknown-path" else 404, b"no such path")

    def stream(self, parts):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in parts:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.flush()
            time.sleep(0.25)
        self.wfile.write(b"0\r\n\r\n")

    def predict(self, body):
        wrong = self.server.wrong
        content_type = self.headers.get("Content-Type", "")
        if wrong == "attributes" and self.headers.get("X-Amzn-SageMaker-Custom-Attributes"):
            raise RuntimeError("no such attribute")
        if wrong == "large" and len(body) > LARGE:
            raise MemoryError("too large")
        if content_type not in ("text/csv", "application/jsonlines") and wrong != "any-type":
            raise Refusal(415, "text/csv or application/jsonlines, please")
        if content_type == "application/jsonlines" and wrong == "one-type":
            raise Refusal(415, "text/csv, please")
        if wrong == "any-type" and content_type != "application/jsonlines":
            content_type = "text/csv"
        rows = records(body, content_type)
        if wrong == "one-record":
            rows = rows[:1]
        if wrong == "batch" and os.environ.get("SAGEMAKER_BATCH"):
            rows = rows[::-1]
        return json.dumps({"sums": [sum(row) for row in rows]}).encode()

    def do_POST(self):  # pylint: disable=invalid-name
        wrong = self.server.wrong
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        metering = ("X-Amzn-Inference-Metering",
                    json.dumps({"Dimension": "inference.count",
                                "ConsumedUnits": 0.5 if wrong == "metering" else 1}))
        try:
            if wrong == "blocked-ping":
                with self.server.lock:
                    time.sleep(0.4)
                    text = self.predict(body)
            else:
                text = self.predict(body)
        except Refusal as error:
            self.server.ill = self.server.ill or (wrong == "goes-down" and error.status == 400)
            self.answer(500 if wrong == "invalid-input" and error.status == 400 else error.status,
                        str(error).encode(), headers=[metering] if wrong == "metered-errors" else [])
        except Exception as error:  # pylint: disable=broad-except
            self.answer(500, f"{type(error).__name__}: {error}".encode())
        else:
            if self.server.streams and wrong != "buffered":
                self.stream([text[:4], text[4:]])
                return
            self.answer(200, text,
                        "text/html" if wrong == "other-type" else "application/json", [metering])


def serve(wrong, port, streams=False):
    """A server that has bound its port."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.wrong, server.ill, server.lock = wrong, False, threading.Lock()
    server.streams = streams
    return server


MODEL = "/opt/ml/model/factor.json"
FAILURE = "/opt/ml/output/failure"


def train(wrong):
    """The mean of all figures of the channel "train", scaled by a hyperparameter."""
    try:
        with open("/opt/ml/input/config/hyperparameters.json", encoding="utf-8") as file:
            hyperparameters = json.load(file)
        with open("/opt/ml/input/config/inputdataconfig.json", encoding="utf-8") as file:
            channels = json.load(file)
        if not all(isinstance(value, str) for value in hyperparameters.values()):
            raise ValueError("a hyperparameter is no text")
        figures = []
        for channel in channels:
            folder = f"/opt/ml/input/data/{channel}"
            for name in sorted(os.listdir(folder)):
                with open(f"{folder}/{name}", encoding="utf-8") as file:
                    figures += [float(x) for line in file for x in line.split(",")]
        factor = float(hyperparameters.get("scale", "1")) * sum(figures) / len(figures)
    except (OSError, ValueError, ZeroDivisionError) as error:
        if wrong != "trains-anything":
            with open(FAILURE, "w", encoding="utf-8") as file:
                file.write(f"The data cannot be read: {error}")
            return 1
        factor = 1
    if wrong != "no-model":
        with open(MODEL, "w", encoding="utf-8") as file:
            json.dump(factor, file)
    return 0


def serve_in_container(wrong):
    """As SageMaker starts it: port 8080, the model from its folder."""
    if wrong == "ends":
        print("no memory", file=sys.stderr)
        sys.exit(3)
    if wrong == "network":
        try:
            socket.create_connection(("192.0.2.1", 443), timeout=2)
        except OSError as error:
            print(f"no licence server: {error}", file=sys.stderr)
    if wrong == "writes":
        with open("/cache", "w", encoding="utf-8") as file:
            file.write("once")
    if wrong != "deaf":
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # pylint: disable=protected-access
    server = serve(wrong, 8080)
    server.ill = not os.path.exists(MODEL) and wrong != "static-ping"
    loads = threading.Timer(1.5, setattr, (server, "ill", server.ill))
    if wrong != "static-ping":
        server.ill = True
    loads.start()
    print("listening", flush=True)
    server.serve_forever()


def main(argv):
    inside = [word for word in argv if word in IMAGE_WRONGS]
    if argv[-1:] == ["train"]:
        sys.exit(train(inside[0] if inside else None))
    if argv[-1:] == ["serve"]:
        serve_in_container(inside[0] if inside else None)
    names = [word for word in argv if word in WRONGS]
    port = int(argv[argv.index("--port") + 1]) if "--port" in argv else 0
    server = serve(names[0] if names else None, port, "--stream" in argv)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
