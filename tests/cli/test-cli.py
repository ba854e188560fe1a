#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives trestle-cli as a shell does, on a practice account of its own."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3

CLI, PRACTICE = sys.argv[1], sys.argv[2]
SOURCE = Path(os.environ["TRESTLE_SOURCE"])
SAMPLES = SOURCE / "data" / "samples"
HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-"))
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
    "HOME": str(HOME),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "TRESTLE_PRACTICE": PRACTICE,
    "LC_ALL": "C.UTF-8",
}
count = failed = 0


def run(*args, env=None, stdin="", status=0):
    done = subprocess.run([CLI, *map(str, args)], input=stdin, capture_output=True, text=True,
                          env={**ENV, **(env or {})}, timeout=120, check=False)
    # AddressSanitizer greets whoever switches stacks, as fibers do
    done.stderr = re.sub(r"==\d+==WARNING: ASan doesn't fully support makecontext.*\n", "",
                         done.stderr)
    assert done.returncode == status, \
        f"{args}: exit {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
    return done


def practice(*args, **kwargs):
    return run("--practice", *args, **kwargs)


def as_json(*args, **kwargs):
    return json.loads(practice(*args, "--json", **kwargs).stdout)


def case(name):
    def wrap(func):
        global count, failed
        count += 1
        try:
            func()
            print(f"ok {count} - {name}")
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {count} - {name}")
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return wrap


