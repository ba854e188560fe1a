#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the seller's commands of trestle-cli, on a practice account of its own."""
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import ASAN, case, results

CLI, PRACTICE = sys.argv[1], sys.argv[2]
HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-seller-"))
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
    "HOME": str(HOME),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "XDG_DOCUMENTS_DIR": str(HOME / "documents"),
    "TRESTLE_PRACTICE": PRACTICE,
    "LC_ALL": "C.UTF-8",
}


def seller(*args, status=0):
    done = subprocess.run([CLI, "--practice", "--account", "seller", *map(str, args)],
                          capture_output=True, text=True, env=ENV, timeout=120, check=False)
    done.stderr = ASAN.sub("", done.stderr)
    assert done.returncode == status, \
        f"{args}: exit {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
    return done


def as_json(*args):
    return json.loads(seller(*args, "--json").stdout)


def refused(*args, status=1):
    return json.loads(seller(*args, "--json", status=status).stderr)["error"]


def prices(product):
    return {row["DimensionKey"]: row["Price"] for row in as_json("price", "show", product)["items"]}


def missing_keys(product, known):
    """Dimensions that the refused version would have brought: those of meadow-sorter-v1."""
    package = as_json("package", "show", "meadow-sorter-v1")
    keys = [f"{kind}.m.i.{letter}"
            for member, letter in (("SupportedRealtimeInferenceInstanceTypes", "r"),
                                   ("SupportedTransformInstanceTypes", "b"))
            for kind in package[member]]
    missing = [key for key in keys if key not in known]
    assert missing, (product, keys, known)
    return missing


def days_from_now(days):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now + datetime.timedelta(days=days)).strftime("%Y-%m-%d")


