#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batch transform jobs: real answers from S3 to S3, states, logs, refusals, and what the seller is told of them."""

import contextlib
import gzip
import json
import pathlib
import sqlite3
import time
from decimal import Decimal

from feeds import check_usage, current, read_all
from harness import (BUYER, ROLE, SAMPLES, Server, case, fails, need_models, package_arn, run,
                     subscribe, wait_for)

need_models()
server = Server("--seed", "31")
sagemaker = server.client("sagemaker")
s3 = server.client("s3")
BUCKET = f"sagemaker-us-east-1-{BUYER}"
PREFIX = f"arn:aws:sagemaker:us-east-1:{BUYER}:"
IRIS = (SAMPLES / "iris-4.csv").read_bytes()
SPECIES = ["setosa", "versicolor", "virginica", "versicolor"]
_, PRODUCT = subscribe(server, "iris-classifier")
ARN = package_arn(server, PRODUCT)


def model(name, arn=ARN, caller=sagemaker, role=ROLE):
    caller.create_model(ModelName=name, ExecutionRoleArn=role, EnableNetworkIsolation=True,
                        PrimaryContainer={"ModelPackageName": arn})


def put(key, body):
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    return f"s3://{BUCKET}/{key}"


def read(key):
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def keys(prefix):
    return [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])]


def request(name, source=f"s3://{BUCKET}/in/iris/", out=f"s3://{BUCKET}/out/{{}}", kind="S3Prefix",
            of="iris", instance="ml.m5.large", count=1, content="text/csv", accept=None, split=None,
            assemble=None, compression=None, **more):
    inner = {"DataSource": {"S3DataSource": {"S3DataType": kind, "S3Uri": source}},
             "ContentType": content, "SplitType": split, "CompressionType": compression}
    outer = {"S3OutputPath": out.format(name), "Accept": accept, "AssembleWith": assemble}
    return {"TransformJobName": name, "ModelName": of,
            "TransformInput": {k: v for k, v in inner.items() if v is not None},
            "TransformOutput": {k: v for k, v in outer.items() if v is not None},
            "TransformResources": {"InstanceType": instance, "InstanceCount": count}, **more}


def create(name, caller=sagemaker, **more):
    return caller.create_transform_job(**request(name, **more))["TransformJobArn"]


def describe(name, caller=sagemaker):
    return caller.describe_transform_job(TransformJobName=name)


def ended(name, caller=sagemaker, seconds=60):
    return wait_for(lambda: (describe(name, caller)["TransformJobStatus"]
                             not in ("InProgress", "Stopping") and describe(name, caller)),
                    f"the end of {name}", seconds)


def outcome(name, **more):
    create(name, **more)
    one = ended(name)
    return one["TransformJobStatus"], one.get("FailureReason", "")


def lines(name, client=None):
    logs = client or server.client("logs")
    return {stream["logStreamName"]: [event["message"] for event in logs.get_log_events(
        logGroupName="/aws/sagemaker/TransformJobs", logStreamName=stream["logStreamName"],
        startFromHead=True)["events"]]
        for stream in logs.describe_log_streams(logGroupName="/aws/sagemaker/TransformJobs",
                                                logStreamNamePrefix=f"{name}/")["logStreams"]}


@case
def computed():
    """a job reads its prefix, computes, and writes KEY.out; Describe tells all that was asked"""
    model("iris")
    put("in/iris/a.csv", IRIS)
    put("in/iris/deep/b.csv", IRIS.splitlines(True)[1])
    put("in/iris/", b"")
    arn = create("First-1", MaxPayloadInMB=5, MaxConcurrentTransforms=2, BatchStrategy="MultiRecord",
                 Tags=[{"Key": "who", "Value": "me"}])
    assert arn == PREFIX + "transform-job/first-1"
    one = describe("First-1")
    assert one["TransformJobStatus"] == "InProgress" and "TransformEndTime" not in one
    one = ended("First-1")
    assert one["TransformJobStatus"] == "Completed" and "FailureReason" not in one, one
    assert one["CreationTime"] <= one["TransformStartTime"] < one["TransformEndTime"]
    asked = request("First-1")
    assert {name: one[name] for name in asked} == asked
    assert (one["MaxPayloadInMB"], one["MaxConcurrentTransforms"], one["BatchStrategy"]) == (
        5, 2, "MultiRecord")
    assert keys("out/First-1") == ["out/First-1/a.csv.out", "out/First-1/deep/b.csv.out"]
    assert [row["species"] for row in json.loads(read("out/First-1/a.csv.out"))["predictions"]] == SPECIES
    assert [row["species"] for row in json.loads(
        read("out/First-1/deep/b.csv.out"))["predictions"]] == SPECIES[1:2]
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "who", "Value": "me"}]


