#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""S3, IAM, prices and quotas."""

import hashlib
import json
import re
import urllib.parse

from harness import BUYER, SELLER, Server, case, fails, need_models, run

need_models()
server = Server()
s3 = server.client("s3")
BUCKET = f"sagemaker-us-east-1-{BUYER}"


@case
def objects():
    """an object: put, got, headed, ranged, deleted"""
    data = bytes(range(256)) * 100
    put = s3.put_object(Bucket=BUCKET, Key="folder/a b+ü.bin", Body=data, ContentType="x/y",
                        Metadata={"colour": "red"})
    assert put["ETag"] == f'"{hashlib.md5(data).hexdigest()}"'
    got = s3.get_object(Bucket=BUCKET, Key="folder/a b+ü.bin")
    assert got["Body"].read() == data and got["ContentType"] == "x/y"
    assert got["Metadata"] == {"colour": "red"} and got["ContentLength"] == len(data)
    head = s3.head_object(Bucket=BUCKET, Key="folder/a b+ü.bin")
    assert head["ContentLength"] == len(data) and head["ETag"] == put["ETag"]
    for text, part in (("bytes=2-5", data[2:6]), ("bytes=25590-", data[25590:]),
                       ("bytes=-3", data[-3:])):
        got = s3.get_object(Bucket=BUCKET, Key="folder/a b+ü.bin", Range=text)
        assert got["Body"].read() == part and got["ResponseMetadata"]["HTTPStatusCode"] == 206
    fails("InvalidRange", s3.get_object, Bucket=BUCKET, Key="folder/a b+ü.bin",
          Range="bytes=99999-", status=416)
    s3.delete_object(Bucket=BUCKET, Key="folder/a b+ü.bin")
    s3.delete_object(Bucket=BUCKET, Key="folder/a b+ü.bin")
    fails("NoSuchKey", s3.get_object, Bucket=BUCKET, Key="folder/a b+ü.bin", status=404)
    fails("404", s3.head_object, Bucket=BUCKET, Key="folder/a b+ü.bin", status=404)
    s3.put_object(Bucket=BUCKET, Key="empty", Body=b"")
    assert s3.get_object(Bucket=BUCKET, Key="empty")["Body"].read() == b""
    s3.delete_object(Bucket=BUCKET, Key="empty")


@case
def digest():
    """a wrong Content-MD5 is refused"""
    fails("BadDigest", s3.put_object, Bucket=BUCKET, Key="x", Body=b"x",
          ContentMD5="AAAAAAAAAAAAAAAAAAAAAA==", status=400)


@case
def listing():
    """ListObjectsV2: prefix, delimiter, pages"""
    keys = sorted([f"in/{number:02d}.csv" for number in range(5)]
                  + [f"out/{number}/x y.json" for number in range(3)] + ["top"])
    for key in keys:
        s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
    found = s3.list_objects_v2(Bucket=BUCKET)
    assert [one["Key"] for one in found["Contents"]] == keys and not found["IsTruncated"]
    assert found["Contents"][0]["Size"] == len(keys[0])
    found = s3.list_objects_v2(Bucket=BUCKET, Prefix="in/")
    assert found["KeyCount"] == 5
    found = s3.list_objects_v2(Bucket=BUCKET, Delimiter="/")
    assert [one["Prefix"] for one in found["CommonPrefixes"]] == ["in/", "out/"]
    assert [one["Key"] for one in found["Contents"]] == ["top"]
    for delimiter in ({}, {"Delimiter": "/"}):
        joined = []
        pages = s3.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, PaginationConfig={"PageSize": 2}, **delimiter)
        for page in pages:
            joined += [one["Key"] for one in page.get("Contents", [])]
            joined += [one["Prefix"] for one in page.get("CommonPrefixes", [])]
        assert sorted(joined) == (["in/", "out/", "top"] if delimiter else keys), joined
    assert s3.list_objects_v2(Bucket=BUCKET, StartAfter="out/1/x y.json")["KeyCount"] == 2
    fails("InvalidArgument", s3.list_objects_v2, Bucket=BUCKET, ContinuationToken="??")


