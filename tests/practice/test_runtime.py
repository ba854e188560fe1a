#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""InvokeEndpoint computes its answers from the bytes sent; the logs tell of it."""

import json
import re
import time

from harness import (BUYER, ROLE, SAMPLES, SHARED, Server, case, deploy, fails, need_models,
                     package_arn, run, subscribe)

need_models()
server = Server()
runtime = server.client("sagemaker-runtime")
logs = server.client("logs")
GROUP = "/aws/sagemaker/Endpoints/"


def put_up(slug, name):
    _, product = subscribe(server, slug)
    arn = package_arn(server, product)
    spec = server.client("sagemaker").describe_model_package(
        ModelPackageName=arn)["InferenceSpecification"]
    quotas = {one["QuotaName"].split()[0]: one["Value"]
              for one in server.client("service-quotas").list_service_quotas(
                  ServiceCode="sagemaker", MaxResults=100)["Quotas"]
              if one["QuotaName"].endswith("for endpoint usage")}
    instance = next(one for one in spec["SupportedRealtimeInferenceInstanceTypes"]
                    if quotas.get(one, 0) > 0)
    deploy(server, name, arn, instance)


def invoke(name, body, content_type=None, **more):
    if content_type:
        more["ContentType"] = content_type
    answer = runtime.invoke_endpoint(EndpointName=name, Body=body, **more)
    return answer["Body"].read(), answer


put_up("iris-classifier", "iris")


@case
def iris():
    """the iris classifier is right on at least 95 % of the 150 flowers"""
    table = SHARED / "data/iris.csv"
    rows = table.read_bytes()
    labels = [line.rsplit(b",", 1)[1].strip(b'"').decode().removeprefix("Iris-").strip()
              for line in rows.splitlines() if re.match(rb"[0-9.]+,", line)]
    body, answer = invoke("iris", rows, "text/csv")
    assert answer["ContentType"] == "application/json"
    assert answer["InvokedProductionVariant"] == "AllTraffic"
    predictions = json.loads(body)["predictions"]
    assert len(predictions) == len(labels) == 150
    right = sum(one["species"] == label for one, label in zip(predictions, labels))
    assert right >= 143, right
    for one in predictions:
        assert set(one["probabilities"]) == {"setosa", "versicolor", "virginica"}
        assert abs(sum(one["probabilities"].values()) - 1) < 0.01


@case
def sample():
    """the sample file gives four answers"""
    body, _ = invoke("iris", (SAMPLES / "iris-4.csv").read_bytes(), "text/csv")
    assert len(json.loads(body)["predictions"]) == 4


@case
def model_error():
    """wrong input is the model's own 4xx: ModelError 424 with status, message and log stream"""
    answer = fails("ModelError", invoke, "iris", b"no,numbers\nat,all", "text/csv", status=424)
    assert 400 <= answer["OriginalStatusCode"] < 500, answer
    assert answer["OriginalMessage"]
    stream = answer["LogStreamArn"]
    assert stream.startswith(f"arn:aws:logs:us-east-1:{BUYER}:log-group:{GROUP}iris:log-stream:"
                             "AllTraffic/i-"), stream
    message = answer["Error"]["Message"]
    assert message.startswith(f"Received client error ({answer['OriginalStatusCode']}) from"
                              " primary with message"), message
    assert f"in account {BUYER} for more information." in message
    fails("ModelError", invoke, "iris", b"1,2,3,4", "image/png", status=424)


@case
def failing_model():
    """one listing's model always fails, with a traceback in its log"""
    put_up("brittle-scorer", "brittle")
    answer = fails("ModelError", invoke, "brittle", b"1,2,3,4", "text/csv", status=424)
    assert answer["OriginalStatusCode"] >= 500
    assert "Received server error" in answer["Error"]["Message"]
    messages = [one["message"] for one in logs.filter_log_events(
        logGroupName=GROUP + "brittle")["events"]]
    assert any("POST /invocations" in one and " 500 " in one for one in messages), messages