@case
def one_object():
    """the address of one object is a prefix too"""
    assert outcome("single", source=f"s3://{BUCKET}/in/iris/a.csv") == ("Completed", "")
    assert keys("out/single") == ["out/single/a.csv.out"]


@case
def split_and_assembled():
    """lines go one by one or as many as fit, and come back assembled; gzip and manifests are read"""
    assert outcome("lines", split="Line", assemble="Line", BatchStrategy="SingleRecord",
                   source=f"s3://{BUCKET}/in/iris/a.csv")[0] == "Completed"
    answers = read("out/lines/a.csv.out").decode().splitlines()
    assert [json.loads(one)["predictions"][0]["species"] for one in answers] == SPECIES
    assert outcome("packed", split="Line", source=f"s3://{BUCKET}/in/iris/a.csv")[0] == "Completed"
    assert len(json.loads(read("out/packed/a.csv.out"))["predictions"]) == 4
    put("in/zip/a.csv.gz", gzip.compress(IRIS))
    assert outcome("zipped", source=f"s3://{BUCKET}/in/zip/", compression="Gzip")[0] == "Completed"
    assert len(json.loads(read("out/zipped/a.csv.gz.out"))["predictions"]) == 4
    listed = put("in/list.json", json.dumps([{"prefix": f"s3://{BUCKET}/in/iris/"}, "deep/b.csv"]))
    assert outcome("listed", source=listed, kind="ManifestFile")[0] == "Completed"
    assert keys("out/listed") == ["out/listed/deep/b.csv.out"]


@case
def payloads():
    """a record larger than MaxPayloadInMB fails the job, and 0 lets any size through"""
    number = "5.1" + "0" * 60
    put("in/big/a.csv", f"{number},{number},1.4,{number}\n".encode() * 8000)
    status, reason = outcome("small", source=f"s3://{BUCKET}/in/big/", MaxPayloadInMB=1)
    assert status == "Failed" and "MaxPayloadInMB" in reason, reason
    assert keys("out/small") == []
    status, reason = outcome("cut", source=f"s3://{BUCKET}/in/big/", MaxPayloadInMB=1, split="Line")
    assert (status, reason) == ("Completed", "")
    status, reason = outcome("any", source=f"s3://{BUCKET}/in/big/", MaxPayloadInMB=0)
    assert (status, reason) == ("Completed", "")


@case
def failures():
    """what is wrong with the data is the job's failure, and nothing is written"""
    for name, text, more in (
            ("nothing", "No S3 objects found", {"source": f"s3://{BUCKET}/in/nothing/"}),
            ("nowhere", "No S3 objects found", {"source": "s3://nobodys-bucket/in/"}),
            ("no-out", "Unable to write", {"out": "s3://nobodys-bucket/out"}),
            ("no-list", "not a JSON list", {"source": f"s3://{BUCKET}/in/iris/a.csv", "kind": "ManifestFile"}),
            ("no-zip", "could not be decompressed", {"compression": "Gzip"}),
            ("records", "not as RecordIO", {"split": "RecordIO"}),
            ("wrong", "Bad HTTP status received from algorithm: 4", {"content": "image/png"})):
        status, reason = outcome(name, **more)
        assert status == "Failed" and text in reason, (name, reason)
        assert keys(f"out/{name}") == []
    server.faults({"operation": "CreateTransformJob", "kind": "capacity", "count": 1})
    status, reason = outcome("full")
    assert status == "Failed" and reason.startswith("CapacityError"), reason
    assert "TransformStartTime" not in describe("full")
    server.faults({"operation": "CreateTransformJob", "kind": "ping", "count": 1})
    status, reason = outcome("sick")
    assert status == "Failed" and "ping health check" in reason, reason
    assert any("GET /ping" in line and " 503 " in line
               for found in lines("sick").values() for line in found)


@case
def log():
    """the container writes one stream, the service another; a role without the right writes none"""
    found = lines("lines")
    assert len(found) == 2, list(found)
    container, service = sorted(found, key=len)
    assert service == container + "/data-log" and container.startswith("lines/i-")
    assert container.rpartition("-")[2].isdigit()
    assert any("GET /ping" in line for line in found[container])
    assert sum("POST /invocations" in line for line in found[container]) == 4, found[container]
    assert any("[sagemaker logs]: MaxConcurrentTransforms=1, MaxPayloadInMB=6, BatchStrategy="
               "SINGLE_RECORD" in line for line in found[service])
    assert any("Bad HTTP status" in line for name, lines_ in lines("wrong").items()
               if name.endswith("data-log") for line in lines_)
    model("quiet", role=ROLE.replace("trestle-practice-execution", "inference-minimal"))
    outcome("quiet", of="quiet")
    assert lines("quiet") == {}