@case
def buckets():
    """buckets: one from the start, more can be made"""
    assert [one["Name"] for one in s3.list_buckets()["Buckets"]] == [BUCKET]
    s3.create_bucket(Bucket="another-one")
    s3.head_bucket(Bucket="another-one")
    found = s3.list_buckets(MaxBuckets=1)
    assert [one["Name"] for one in found["Buckets"]] == ["another-one"], found
    found = s3.list_buckets(MaxBuckets=1, ContinuationToken=found["ContinuationToken"])
    assert [one["Name"] for one in found["Buckets"]] == [BUCKET]
    assert "ContinuationToken" not in found
    found = s3.list_buckets(Prefix="another")
    assert [one["Name"] for one in found["Buckets"]] == ["another-one"] and found["Prefix"] == "another"
    fails("InvalidArgument", s3.list_buckets, ContinuationToken="??")
    fails("BucketAlreadyOwnedByYou", s3.create_bucket, Bucket="another-one", status=409)
    tester = server.client("s3", "tester")
    fails("BucketAlreadyExists", tester.create_bucket, Bucket="another-one", status=409)
    fails("AccessDenied", tester.list_objects_v2, Bucket="another-one", status=403)
    fails("NoSuchBucket", s3.put_object, Bucket="no-such-one", Key="x", Body=b"", status=404)
    s3.put_object(Bucket="another-one", Key="x", Body=b"")
    fails("BucketNotEmpty", s3.delete_bucket, Bucket="another-one", status=409)
    s3.delete_object(Bucket="another-one", Key="x")
    s3.delete_bucket(Bucket="another-one")
    fails("404", s3.head_bucket, Bucket="another-one", status=404)
    assert s3.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] is None


@case
def presigned():
    """presigned addresses work without keys, wrong ones do not"""
    s3.put_object(Bucket=BUCKET, Key="shared", Body=b"shared")
    v4 = server.client("s3", signature="s3v4")
    url = v4.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "shared"}, 60)
    path = url.removeprefix(server.endpoint)
    assert "X-Amz-Signature" in url, url
    status, body, _ = server.http("GET", path)
    assert status == 200 and body == b"shared", (status, body)
    assert server.http("GET", path[:-4] + "0000")[0] == 403


@case
def iam():
    """ListRoles and GetRole"""
    client = server.client("iam")
    names = [one["RoleName"] for one in client.list_roles()["Roles"]]
    assert "trestle-practice-execution" in names
    joined = []
    for page in client.get_paginator("list_roles").paginate(PaginationConfig={"PageSize": 1}):
        joined += [one["RoleName"] for one in page["Roles"]]
    assert joined == names
    role = client.get_role(RoleName="trestle-practice-execution")["Role"]
    assert role["Arn"] == f"arn:aws:iam::{BUYER}:role/trestle-practice-execution"
    policy = role["AssumeRolePolicyDocument"]
    if isinstance(policy, str):
        policy = json.loads(urllib.parse.unquote(policy))
    assert policy["Statement"][0]["Principal"]["Service"] == "sagemaker.amazonaws.com"
    fails("NoSuchEntity", client.get_role, RoleName="none", status=404)


