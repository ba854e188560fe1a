#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is sent, signed or not, the server answers as AWS does and lives on."""

import random

from harness import BUYER, Server, alive, case, need_models, run

need_models()
server = Server()
BUCKET = f"/sagemaker-us-east-1-{BUYER}"
OPERATIONS = [("sagemaker", "SageMaker." + name) for name in (
    "ListModels", "CreateModel", "CreateEndpointConfig", "CreateEndpoint", "DescribeEndpoint",
    "AddTags", "ListTags", "DescribeModelPackage")] + [("logs", "Logs_20140328." + name) for name in (
        "FilterLogEvents", "GetLogEvents", "DescribeLogGroups")] + [
            ("aws-marketplace", "AWSMPCommerceService_v20200301." + name) for name in (
                "SearchAgreements", "CreateAgreementRequest", "DescribeAgreement")] + [
                    ("pricing", "AWSPriceListService.GetProducts"),
                    ("servicequotas", "ServiceQuotasV20190624.ListServiceQuotas")]
VALUES = ["null", "1", "-1", "1e999", '"x"', '"\\u0000"', '"\\ud800"', "[]", "{}", "[null]", "[{}]",
          "[[]]", "true", f'"{"a" * 5000}"', "99999999999999999999", '""', '"é"', '{"a":1}', "[1]"]
NAMES = ("ModelName EndpointName EndpointConfigName ProductionVariants Tags ResourceArn filters limit"
         " PrimaryContainer MaxResults NextToken logGroupName nextToken startTime intent Filters"
         " requestedTerms agreementId ServiceCode ExecutionRoleArn Containers").split()


def send(service, method, path, body, headers):
    from botocore.auth import S3SigV4Auth, SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    keys = Credentials(server.line["access_key_id"], server.line["secret_access_key"])
    request = AWSRequest(method, server.endpoint + path, data=body, headers=headers)
    (S3SigV4Auth if service == "s3" else SigV4Auth)(keys, service, "us-east-1").add_auth(request)
    prepared = {name: value.decode() if isinstance(value, bytes) else value
                for name, value in request.prepare().headers.items()}
    return server.http(method, path, body, prepared)


@case
def bodies():
    """500 bodies of wrong members and broken JSON: refused or answered, never a failure"""
    chance = random.Random(4)
    for _ in range(500):
        service, target = chance.choice(OPERATIONS)
        body = "{" + ",".join(f'"{chance.choice(NAMES)}":{chance.choice(VALUES)}'
                              for _ in range(chance.randrange(4))) + "}"
        data = body.encode()
        if chance.random() < 0.1:
            data = data[:chance.randrange(len(data) + 1)] + bytes([chance.randrange(256)])
        status, answer, _ = send(service, "POST", "/", data,
                                 {"Content-Type": "application/x-amz-json-1.1",
                                  "X-Amz-Target": target})
        assert status in (200, 400), (target, data, status, answer)


@case
def deep():
    """JSON of any depth is refused"""
    for depth in (200, 200000):
        status, _, _ = send("sagemaker", "POST", "/", '{"Tags":' + "[" * depth + "]" * depth + "}",
                            {"Content-Type": "application/x-amz-json-1.1",
                             "X-Amz-Target": "SageMaker.AddTags"})
        assert status == 400, status


@case
def paths():
    """paths that are no text, empty, or climb"""
    for path in ("/%FF", BUCKET + "/%FF%FE", BUCKET + "/a%00b", BUCKET + "/a%0ab", "//",
                 BUCKET + "?list-type=2&prefix=%FF", BUCKET + "/?list-type=2&max-keys=abc",
                 "/endpoints//invocations", "/endpoints/%FF/invocations", BUCKET + "/..%2f.."):
        for method in ("GET", "PUT", "HEAD", "DELETE", "POST"):
            status, answer, _ = send("sagemaker" if "endpoints" in path else "s3", method, path,
                                     b"x" if method in ("PUT", "POST") else None, {})
            assert status < 500 or status == 501, (method, path, status, answer)


@case
def forms():
    """forms of query services that are none"""
    for body in ("Action=", "Version=1", "%FF=%FF", "Action=GetRole&RoleName=%FF",
                 "Action=ListRoles&MaxItems=abc", "Action=GetRole&RoleName[]=1", "a" * 100000):
        for service in ("sts", "iam"):
            status, answer, _ = send(service, "POST", "/", body,
                                     {"Content-Type": "application/x-www-form-urlencoded"})
            assert 400 <= status < 500, (body, status, answer)


@case
def authorizations():
    """headers that are no signature"""
    key = server.line["access_key_id"]
    for value in ("AWS4-HMAC-SHA256", "Basic x", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e,"
                  " SignedHeaders=host, Signature=x", f"AWS4-HMAC-SHA256 Credential={key}/20260101/"
                  "us-east-1/sts/aws4_request, SignedHeaders=host;nope, Signature=00"):
        status, answer, _ = server.http("POST", "/", "{}", {"Authorization": value,
                                                            "X-Amz-Date": "garbage"})
        assert status == 403, (value, status, answer)
    assert alive(server.pid)


run()