@case
def refused():
    """who asks for what cannot be is told so at once"""
    fails("ResourceInUse", create, "First-1", text="already exists")
    fails("ValidationException", create, "x", of="nothing", text='Could not find model "')
    fails("ValidationException", create, "x", instance="ml.m5.xlarge", text="not supported by the model")
    fails("ValidationException", create, "x", instance="ml.p2.xlarge", text="not supported for the chosen")
    fails("ValidationException", create, "x", instance="ml.zz.large", text="enum value set")
    fails("ResourceLimitExceeded", create, "x", count=9,
          text="'ml.m5.large for transform job usage' is 4 Instances, with current utilization of 0")
    fails("ValidationException", create, "x", MaxPayloadInMB=101, text="MaxPayloadInMB")
    fails("ValidationException", create, "x", MaxPayloadInMB=50, MaxConcurrentTransforms=3, text="100 MB")
    fails("ValidationException", create, "x", Environment={"A": "b"}, text="Environment variable map")
    fails("ValidationException", create, "x", DataProcessing={"JoinSource": "Input"}, text="no joins")
    fails("ValidationException", create, "x" * 64, text="length less than or equal to 63",
          caller=server.client("sagemaker", validate=False))
    fails("ValidationException", describe, "no-such", text="Requested resource not found.")
    fails("ValidationException", sagemaker.stop_transform_job, TransformJobName="no-such",
          text="Requested resource not found.")
    fails("ValidationException", describe, "First-1", server.client("sagemaker", region="us-west-2"))
    fails("ValidationException", describe, "First-1", server.client("sagemaker", "tester"))
    create("plain", DataProcessing={"InputFilter": "$", "JoinSource": "None"}, Environment={})
    assert ended("plain")["TransformJobStatus"] == "Completed"


@case
def not_subscribed_any_more():
    """without its subscription a model computes no batch"""
    agreement, product = subscribe(server, "iris-classifier", "tester")
    tester = server.client("sagemaker", "tester")
    account = server.line["accounts"]["tester"]["account"]
    model("iris", package_arn(server, product, account), tester, ROLE.replace(BUYER, account))
    server.client("marketplace-agreement", "tester").cancel_agreement(agreementId=agreement)
    fails("ValidationException", create, "late", tester,
          text="Caller is not subscribed to the marketplace offering.")


@case
def listed():
    """ListTransformJobs filters, sorts and pages"""
    names = [one["TransformJobName"] for page in sagemaker.get_paginator(
        "list_transform_jobs").paginate(SortBy="Name", SortOrder="Ascending", MaxResults=3)
        for one in page["TransformJobSummaries"]]
    assert names == sorted(names) and {"First-1", "single", "wrong"} <= set(names), names
    assert len(names) == len(set(names))
    failed = sagemaker.list_transform_jobs(StatusEquals="Failed", MaxResults=100)["TransformJobSummaries"]
    assert failed and all(one["FailureReason"] and one["TransformEndTime"] for one in failed)
    (one,) = sagemaker.list_transform_jobs(NameContains="irst")["TransformJobSummaries"]
    assert one["TransformJobArn"] == PREFIX + "transform-job/first-1" and "FailureReason" not in one
    newest = sagemaker.list_transform_jobs(MaxResults=1)["TransformJobSummaries"][0]
    assert newest["TransformJobName"] == "plain", newest
    before = sagemaker.list_transform_jobs(CreationTimeBefore=describe("First-1")["CreationTime"])
    assert before["TransformJobSummaries"] == []


@case
def stopped():
    """a job that is stopped has no results; instances that were never there are not there to stop"""
    slow = Server("--seed", "32", speed="400")
    caller = slow.client("sagemaker")
    store = slow.client("s3")
    _, product = subscribe(slow, "iris-classifier")
    model("iris", package_arn(slow, product), caller)
    store.put_object(Bucket=BUCKET, Key="in/iris/a.csv", Body=IRIS)
    create("early", caller)
    caller.stop_transform_job(TransformJobName="early")
    assert describe("early", caller)["TransformJobStatus"] == "Stopping"
    fails("ValidationException", caller.stop_transform_job, TransformJobName="early",
          text="is in status Stopping")
    one = ended("early", caller)
    assert one["TransformJobStatus"] == "Stopped" and "TransformStartTime" not in one, one
    create("running", caller)
    wait_for(lambda: "TransformStartTime" in describe("running", caller), "the instances", 60)
    caller.stop_transform_job(TransformJobName="running")
    one = ended("running", caller)
    assert one["TransformJobStatus"] == "Stopped", one
    assert one["TransformStartTime"] <= one["TransformEndTime"]
    assert store.list_objects_v2(Bucket=BUCKET, Prefix="out/")["KeyCount"] == 0
    said = lines("running", slow.client("logs"))
    assert any("Shutting down" in line for found in said.values() for line in found), said
    assert lines("early", slow.client("logs")) == {}
    fails("ValidationException", caller.stop_transform_job, TransformJobName="running",
          text="is in status Stopped")
    slow.faults({"operation": "CreateTransformJob", "kind": "stuck", "count": 1})
    create("stuck", caller)
    time.sleep(1.5)
    assert describe("stuck", caller)["TransformJobStatus"] == "InProgress"
    fails("ResourceLimitExceeded", create, "more", caller, count=4, text="current utilization of 1")