@case
def slow_model():
    """one listing's model takes twenty seconds, and the server goes on meanwhile"""
    import threading

    put_up("patient-echo", "patient")
    took = []

    def call():
        started = time.monotonic()
        invoke("patient", b'{"text": "hello"}')
        took.append(time.monotonic() - started)

    thread = threading.Thread(target=call)
    thread.start()
    for _ in range(5):
        invoke("iris", b"5.1,3.5,1.4,0.2", "text/csv")
    assert not took
    thread.join(120)
    assert took and took[0] >= 19.9, took


@case
def pictures():
    """palette and blobs read pictures"""
    put_up("palette", "palette")
    picture = next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".png")
    body, _ = invoke("palette", picture.read_bytes(), "image/png")
    colors = json.loads(body)["colors"]
    assert colors and re.fullmatch("#[0-9a-f]{6}", colors[0]["hex"])
    assert abs(sum(one["share"] for one in colors) - 1) < 0.1
    body, answer = invoke("palette", picture.read_bytes(), "image/png", Accept="image/png")
    assert answer["ContentType"] == "image/png" and body.startswith(b"\x89PNG")


@case
def endpoint_errors():
    """an endpoint or variant that is not there"""
    fails("ValidationError", invoke, "none", b"x", status=400,
          text=f"Endpoint none of account {BUYER} not found.")
    fails("ValidationError", invoke, "iris", b"1,2,3,4", "text/csv", TargetVariant="Other",
          text="Variant Other")
    invoke("iris", b"1,2,3,4", "text/csv", TargetVariant="AllTraffic")
    tester = server.client("sagemaker-runtime", "tester")
    fails("ValidationError", tester.invoke_endpoint, EndpointName="iris", Body=b"1,2,3,4",
          status=400)


@case
def sizes():
    """25 MB go through, more does not"""
    # what is between the service's limit and the model's own is the model's to refuse
    fails("ModelError", invoke, "iris", b"1,2,3,4\n" * 3_000_000, "text/csv", status=424,
          text="more than")
    fails("ValidationError", invoke, "iris", b"x" * 25_000_001, "text/csv", text="exceeds")


@case
def groups_and_streams():
    """log groups and streams of an endpoint"""
    found = logs.describe_log_groups(logGroupNamePrefix=GROUP + "ir")["logGroups"]
    assert [one["logGroupName"] for one in found] == [GROUP + "iris"]
    assert found[0]["arn"].endswith(":*") and found[0]["storedBytes"] > 0
    assert not logs.describe_log_groups(logGroupNamePrefix="/aws/other")["logGroups"]
    assert logs.describe_log_groups(logGroupNamePattern="IRIS")["logGroups"]
    streams = logs.describe_log_streams(logGroupName=GROUP + "iris")["logStreams"]
    assert len(streams) == 1 and re.fullmatch(r"AllTraffic/i-[0-9a-f]{17}",
                                              streams[0]["logStreamName"])
    assert streams[0]["firstEventTimestamp"] <= streams[0]["lastEventTimestamp"]
    logs.describe_log_streams(logGroupName=GROUP + "iris", orderBy="LastEventTime", descending=True)
    fails("InvalidParameterException", logs.describe_log_streams, logGroupName=GROUP + "iris",
          orderBy="LastEventTime", logStreamNamePrefix="A")
    fails("ResourceNotFoundException", logs.describe_log_streams, logGroupName=GROUP + "none",
          text="The specified log group does not exist.")
    page = logs.describe_log_groups(limit=1)
    assert page["logGroups"] and page["nextToken"]


@case
def container_lines():
    """the log begins as a container's does and has a line for each call"""
    events = logs.filter_log_events(logGroupName=GROUP + "iris")["events"]
    messages = [one["message"] for one in events]
    assert "Starting iris" in messages[0], messages[0]
    assert any('"GET /ping HTTP/1.1" 200' in one for one in messages)
    before = sum("POST /invocations" in one for one in messages)
    invoke("iris", b"1,2,3,4", "text/csv")
    messages = [one["message"] for one in logs.filter_log_events(
        logGroupName=GROUP + "iris")["events"]]
    after = sum("POST /invocations" in one for one in messages)
    assert after == before + 1, (before, after, messages[-5:])
    times = [one["timestamp"] for one in events]
    assert times == sorted(times) and times[-1] <= time.time() * 1000 + 1


