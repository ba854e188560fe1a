#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: each kind as a client on the wire sees it, counts, rates, places."""

import http.client
import json
import pathlib
import time

import botocore.exceptions

from harness import Server, case, fails, need_models, run, scratch, wait_for

need_models()
path = pathlib.Path(scratch, "faults.json")
path.write_text(json.dumps([{"service": "sts", "kind": "throttle", "count": 1}]), encoding="utf-8")
server = Server("--faults", str(path))
sts = server.client("sts")
sagemaker = server.client("sagemaker")


@case
def from_file():
    """faults of the file are there from the start, and used up"""
    fails("Throttling", sts.get_caller_identity, text="Rate exceeded")
    sts.get_caller_identity()


@case
def switchboard():
    """faults are listed, added and cleared over HTTP; nonsense is refused"""
    server.faults({"operation": "ListModels", "kind": "error503", "count": 2},
                  {"service": "s3", "kind": "reset"})
    status, body, _ = server.http("GET", "/practice/faults")
    listed = json.loads(body)
    assert status == 200 and [one["kind"] for one in listed] == ["error503", "reset"], listed
    server.clear_faults()
    assert json.loads(server.http("GET", "/practice/faults")[1]) == []
    for bad in ("{", "[1]", '{"kind": "earthquake"}', '{"kind": "reset", "rate": 2}',
                '{"kind": "reset", "count": "x"}', '{"kind": "reset", "when": "later"}',
                '[{"kind": "reset"}, {"kind": "no"}]'):
        status, body, _ = server.http("POST", "/practice/faults", bad)
        assert status == 400 and json.loads(body)["error"], (bad, status, body)
    assert json.loads(server.http("GET", "/practice/faults")[1]) == []


@case
def codes():
    """throttle, 500, 503, expired token and denied carry AWS's codes"""
    for kind, code, status in (("throttle", "ThrottlingException", 400),
                               ("error500", "InternalFailure", 500),
                               ("error503", "ServiceUnavailableException", 503),
                               ("expired-token", "ExpiredTokenException", 403),
                               ("denied", "AccessDeniedException", 400)):
        server.faults({"service": "sagemaker", "kind": kind, "count": 1})
        fails(code, sagemaker.list_models, status=status)
        sagemaker.list_models()
    server.faults({"service": "marketplace-discovery", "kind": "throttle", "count": 1})
    fails("ThrottlingException", server.client("marketplace-discovery").search_listings,
          status=429)
    server.faults({"service": "s3", "kind": "throttle", "count": 1})
    fails("SlowDown", server.client("s3").list_buckets, status=503)


@case
def places():
    """a fault of one service or operation leaves the others alone"""
    server.faults({"service": "sagemaker", "operation": "ListEndpoints", "kind": "error500"})
    sts.get_caller_identity()
    sagemaker.list_models()
    fails("InternalFailure", sagemaker.list_endpoints)
    fails("InternalFailure", sagemaker.list_endpoints)
    server.clear_faults()
    sagemaker.list_endpoints()


@case
def rate():
    """a rate hits about as often as it says"""
    server.faults({"service": "sts", "kind": "error503", "rate": 0.5})
    hits = 0
    for _ in range(60):
        try:
            sts.get_caller_identity()
        except botocore.exceptions.ClientError:
            hits += 1
    server.clear_faults()
    assert 15 <= hits <= 45, hits


@case
def reset():
    """reset: the connection goes, before the effect or after it"""
    s3 = server.client("s3")
    for when, made in (("before", False), ("after", True)):
        server.faults({"service": "s3", "operation": "PutObject", "kind": "reset", "count": 1,
                       "when": when})
        bucket = s3.list_buckets()["Buckets"][0]["Name"]
        try:
            s3.put_object(Bucket=bucket, Key=when, Body=b"x")
            raise AssertionError("the call went through")
        except (botocore.exceptions.ConnectionClosedError,
                botocore.exceptions.EndpointConnectionError,
                botocore.exceptions.HTTPClientError) as error:
            assert "reset" in str(error).lower() or "closed" in str(error).lower(), error
        assert (s3.list_objects_v2(Bucket=bucket, Prefix=when)["KeyCount"] == 1) == made


@case
def cut():
    """cut: half of the body, then the end"""
    server.faults({"operation": "SearchListings", "kind": "cut", "count": 1})
    try:
        server.client("marketplace-discovery").search_listings()
        raise AssertionError("the call went through")
    except (botocore.exceptions.BotoCoreError, http.client.IncompleteRead) as error:
        assert "IncompleteRead" in repr(error) or "onnection" in repr(error), error


@case
def drip():
    """drip: all of it, in small pieces"""
    discovery = server.client("marketplace-discovery")
    whole = discovery.search_listings(maxResults=2)
    server.faults({"operation": "SearchListings", "kind": "drip", "count": 1, "delay_ms": 10})
    started = time.monotonic()
    slow = discovery.search_listings(maxResults=2)
    assert slow["listingSummaries"] == whole["listingSummaries"]
    assert time.monotonic() - started > 0.1


@case
def delay():
    """delay: late, and nobody else waits"""
    server.faults({"service": "sts", "kind": "delay", "count": 1, "delay_ms": 700})
    started = time.monotonic()
    sts.get_caller_identity()
    assert time.monotonic() - started >= 0.7
    sts.get_caller_identity()


@case
def delay_before():
    """delay before: the operation itself is late"""
    server.faults({"operation": "AddTags", "kind": "delay", "count": 1, "delay_ms": 700,
                   "when": "before"})
    started = time.monotonic()
    fails("ValidationException", sagemaker.add_tags,
          ResourceArn="arn:aws:sagemaker:us-east-1:111122223333:model/none",
          Tags=[{"Key": "a", "Value": "b"}])
    assert time.monotonic() - started >= 0.7


@case
def skew():
    """skew: the server's clock is ahead, in its answers and its judgement"""
    server.faults({"service": "sts", "kind": "skew", "count": 1, "delay_ms": 1200000})
    try:
        sts.get_caller_identity()
        raise AssertionError("the call went through")
    except botocore.exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        headers = error.response["ResponseMetadata"]["HTTPHeaders"]
    assert code in ("RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch",
                    "InvalidSignatureException"), code
    from email.utils import parsedate_to_datetime

    ahead = parsedate_to_datetime(headers["date"]).timestamp() - time.time()
    assert 1190 < ahead < 1210, ahead
    sts.get_caller_identity()


@case
def keeps_serving():
    """after all of this the server is well"""
    assert server.http("GET", "/practice/health")[0] == 200
    wait_for(lambda: sts.get_caller_identity()["Account"], "an answer")


run()
