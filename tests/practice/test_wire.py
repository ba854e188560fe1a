#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire's own rules: signatures, dates, unknown operations and members, limits."""

import datetime
import json

from harness import BUYER, SELLER, TESTER, Server, case, fails, need_models, run

need_models()
server = Server()


def signed(service, region, body, headers, when=None, path="/", account="buyer"):
    """One request signed by botocore, with a date of our choice."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from unittest import mock

    keys = server.line["accounts"][account]
    request = AWSRequest("POST", server.endpoint + path, data=body, headers=headers)
    signer = SigV4Auth(Credentials(keys["access_key_id"], keys["secret_access_key"]), service,
                       region)
    now = when or datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now, create=True), \
            mock.patch("botocore.auth.datetime", wraps=datetime) as clock:
        clock.datetime = mock.Mock(wraps=datetime.datetime)
        clock.datetime.utcnow = mock.Mock(return_value=now)
        signer.add_auth(request)
    prepared = request.prepare()
    status, answer, got = server.http("POST", path, body, dict(prepared.headers))
    return status, answer.decode(), got


SAGEMAKER = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "SageMaker.ListModels"}


@case
def identities():
    """GetCallerIdentity knows the three accounts"""
    for account, number in (("buyer", BUYER), ("seller", SELLER), ("tester", TESTER)):
        who = server.client("sts", account).get_caller_identity()
        assert who["Account"] == number and who["Arn"].startswith(f"arn:aws:iam::{number}:user/")
        assert who["UserId"].startswith("AIDA")
        assert who["ResponseMetadata"]["RequestId"]


@case
def wrong_secret():
    """a wrong secret: SignatureDoesNotMatch with the canonical string that was expected"""
    for service, call in (("sts", "get_caller_identity"), ("sagemaker", "list_models"),
                          ("s3", "list_buckets"), ("iam", "list_roles")):
        client = server.client(service, secret="x" * 40)
        answer = fails("SignatureDoesNotMatch", getattr(client, call), status=403)
        message = answer["Error"]["Message"]
        assert "AWS4-HMAC-SHA256" in message and "host:127.0.0.1" in message, message
    client = server.client("marketplace-discovery", secret="x" * 40)
    fails("SignatureDoesNotMatch", client.search_listings, status=403)


@case
def unknown_key():
    """an unknown access key is refused"""
    for service, call, code in (
            ("sts", "get_caller_identity", "InvalidClientTokenId"),
            ("sagemaker", "list_models", "UnrecognizedClientException"),
            ("s3", "list_buckets", "InvalidAccessKeyId")):
        client = server.client(service, access="AKIAPRACTICE00000000")
        fails(code, getattr(client, call), status=403)


@case
def session_token():
    """a session token with long-lived keys is refused"""
    for service, call, code in (
            ("sts", "get_caller_identity", "InvalidClientTokenId"),
            ("sagemaker", "list_models", "UnrecognizedClientException")):
        client = server.client(service, token="x" * 100)
        fails(code, getattr(client, call), status=403)


@case
def unsigned():
    """a request without a signature is refused"""
    status, body, _ = server.http("POST", "/", "{}", SAGEMAKER)
    assert status == 403 and b"MissingAuthenticationToken" in body, (status, body)


@case
def dates():
    """a date is good for five minutes"""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    for minutes, good in ((0, True), (-3, True), (3, True), (-16, False), (16, False)):
        when = now + datetime.timedelta(minutes=minutes)
        status, body, _ = signed("sagemaker", "us-east-1", "{}", SAGEMAKER, when)
        assert (status == 200) == good, (minutes, status, body)


@case
def scope():
    """a signature for another service or Region is refused"""
    status, body, _ = signed("logs", "us-east-1", "{}", SAGEMAKER)
    assert status == 403 and "correct service" in body, body
    status, body, _ = signed("sagemaker", "mars-north-1", "{}", SAGEMAKER)
    assert status == 403 and "valid region" in body, body
    fails("SignatureDoesNotMatch",
          server.client("marketplace-discovery", region="eu-north-1").search_listings,
          text="valid region")
    fails("SignatureDoesNotMatch",
          server.client("marketplace-agreement", region="eu-west-1").describe_agreement,
          agreementId="agmt-x", text="valid region")


@case
def unknown_operation():
    """an unknown operation, and one that is not offered, are named as AWS does"""
    status, body, _ = signed("sagemaker", "us-east-1", "{}",
                             dict(SAGEMAKER, **{"X-Amz-Target": "SageMaker.MakeCoffee"}))
    assert status == 404 and "UnknownOperationException" in body, body
    fails("UnknownOperationException", server.client("sagemaker").list_training_jobs)
    status, body, _ = signed("sts", "us-east-1", "Action=MakeCoffee&Version=2011-06-15",
                             {"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 400 and "InvalidAction" in body, body


@case
def unknown_member():
    """a member that the service does not have is refused"""
    status, body, _ = signed("sagemaker", "us-east-1", '{"Colour": "red"}', SAGEMAKER)
    assert status == 400 and ("Validation" in body or "Serialization" in body), body
    assert "olour" in body, body


@case
def wrong_types():
    """a wrong type, a broken body"""
    status, body, _ = signed("sagemaker", "us-east-1", '{"MaxResults": "many"}', SAGEMAKER)
    assert status == 400 and "SerializationException" in body, body
    status, body, _ = signed("sagemaker", "us-east-1", "{", SAGEMAKER)
    assert status == 400 and "SerializationException" in body, body


@case
def limits():
    """length, range, pattern, enum and required are checked in AWS's words"""
    sagemaker = server.client("sagemaker", validate=False)
    fails("ValidationException", sagemaker.describe_endpoint, EndpointName="x" * 64,
          text="failed to satisfy constraint")
    fails("ValidationException", sagemaker.describe_endpoint, EndpointName="-x-",
          text="regular expression pattern")
    fails("ValidationException", sagemaker.describe_endpoint, text="must not be null")
    fails("ValidationException", sagemaker.list_models, MaxResults=101,
          text="less than or equal to 100")
    fails("ValidationException", sagemaker.list_models, SortBy="Colour", text="enum value set")
    answer = fails("ValidationException", sagemaker.create_endpoint_config, EndpointConfigName="c",
                   ProductionVariants=[{"VariantName": "v", "ModelName": "m",
                                        "InstanceType": "ml.zz.large", "InitialInstanceCount": 1}])
    assert answer["Error"]["Message"].startswith(
        "1 validation error detected: Value 'ml.zz.large' at"
        " 'productionVariants.1.member.instanceType' failed to satisfy constraint: Member must"
        " satisfy enum value set: ["), answer


@case
def request_ids():
    """errors of every protocol carry a request id and their own form"""
    status, body, headers = signed("sagemaker", "us-east-1", '{"MaxResults": 1000}', SAGEMAKER)
    assert status == 400 and json.loads(body)["__type"].endswith("ValidationException")
    assert any(name.lower() == "x-amzn-requestid" for name in headers)
    fails("ResourceNotFoundException",
          server.client("marketplace-discovery").get_listing, listingId="prodview-none",
          status=404)
    fails("NoSuchKey", server.client("s3").get_object, Bucket=f"sagemaker-us-east-1-{BUYER}",
          Key="none", status=404)
    fails("NoSuchEntity", server.client("iam").get_role, RoleName="none", status=404)


run()