def main():
    @case("usage errors end with 2")
    def _():
        for args in (("version",), ("version", "fly"), ("version", "add", "petal-sorter"),
                     ("version", "update", "petal-sorter"), ("price", "set", "petal-sorter"),
                     ("price", "set", "petal-sorter", "cheap"),
                     ("price", "set", "petal-sorter", "ml.m5.large.m.i.r=-1"),
                     ("private-offer", "create", "petal-sorter"), ("private-offer", "list", "x"),
                     ("testers",)):
            assert refused(*args, status=2)["code"] == "Usage", args
        assert refused("price", "show", "petal-sorta")["code"] == "NotFound"

    @case("a draft is exported with the files it names, and is a draft there too")
    def _():
        example = Path(__file__).resolve().parents[2] / "data/examples/listing.yaml"
        path = as_json("listing", "new", "--from", example)["path"]
        out = HOME / "given.yaml"
        assert as_json("listing", "export", path, out)["path"] == str(out)
        assert as_json("listing", "lint", out)["items"] == [], "as good as it was"
        assert refused("listing", "export", path, path)["message"], "not over itself"
        assert refused("listing", "export", path, status=2)["code"] == "Usage"

    @case("prices are shown, set and imported")
    def _():
        shown = as_json("price", "show", "petal-sorter")
        assert shown["PricingModel"] == "Usage" and shown["FreeTrial"] == "P14D", shown
        assert {row["mode"] for row in shown["items"]} == {"realtime", "batch"}, shown
        before = prices("petal-sorter")
        assert before["ml.m5.large.m.i.r"] == "0.95", before
        assert "ml.m5.large real-time" in seller("price", "show", "petal-sorter").stdout
        sent = as_json("price", "set", "petal-sorter", "ml.m5.large.m.i.r=0.90", "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        assert [c["ChangeType"] for c in sent["ChangeSet"]] == ["UpdatePricingTerms"], sent
        after = prices("petal-sorter")
        assert after == {**before, "ml.m5.large.m.i.r": "0.90"}, after
        again = refused("price", "set", "petal-sorter", "ml.m5.large.m.i.r=0.9")
        assert again["code"] == "Input" and "nothing to send" in again["message"], again
        unknown = refused("price", "set", "petal-sorter", "ml.p3.2xlarge.m.i.r=1")
        assert unknown["code"] == "NotFound", unknown
        sheet = HOME / "prices.csv"
        sheet.write_text("Instance type,Real-time,Batch\nml.m5.large,0.80,0.85\nml.m5.xlarge,,1.40\n",
                         encoding="utf-8")
        sent = as_json("price", "import", "petal-sorter", sheet, "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        after = prices("petal-sorter")
        assert after == {"ml.m5.large.m.i.r": "0.80", "ml.m5.large.m.i.b": "0.85",
                         "ml.m5.xlarge.m.i.r": "1.50", "ml.m5.xlarge.m.i.b": "1.40"}, after
        sheet.write_text("ml.m5.large.m.i.r,free\n", encoding="utf-8")
        assert "Row 1" in refused("price", "import", "petal-sorter", sheet)["message"]
        sheet.write_bytes(b"\0\xff")
        assert refused("price", "import", "petal-sorter", sheet)["code"] == "Input"

    @case("without --wait the change set is named at once")
    def _():
        line = seller("price", "set", "petal-sorter", "ml.m5.large.m.i.b=0.80").stdout
        change_set = re.search(r"change set (\w+)", line)
        assert change_set, line
        assert as_json("changes", change_set[1])["ChangeSetId"] == change_set[1]

    @case("testers are added and removed")
    def _():
        assert as_json("testers", "shade-card")["BuyerAccounts"] == ["777788889999"]
        sent = as_json("testers", "shade-card", "--add", "111122223333", "--add", "777788889999",
                       "--wait")
        assert [c["ChangeType"] for c in sent["ChangeSet"]] == ["UpdateTargeting"], sent
        assert as_json("testers", "shade-card")["BuyerAccounts"] == ["777788889999",
                                                                     "111122223333"]
        seller("testers", "shade-card", "--remove", "777788889999", "--wait")
        assert seller("testers", "shade-card").stdout == "111122223333\n"
        bad = refused("testers", "shade-card", "--add", "12345", status=2)
        assert "12345" in bad["message"], bad

    @case("a version that brings a new instance type needs its prices")
    def _():
        bad = refused("version", "add", "petal-sorter-mini", "--package", "meadow-sorter-v1",
                      "--title", "2.0")
        assert bad["code"] == "Input" and "price" in bad["message"].lower(), bad
        before = prices("petal-sorter-mini")
        missing = missing_keys("petal-sorter-mini", before)
        sent = as_json("version", "add", "petal-sorter-mini", "--package", "meadow-sorter-v1",
                       "--title", "2.0", "--notes", "Meadows too.",
                       *[arg for key in missing for arg in ("--price", f"{key}=0.60")], "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        assert {c["ChangeType"] for c in sent["ChangeSet"]} == {"AddDeliveryOptions",
                                                               "UpdatePricingTerms"}, sent
        after = prices("petal-sorter-mini")
        assert after == {**before, **{key: "0.60" for key in missing}}, after

    @case("a version is changed and restricted, but not the last")
    def _():
        usage = HOME / "usage.txt"
        usage.write_text("Send one flower a line.\n", encoding="utf-8")
        sent = as_json("version", "update", "petal-sorter", "2.0", "--notes", "Surer still.",
                       "--usage", usage, "--set", "InputProperties.Limitations=One tray a time.",
                       "--wait")
        change, = sent["ChangeSet"]
        assert change["ChangeType"] == "UpdateDeliveryOptions", sent
        document = change["DetailsDocument"]
        assert document["Version"] == {"ReleaseNotes": "Surer still."}, document
        details, = document["DeliveryOptions"][0]["Details"].values()
        assert details["UsageInstructions"] == "Send one flower a line.", details
        assert details["InputProperties"]["Limitations"] == "One tray a time.", details
        assert refused("version", "update", "petal-sorter", "9.9")["code"] == "NotFound"
        sent = as_json("version", "restrict", "petal-sorter", "1.0", "--wait")
        assert [c["ChangeType"] for c in sent["ChangeSet"]] == ["RestrictDeliveryOptions"], sent
        seller("version", "restrict", "petal-sorter", "2.0", "--wait", status=1)

    @case("the samples of a draft are tried on a container, and what differs ends with 1")
    def _():
        root = Path(os.environ["TRESTLE_SOURCE"])
        draft = as_json("listing", "new", "--from", root / "data/examples/listing.yaml")["draft"]
        program = subprocess.Popen([sys.executable, "-B", root / "tests/container/program.py"],
                                   stdout=subprocess.PIPE, text=True)
        try:
            address = f"http://127.0.0.1:{program.stdout.readline().strip()}"
            done = seller("version", "try", draft, "--container", address, "--json", status=1)
            realtime, batch = json.loads(done.stdout)["items"]
            assert realtime["sample"] == "RealtimeInference" and realtime["status"] == 200, realtime
            assert realtime["result"] == batch["result"] == "differs", (realtime, batch)
            assert realtime["content_type"] == "text/csv" and realtime["latency_us"] > 0, realtime
            assert realtime["answer_type"] == "application/json", realtime
            assert "differs" in seller("version", "try", draft, "--version", "1.0", "--container",
                                       address, status=1).stdout
        finally:
            program.kill()
            program.communicate()
        failed = json.loads(seller("version", "try", draft, "--endpoint", "no-such-one", "--json",
                                   status=1).stdout)["items"]
        assert [one["result"] for one in failed] == ["failed"] * 2 and failed[0]["problem"], failed
        assert refused("version", "try", draft, "--version", "9")["code"] == "NotFound"
        assert refused("version", "try", draft, "--container", "http://models.example")["code"] \
            == "Input"
        refused("version", "try", draft, "--container", address, "--endpoint", "x", status=2)

    @case("an algorithm is made of a file, and what is amiss in it is said before it is sent")
    def _():
        example = Path(os.environ["TRESTLE_SOURCE"]) / "data" / "examples" / "algorithm.json"
        request = json.loads(example.read_text(encoding="utf-8"))
        broken = HOME / "algorithm.json"
        spec = request["TrainingSpecification"]
        kept = spec["TrainingChannels"][0].pop("SupportedInputModes")
        spec["SupportedHyperParameters"][0]["DefaultValue"] = "40"
        broken.write_text(json.dumps(request), encoding="utf-8")
        said = seller("package", "create", broken, status=1).stderr
        assert "TrainingSpecification.TrainingChannels[0].SupportedInputModes: " in said, said
        assert "SupportedHyperParameters[0].DefaultValue: " in said and "2 errors" in said, said
        assert kept and "meadow-learner" not in seller("package", "list").stdout
        made = as_json("package", "create", example, "--wait")
        assert made["listable"] and made["obstacles"] == [], made
        assert made["AlgorithmArn"].endswith(":algorithm/meadow-learner"), made
        assert "meadow-learner" in seller("package", "list").stdout

    @case("private offers are made, cloned, ended and listed")
    def _():
        until = days_from_now(30)
        first, = as_json("private-offer", "list")["items"]
        assert first["ProductTitle"] == "Petal Sorter" and not first["over"], first
        for args in (("--buyer", "12", "--until", until),
                     ("--buyer", "777788889999", "--until", "2020-01-01"),
                     ("--buyer", "777788889999", "--until", until, "--discount", "200"),
                     ("--buyer", "777788889999", "--until", until, "--price", "x=1")):
            assert refused("private-offer", "create", "petal-sorter", *args)["code"] == "Input", args
        sent = as_json("private-offer", "create", "petal-sorter", "--buyer", "777788889999",
                       "--until", until, "--discount", "12.5", "--price", "ml.m5.xlarge.m.i.r=1",
                       "--name", "For the tester", "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        terms, = [c["DetailsDocument"]["Terms"] for c in sent["ChangeSet"]
                  if c["ChangeType"] == "UpdatePricingTerms"]
        card = {row["DimensionKey"]: row["Price"] for row in terms[0]["RateCards"][0]["RateCard"]}
        assert card["ml.m5.large.m.i.r"] == "0.70" and card["ml.m5.xlarge.m.i.r"] == "1", card
        items = {o["Name"]: o for o in as_json("private-offer", "list")["items"]}
        made = items["For the tester"]
        assert made["BuyerAccounts"] == ["777788889999"] and made["State"] == "Released", made
        assert made["AvailabilityEndDate"].startswith(until), made
        sent = as_json("private-offer", "clone", first["EntityId"], "--buyer", "777788889999",
                       "--until", until, "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        assert any(c["ChangeType"] == "UpdateValidityTerms" for c in sent["ChangeSet"]), sent
        assert len(as_json("private-offer", "list")["items"]) == 3
        sent = as_json("private-offer", "expire", made["EntityId"], "--wait")
        assert sent["Status"] == "SUCCEEDED", sent
        ended, = [o for o in as_json("private-offer", "list")["items"]
                  if o["EntityId"] == made["EntityId"]]
        assert ended["AvailabilityEndDate"].startswith(days_from_now(0)), ended
        assert refused("private-offer", "expire", made["EntityId"])["code"] == "Input"
        assert "For the tester" in seller("private-offer", "list").stdout


try:
    main()
finally:
    subprocess.run([PRACTICE, "--stop"], env=ENV, capture_output=True, timeout=30, check=False)
    shutil.rmtree(HOME, ignore_errors=True)
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