def main():
    @case("help, version and usage errors")
    def _():
        assert "Usage" in run("--help").stdout
        assert re.match(r"trestle-cli \d", run("--version").stdout)
        for command in ("whoami", "search", "deploy", "invoke", "logs", "cleanup", "account"):
            assert command in run(command, "--help").stdout
        assert "no command" in run("fly", status=2).stderr
        run(status=2)
        run("search", "--nonsense", status=2)
        run("--practice", "--account", "nobody", "whoami", status=2)
        run("--practice", "deploy", "iris-classifier", status=2)
        error = json.loads(run("--practice", "invoke", "--json", status=2).stderr)["error"]
        assert error["code"] == "Usage" and error["request_id"] is None

    @case("whoami on the three practice accounts, whatever AWS_* says")
    def _():
        wrong = {"AWS_ACCESS_KEY_ID": "AKIAWRONG", "AWS_SECRET_ACCESS_KEY": "x" * 40,
                 "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_REGION": "eu-west-9"}
        for role, number in (("buyer", "111122223333"), ("seller", "444455556666"),
                             ("tester", "777788889999")):
            who = json.loads(run("--practice", "--account", role, "whoami", "--json",
                                 env=wrong).stdout)
            assert who["Account"] == number, who
            assert who["region"] == "us-east-1", who
        server = HOME / "data" / "trestle" / "practice" / "server.json"
        assert server.stat().st_mode & 0o777 == 0o600, oct(server.stat().st_mode)

    @case("search finds, filters and limits")
    def _():
        items = as_json("search", "iris")["items"]
        assert items[0]["slug"] == "iris-classifier", items[:2]
        everything = as_json("search")["items"]
        assert len(everything) >= 60, len(everything)
        algorithms = as_json("search", "--type", "algorithm")["items"]
        assert algorithms and all(i["type"] == "algorithm" for i in algorithms)
        assert len(as_json("search", "--limit", "3")["items"]) == 3
        free = as_json("search", "--pricing", "free")["items"]
        assert 0 < len(free) < len(everything)
        assert practice("search", "qqqqqq").stdout == ""
        run("--practice", "search", "--type", "toaster", status=2)

    @case("show and offers")
    def _():
        shown = as_json("show", "aerial-vehicle-counter")
        rows = {row["instance_type"]: row for row in shown["prices"]}
        assert rows["ml.g4dn.xlarge"]["software_hourly"] == "0.67", rows
        assert shown["versions"][0]["fulfillmentOptionVersion"]
        assert shown["samples"], "no samples"
        offers = as_json("offers", "aerial-vehicle-counter")["items"]
        assert any(not o["private"] for o in offers)
        nothing = json.loads(practice("show", "iris-clasifier", "--json", status=1).stderr)
        assert nothing["error"]["code"] == "NotFound", nothing

    @case("deploy before subscribing is refused with what to do")
    def _():
        error = practice("deploy", "iris-classifier", "--name", "early", status=1).stderr
        assert "subscri" in error, error

    @case("quote, subscribe, arn")
    def _():
        quote = as_json("subscribe", "iris-classifier")
        assert quote["agreementRequestId"].startswith("ar-"), quote
        assert as_json("subscriptions")["items"] == []
        made = as_json("subscribe", "iris-classifier", "--accept")
        assert made["agreementId"].startswith("agmt-"), made
        assert made["status"] == "ACTIVE"
        again = json.loads(practice("subscribe", "iris-classifier", "--accept", "--json",
                                    status=1).stderr)
        assert again["error"]["code"] == "AlreadySubscribed", again
        arn = practice("arn", "iris-classifier").stdout.strip()
        assert re.fullmatch(r"arn:aws:sagemaker:us-east-1:\d{12}:model-package/.+", arn), arn
        items = as_json("subscriptions")["items"]
        assert [i["slug"] for i in items] == ["iris-classifier"], items
        bad = practice("arn", "iris-classifier", "arn:aws:sagemaker:us-east-1:1:model-package/x",
                       status=1)
        assert bad.stderr.startswith("trestle-cli: "), bad.stderr

    @case("deploy with --wait, endpoints, endpoint")
    def _():
        made = as_json("deploy", "iris-classifier", "--name", "iris", "--wait")
        assert made["EndpointStatus"] == "InService", made
        items = as_json("endpoints")["items"]
        assert [i["EndpointName"] for i in items] == ["iris"], items
        one = as_json("endpoint", "iris")
        assert one["ProductionVariants"][0]["VariantName"] == "AllTraffic", one
        assert one["delete_by"] > one["CreationTime"]
        taken = practice("deploy", "iris-classifier", "--name", "iris", "--wait", status=1)
        assert "iris" in taken.stderr, taken.stderr
        assert as_json("endpoint", "iris")["EndpointStatus"] == "InService"
        missing = json.loads(practice("endpoint", "nowhere", "--json", status=1).stderr)["error"]
        assert missing["request_id"], missing

    @case("invoke computes from the file")
    def _():
        out = practice("invoke", "iris", SAMPLES / "iris-4.csv", "--json").stdout.splitlines()
        record, summary = json.loads(out[0]), json.loads(out[1])["summary"]
        assert record["status"] == 200 and record["error"] is None, record
        assert record["file"] == "iris-4.csv"
        species = [p["species"] for p in record["body"]["predictions"]]
        with open(SAMPLES / "iris-4.csv", newline="", encoding="utf-8") as file:
            rows = [r for r in csv.reader(file) if r and re.match(r"[\d.]+$", r[0])]
        assert len(species) == len(rows), species
        assert summary["count"] == 1 and summary["errors"] == 0, summary
        other = HOME / "other.csv"
        other.write_text("6.7,3.1,5.6,2.4\n", encoding="utf-8")
        answer = json.loads(practice("invoke", "iris", other).stdout)
        assert [p["species"] for p in answer["predictions"]] == ["virginica"], answer

    @case("invoke many, with concurrency, repeats and an output folder")
    def _():
        folder = HOME / "out"
        lines = practice("invoke", "iris", SAMPLES / "iris-4.csv", "--repeat", "8",
                         "--concurrency", "4", "--output", folder,
                         "--json").stdout.splitlines()
        records = [json.loads(line) for line in lines]
        assert len(records) == 9 and records[-1]["summary"]["count"] == 8
        names = sorted(p.name for p in folder.iterdir())
        assert len(names) == 8 and "iris-4.csv.out.json" in names \
            and "iris-4.csv.out-8.json" in names, names
        assert all(json.loads(p.read_text(encoding="utf-8"))["predictions"]
                   for p in folder.iterdir())

    @case("what the model refuses and what is refused before sending")
    def _():
        bad = HOME / "bad.csv"
        bad.write_text("a,b\nc,d\n", encoding="utf-8")
        record = json.loads(practice("invoke", "iris", bad, "--json",
                                     status=1).stdout.splitlines()[0])
        assert record["status"] == 424 and record["error"]["code"] == "ModelError", record
        picture = HOME / "a.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
        record = json.loads(practice("invoke", "iris", picture, "--json",
                                     status=1).stdout.splitlines()[0])
        assert record["status"] == 0 and "image/png" in record["error"]["message"], record
        gone = practice("invoke", "iris", HOME / "none.csv", status=1).stderr
        assert "none.csv" in gone, gone

    @case("logs show what the container did")
    def _():
        text = practice("logs", "iris").stdout
        assert "invocations" in text, text[-500:]
        events = as_json("logs", "iris", "--since", "1h")["items"]
        stamps = [e["timestamp"] for e in events]
        assert stamps == sorted(stamps)
        assert all("ping" in e["message"]
                   for e in as_json("logs", "iris", "--filter", "ping")["items"])
        assert "no log group" in practice("logs", "nowhere", status=1).stderr

    @case("a deploy without --wait comes back at once; cleanup lists and deletes")
    def _():
        practice("deploy", "iris-classifier", "--name", "second", "--delete-after", "never")
        refused = run("--practice", "cleanup", "--all", status=2)
        assert "second" in refused.stdout, refused.stdout
        deadline = time.monotonic() + 60
        while as_json("endpoint", "second")["EndpointStatus"] != "InService":
            assert time.monotonic() < deadline
            time.sleep(0.2)
        practice("delete-endpoint", "second", "--keep-model")
        left = as_json("cleanup", "--yes")["items"]
        assert {"model", "endpoint-config"} == {i["kind"] for i in left}, left
        names = [i["EndpointName"] for i in as_json("endpoints")["items"]]
        assert names == ["iris"], names

    @case("delete-endpoint keeps what another endpoint uses, and says so")
    def _():
        practice("deploy", "iris-classifier", "--name", "shared", "--wait")
        config = as_json("endpoint", "shared")["EndpointConfigName"]
        server = json.loads((HOME / "data" / "trestle" / "practice" / "server.json")
                            .read_text(encoding="utf-8"))
        sagemaker = boto3.client("sagemaker", region_name=server["region"],
                                 endpoint_url=server["endpoint"],
                                 aws_access_key_id=server["access_key_id"],
                                 aws_secret_access_key=server["secret_access_key"])
        sagemaker.create_endpoint(EndpointName="theirs", EndpointConfigName=config)
        said = practice("delete-endpoint", "shared").stdout
        assert "Model shared is kept: endpoint theirs uses it" in said, said
        assert f"Configuration {config} is kept: endpoint theirs uses it" in said, said
        assert sagemaker.describe_model(ModelName="shared")["ModelName"] == "shared"
        assert sagemaker.describe_endpoint_config(EndpointConfigName=config)["ProductionVariants"]
        last = as_json("delete-endpoint", "theirs")
        assert last["deleted"] and last["kept"] == [], last
        names = [m["ModelName"] for m in sagemaker.list_models()["Models"]]
        assert names == ["iris"], names

    @case("delete-by is enforced by any later call")
    def _():
        practice("deploy", "iris-classifier", "--name", "short", "--delete-after", "2s", "--wait")
        time.sleep(2.5)
        practice("whoami")
        states = {i["EndpointName"]: i["EndpointStatus"] for i in as_json("endpoints")["items"]}
        assert states.get("short", "Deleting") == "Deleting", states

    @case("delete-endpoint leaves nothing, unsubscribe ends the agreement")
    def _():
        practice("delete-endpoint", "iris")
        assert as_json("endpoints")["items"] == []
        assert practice("cleanup", "--all").stdout == ""
        assert as_json("unsubscribe", "iris-classifier")["status"] == "CANCELLED"
        error = json.loads(practice("unsubscribe", "iris-classifier", "--json",
                                    status=1).stderr)["error"]
        assert error["code"] == "NotSubscribed", error

    @case("keys in the keyring: add, list, use, remove, and no secret anywhere else")
    def _():
        server = json.loads((HOME / "data" / "trestle" / "practice" / "server.json")
                            .read_text(encoding="utf-8"))
        keys = server["accounts"]["tester"]
        secret = keys["secret_access_key"]
        keyring = {"SECRET_BACKEND": "file", "SECRET_FILE_TEST_PATH": str(HOME / "keyring"),
                   "SECRET_FILE_TEST_PASSWORD": "pw", "AWS_ENDPOINT_URL": server["endpoint"]}
        run("account", "add", "kept", "--access-key-id", keys["access_key_id"], "--region",
            "us-east-1", stdin=secret + "\n", env=keyring)
        listed = run("account", "list", env=keyring).stdout
        assert "kept" in listed and secret not in listed, listed
        who = json.loads(run("--account", "kept", "whoami", "--json", env=keyring).stdout)
        assert who["Account"] == "777788889999", who
        run("account", "add", "empty", "--access-key-id", "AKIAX", env=keyring, status=2)
        found = subprocess.run(["grep", "-rlF", secret, str(HOME / "data" / "trestle"),
                                str(HOME / "cache")], capture_output=True, text=True, check=False)
        others = [f for f in found.stdout.split() if "/practice/" not in f]
        assert not others, others
        run("account", "remove", "kept", env=keyring)
        run("--account", "kept", "whoami", env=keyring, status=1)

    @case("profiles and missing or wrong keys")
    def _():
        server = json.loads((HOME / "data" / "trestle" / "practice" / "server.json")
                            .read_text(encoding="utf-8"))
        keys = server["accounts"]["seller"]
        (HOME / ".aws").mkdir()
        (HOME / ".aws" / "credentials").write_text(
            f"[shop]\naws_access_key_id = {keys['access_key_id']}\n"
            f"aws_secret_access_key = {keys['secret_access_key']}\n", encoding="utf-8")
        (HOME / ".aws" / "config").write_text(
            f"[profile shop]\nregion = us-east-1\nendpoint_url = {server['endpoint']}\n",
            encoding="utf-8")
        assert json.loads(run("--profile", "shop", "whoami", "--json").stdout)["Account"] \
            == "444455556666"
        assert json.loads(run("whoami", "--json", env={"AWS_PROFILE": "shop"}).stdout)["Account"] \
            == "444455556666"
        error = json.loads(run("whoami", "--json", status=1).stderr)["error"]
        assert error["code"] == "CredentialsMissing", error
        wrong = {"AWS_ACCESS_KEY_ID": keys["access_key_id"],
                 "AWS_SECRET_ACCESS_KEY": "wrongwrongwrong",
                 "AWS_ENDPOINT_URL": server["endpoint"], "AWS_REGION": "us-east-1"}
        done = run("whoami", env=wrong, status=1)
        assert "wrongwrongwrong" not in done.stderr and "request" in done.stderr, done.stderr

    subprocess.run([PRACTICE, "--stop"], env=ENV, capture_output=True, timeout=30, check=False)
    print(f"1..{count}")
    return 1 if failed else 0


try:
    sys.exit(main())
finally:
    subprocess.run([PRACTICE, "--stop"], env=ENV, capture_output=True, timeout=30, check=False)
    shutil.rmtree(HOME, ignore_errors=True)