@case
def simulated():
    """a simulation says what the account's user and its roles may do"""
    client = server.client("iam", "seller")
    base = f"arn:aws:iam::{SELLER}:"

    def may(source, *actions, **more):
        found = client.simulate_principal_policy(PolicySourceArn=base + source,
                                                 ActionNames=list(actions), **more)
        assert [one["EvalActionName"] for one in found["EvaluationResults"]] == list(actions)
        return [one["EvalDecision"] for one in found["EvaluationResults"]]

    ask = ("sagemaker:DescribeModelPackage", "aws-marketplace:StartChangeSet", "s3:GetObject")
    assert may("user/seller", *ask) == ["allowed"] * 3
    assert may("role/MarketplaceAccess", *ask) == ["allowed", "implicitDeny", "allowed"]
    assert may("role/inference-minimal", *ask) == ["implicitDeny"] * 3
    assert may("role/trestle-practice-execution", *ask) == ["allowed", "implicitDeny", "allowed"]
    found = client.simulate_principal_policy(
        PolicySourceArn=base + "user/seller", ActionNames=["s3:GetObject", "s3:PutObject"],
        ResourceArns=["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"])["EvaluationResults"]
    assert [one["EvalResourceName"][-3] for one in found] == ["a", "b", "a", "b"], found
    pages = list(client.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=base + "user/seller", ActionNames=list(ask),
        PaginationConfig={"PageSize": 2}))
    assert [len(page["EvaluationResults"]) for page in pages] == [2, 1]
    fails("NoSuchEntity", client.simulate_principal_policy, status=404, ActionNames=list(ask),
          PolicySourceArn=base + "user/nobody")


def price_list(**filters):
    client = server.client("pricing")
    found = []
    for page in client.get_paginator("get_products").paginate(
            ServiceCode="AmazonSageMaker",
            Filters=[{"Type": "TERM_MATCH", "Field": name, "Value": value}
                     for name, value in filters.items()], PaginationConfig={"PageSize": 3}):
        found += [json.loads(text) for text in page["PriceList"]]
    return found


@case
def prices():
    """GetProducts gives an instance's prices by component"""
    found = price_list(regionCode="us-east-1", instanceName="ml.m5.xlarge")
    usage = {one["product"]["attributes"]["usagetype"]: one for one in found}
    assert set(usage) == {"USE1-Host:ml.m5.xlarge", "USE1-Tsform:ml.m5.xlarge",
                          "USE1-Train:ml.m5.xlarge", "USE1-AsyncInf:ml.m5.xlarge"}, set(usage)
    term, = usage["USE1-Host:ml.m5.xlarge"]["terms"]["OnDemand"].values()
    dimension, = term["priceDimensions"].values()
    assert dimension["unit"] == "Hrs"
    assert re.fullmatch(r"\d+\.\d{10}", dimension["pricePerUnit"]["USD"])
    found = price_list(regionCode="eu-west-1", instanceName="ml.m5.xlarge", component="Hosting")
    assert [one["product"]["attributes"]["usagetype"] for one in found] == ["EUW1-Host:ml.m5.xlarge"]
    assert price_list(regionCode="us-east-1", instanceName="ml.none") == []
    client = server.client("pricing")
    fails("NotFoundException", client.get_products, ServiceCode="AmazonS3")
    fails("InvalidNextTokenException", client.get_products, ServiceCode="AmazonSageMaker",
          NextToken="nonsense")
    fails("InvalidParameterException", server.client("pricing", validate=False).get_products,
          ServiceCode="AmazonSageMaker", Filters=[{"Type": "LIKE", "Field": "a", "Value": "b"}])


@case
def quotas():
    """ListServiceQuotas names the quotas of all instance types"""
    client = server.client("service-quotas")
    found = []
    for page in client.get_paginator("list_service_quotas").paginate(
            ServiceCode="sagemaker", PaginationConfig={"PageSize": 10}):
        found += page["Quotas"]
    names = {one["QuotaName"]: one for one in found}
    assert len(names) == len(found) == len({one["QuotaCode"] for one in found}) >= 60
    one = names["ml.m5.xlarge for endpoint usage"]
    assert one["QuotaCode"] == "L-2F737F8D" and one["Value"] > 0
    assert any(quota["Value"] == 0 for quota in found)
    assert "ml.m5.xlarge for training job usage" in names
    only = client.list_service_quotas(ServiceCode="sagemaker", QuotaCode="L-2F737F8D")["Quotas"]
    assert only == [one]
    fails("NoSuchResourceException", client.list_service_quotas, ServiceCode="coffee")


run()