@case
def as_long_as_it_takes():
    """what a container takes itself the job takes as well, and it goes on after the program was killed"""
    _, product = subscribe(server, "patient-echo")
    model("patient", package_arn(server, product))
    put("in/slow/a.json", (SAMPLES / "slow-note.json").read_bytes())
    create("patient", of="patient", source=f"s3://{BUCKET}/in/slow/", content="application/json",
           ModelClientConfig={"InvocationsTimeoutInSeconds": 1})
    one = ended("patient")
    assert one["TransformJobStatus"] == "Failed" and "within 1 seconds" in one["FailureReason"], one
    held = Server("--seed", "33", speed="400")
    caller = held.client("sagemaker")
    _, product = subscribe(held, "iris-classifier")
    model("iris", package_arn(held, product), caller)
    held.client("s3").put_object(Bucket=BUCKET, Key="in/iris/a.csv", Body=IRIS)
    create("killed", caller)
    held.kill()
    held.start()
    caller = held.client("sagemaker")
    assert ended("killed", caller)["TransformJobStatus"] == "Completed"
    body = held.client("s3").get_object(Bucket=BUCKET, Key="out/killed/a.csv.out")["Body"].read()
    assert len(json.loads(body)["predictions"]) == 4


@case
def metered():
    """minutes of a job, times its instances, are batch hours in the seller's feeds; failures before it began are not"""
    seller = server.client("s3", "seller")
    agreement, product = subscribe(server, "petal-sorter-mini")
    model("petal", package_arn(server, product))
    assert outcome("petal", of="petal", count=3)[0] == "Completed"
    assert outcome("no-petal", of="petal", source=f"s3://{BUCKET}/in/nothing/")[0] == "Failed"
    assert outcome("wrong-petal", of="petal", content="image/png")[0] == "Failed"

    def counted():
        feeds = read_all(seller)
        mine = [row for row in feeds["dailyusagefeed"] if row["agreement_id"] == agreement]
        rows = current(mine, "usage_feed_id")
        return sum(Decimal(row["usage_quantity"]) for row in rows) > Decimal("0.06") and (feeds, rows)

    feeds, rows = wait_for(counted, "four instance-minutes")
    check_usage(rows)
    assert {row["dimension_key"] for row in rows} == {"ml.m5.large.m.i.b"}
    assert {row["usage_unit"] for row in rows} == {"HostHrs"}
    assert sum(Decimal(row["usage_quantity"]) for row in rows) == (
        Decimal("0.05") + Decimal("0.016667")), rows
    assert {row["usage_rate_per_unit_in_pricing_currency"] for row in rows} == {"0.30"}
    assert {row["charge_item_description"] for row in rows} == {
        "Petal Sorter Mini: batch transform hours"}
    billed = [row for row in feeds["billingeventfeed"]
              if row["transaction_type"] == "SELLER_REV_SHARE" and row["action"] == "INVOICED"
              and row["end_user_account_id"] == rows[0]["end_user_account_id"]]
    assert sum(Decimal(row["amount"]) for row in billed) == sum(
        Decimal(row["estimated_revenue_in_pricing_currency"]) for row in rows)


@case
def history():
    """a plausible share of the two years' hours and revenue of products sold by the hour is batch"""
    rows = current(read_all(server.client("s3", "seller"))["dailyusagefeed"], "usage_feed_id")
    sums = {"r": Decimal(0), "b": Decimal(0)}
    for row in rows:
        mode = row["dimension_key"].rpartition(".")[2]
        if row["usage_unit"] == "HostHrs" and row["pricing_currency"] == "USD":
            sums[mode] += Decimal(row["estimated_revenue_in_pricing_currency"])
    share = sums["b"] / (sums["r"] + sums["b"])
    assert Decimal("0.1") < share < Decimal("0.45"), (share, sums)


@case
def what_was_told():
    """a state that began before there was so much batch keeps the past that it told"""
    old = Server("--seed", "31")
    assert old.stop() == 0
    with contextlib.closing(sqlite3.connect(pathlib.Path(old.state, "practice.sqlite"))) as state:
        assert state.execute("DELETE FROM meta WHERE key = 'books'").rowcount == 1
        state.commit()
    old.start()

    def hours(one):
        rows = read_all(one.client("s3", "seller"))["dailyusagefeed"]
        return sum(Decimal(row["usage_quantity"]) for row in rows if row["dimension_key"].endswith(".b"))

    assert 0 < hours(old) * 3 < hours(server)


run()