@case
def filter_events():
    """FilterLogEvents: pattern, times, streams, pages"""
    group = GROUP + "iris"
    everything = logs.filter_log_events(logGroupName=group)["events"]
    pings = logs.filter_log_events(logGroupName=group, filterPattern="ping")["events"]
    assert pings and all("ping" in one["message"] for one in pings)
    none = logs.filter_log_events(logGroupName=group, filterPattern='INFO -"Loading model"')
    assert none["events"] and not any("Loading model" in one["message"] for one in none["events"])
    some = logs.filter_log_events(logGroupName=group, filterPattern="?ping ?Booting")["events"]
    assert len(some) == len(pings) + 1
    assert logs.filter_log_events(logGroupName=group, filterPattern='"GET /ping"')["events"] == pings
    fails("InvalidParameterException", logs.filter_log_events, logGroupName=group,
          filterPattern="a=b")
    middle = everything[len(everything) // 2]["timestamp"]
    later = logs.filter_log_events(logGroupName=group, startTime=middle)["events"]
    earlier = logs.filter_log_events(logGroupName=group, endTime=middle)["events"]
    assert later and len(earlier) + len(later) == len(everything)
    joined, token = [], {}
    while True:
        page = logs.filter_log_events(logGroupName=group, limit=4, **token)
        joined += page["events"]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert [one["eventId"] for one in joined] == [one["eventId"] for one in everything]
    stream = everything[0]["logStreamName"]
    assert logs.filter_log_events(logGroupName=group, logStreamNames=[stream])["events"]
    assert not logs.filter_log_events(logGroupName=group, logStreamNames=["none"])["events"]
    assert logs.filter_log_events(logGroupName=group, logStreamNamePrefix="All")["events"]


@case
def get_events():
    """GetLogEvents: forwards and backwards; the end repeats the token; following goes on"""
    group = GROUP + "iris"
    stream = logs.describe_log_streams(logGroupName=group)["logStreams"][0]["logStreamName"]
    everything = [one["message"] for one in logs.filter_log_events(logGroupName=group)["events"]]
    forward, token = [], None
    while True:
        page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True,
                                   limit=5, **({"nextToken": token} if token else {}))
        forward += [one["message"] for one in page["events"]]
        if page["nextForwardToken"] == token:
            break
        token = page["nextForwardToken"]
    assert forward == everything
    invoke("iris", b"1,2,3,4", "text/csv")
    page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True,
                               nextToken=token)
    assert "POST /invocations" in page["events"][-1]["message"]
    backward, token = [], None
    while True:
        page = logs.get_log_events(logGroupName=group, logStreamName=stream, limit=5,
                                   **({"nextToken": token} if token else {}))
        backward = [one["message"] for one in page["events"]] + backward
        if page["nextBackwardToken"] == token:
            break
        token = page["nextBackwardToken"]
    assert backward[:len(everything)] == everything
    fails("ResourceNotFoundException", logs.get_log_events, logGroupName=group,
          logStreamName="none", text="The specified log stream does not exist.")
    fails("InvalidParameterException", logs.get_log_events, logGroupName=group,
          logStreamName=stream, nextToken="nonsense")


@case
def role_without_logs():
    """a role that may not make a log stream leaves no log"""
    sagemaker = server.client("sagemaker")
    arn = sagemaker.describe_model(ModelName="iris")["PrimaryContainer"]["ModelPackageName"]
    sagemaker.create_model(ModelName="quiet", EnableNetworkIsolation=True,
                           ExecutionRoleArn=f"arn:aws:iam::{BUYER}:role/inference-minimal",
                           PrimaryContainer={"ModelPackageName": arn})
    assert ROLE != f"arn:aws:iam::{BUYER}:role/inference-minimal"
    sagemaker.create_endpoint_config(
        EndpointConfigName="quiet",
        ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": "quiet",
                             "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}])
    sagemaker.create_endpoint(EndpointName="quiet", EndpointConfigName="quiet")
    sagemaker.get_waiter("endpoint_in_service").wait(
        EndpointName="quiet", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    invoke("quiet", b"1,2,3,4", "text/csv")
    fails("ResourceNotFoundException", logs.filter_log_events, logGroupName=GROUP + "quiet")


run()
