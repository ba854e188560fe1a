#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Model packages and algorithms that an account makes itself: made, validated, scanned, used."""

import gzip
import io
import json
import tarfile

from harness import (BUYER, ROLE, SAMPLES, SELLER, Server, case, fails, need_models, package_arn,
                     run, subscribe, wait_for)

need_models()
server = Server()
sagemaker = server.client("sagemaker", "seller")
s3 = server.client("s3", "seller")
logs = server.client("logs", "seller")
BUCKET = f"practice-seller-{SELLER}"
PREFIX = f"arn:aws:sagemaker:us-east-1:{SELLER}:"
ROLES = f"arn:aws:iam::{SELLER}:role/"
GOOD = ROLES + "trestle-practice-execution"
DONE = ("Completed", "Failed")


def image(name, account=SELLER, region="us-east-1"):
    return f"{account}.dkr.ecr.{region}.amazonaws.com/{name}"


def inference(picture="iris:1", data=f"s3://{BUCKET}/models/iris/model.tar.gz", **more):
    container = {"Image": image(picture) if "/" not in picture else picture}
    if data:
        container["ModelDataUrl"] = data
    spec = {"Containers": [container],
            "SupportedTransformInstanceTypes": ["ml.m5.large", "ml.m5.xlarge"],
            "SupportedRealtimeInferenceInstanceTypes": ["ml.m5.large"],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["application/json"]}
    spec.update(more)
    return spec


def transform(source=f"s3://{BUCKET}/validation/iris/", out=f"s3://{BUCKET}/out", kind="text/csv",
              instance="ml.m5.large", data_type="S3Prefix", split="None", strategy="MultiRecord",
              assemble="None", compression="None", megabytes=6, count=1):
    return {"MaxConcurrentTransforms": 1, "MaxPayloadInMB": megabytes, "BatchStrategy": strategy,
            "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": data_type,
                                                               "S3Uri": source}},
                               "ContentType": kind, "CompressionType": compression,
                               "SplitType": split},
            "TransformOutput": {"S3OutputPath": out, "Accept": "application/json",
                                "AssembleWith": assemble},
            "TransformResources": {"InstanceType": instance, "InstanceCount": count}}


def validation(role=GOOD, **more):
    return {"ValidationRole": role,
            "ValidationProfiles": [{"ProfileName": "check",
                                    "TransformJobDefinition": transform(**more)}]}


def create(name, client=sagemaker, **more):
    arguments = {"ModelPackageName": name, "ModelPackageDescription": f"About {name}",
                 "InferenceSpecification": inference(), "ValidationSpecification": validation(),
                 "CertifyForMarketplace": True}
    arguments.update(more)
    return client.create_model_package(
        **{member: value for member, value in arguments.items() if value is not None})


def ended(name, client=sagemaker, words="model_package", member="ModelPackage"):
    def look():
        one = getattr(client, f"describe_{words}")(**{f"{member}Name": name})
        return one if one[f"{member}Status"] in DONE else None

    return wait_for(look, f"{name} to end")


def outcome(name, **more):
    """Makes a package, waits for its end; gives status, validation and scan."""
    create(name, **more)
    one = ended(name)
    details = one["ModelPackageStatusDetails"]
    checks, scans = details["ValidationStatuses"], details["ImageScanStatuses"]
    return one["ModelPackageStatus"], checks[0] if checks else None, scans[0]


def put(key, body):
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    return f"s3://{BUCKET}/{key}"


def read(key):
    return s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def lines(group, start, client=logs):
    found = client.describe_log_streams(logGroupName=group)["logStreams"]
    name, = [one["logStreamName"] for one in found if one["logStreamName"].startswith(start)]
    return [one["message"] for one in client.get_log_events(
        logGroupName=group, logStreamName=name, startFromHead=True)["events"]]


@case
def seeds():
    """the seller has packages from the start, one with a failed scan and one not certified"""
    names = {}
    for page in sagemaker.get_paginator("list_model_packages").paginate():
        for one in page["ModelPackageSummaryList"]:
            names[one["ModelPackageName"]] = one["ModelPackageStatus"]
    assert names == {name: "Failed" if "beta" in name else "Completed" for name in (
        "petal-sorter-v1", "petal-sorter-v2", "petal-sorter-v3-raw", "shade-card-v1",
        "tuning-fork-v1", "spot-count-v1", "spot-count-v2-beta", "meadow-sorter-v1")}, names
    beta = sagemaker.describe_model_package(ModelPackageName="spot-count-v2-beta")
    scan, = beta["ModelPackageStatusDetails"]["ImageScanStatuses"]
    assert scan["Status"] == "Failed" and "CRITICAL" in scan["FailureReason"]
    raw = sagemaker.describe_model_package(ModelPackageName="petal-sorter-v3-raw")
    assert not raw["CertifyForMarketplace"]
    meadow = sagemaker.describe_model_package(ModelPackageName=PREFIX
                                              + "model-package/meadow-sorter-v1")
    spec = meadow["InferenceSpecification"]
    assert spec["SupportedTransformInstanceTypes"] == ["ml.m5.large", "ml.m5.xlarge",
                                                       "ml.c5.xlarge"]
    assert meadow["CertifyForMarketplace"]
    assert meadow["ModelPackageStatusDetails"]["ValidationStatuses"][0]["Status"] == "Completed"
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET)["Contents"]]
    for name in ("iris", "palette", "pitch", "blobs", "slow"):
        assert any(key.startswith(f"validation/{name}/") for key in keys), keys
        assert f"models/{name}/model.tar.gz" in keys, keys
    data = tarfile.open(fileobj=io.BytesIO(read("models/iris/model.tar.gz")), mode="r:gz")
    assert data.getnames() == ["weights.bin"]
    assert server.client("sagemaker").list_model_packages()["ModelPackageSummaryList"] == []


@case
def validated():
    """a package is validated by a real batch job: input from S3, output to S3, lines in the log"""
    arn = create("Good-1")["ModelPackageArn"]
    assert arn == PREFIX + "model-package/good-1"
    one = ended("Good-1")
    assert one["ModelPackageStatus"] == "Completed", one
    assert one["ModelPackageName"] == "Good-1" and one["ModelPackageArn"] == arn
    assert one["ModelPackageDescription"] == "About Good-1"
    assert one["InferenceSpecification"]["Containers"][0]["ImageDigest"] == server.client(
        "ecr", "seller").describe_images(repositoryName="iris")["imageDetails"][0]["imageDigest"]
    assert one["ValidationSpecification"] == validation()
    details = one["ModelPackageStatusDetails"]
    assert details["ValidationStatuses"] == [{"Name": "check", "Status": "Completed"}]
    assert [scan["Status"] for scan in details["ImageScanStatuses"]] == ["Completed"]
    answer = json.loads(read("out/iris-4.csv.out"))
    assert [row["predicted_label"] for row in answer["predictions"]][0] == "setosa", answer
    said = lines("/aws/sagemaker/TransformJobs", "Good-1-")
    assert any("GET /ping" in line for line in said), said
    assert any("POST /invocations" in line for line in said), said
    assert any("MaxPayloadInMB=6" in line for line in said), said


run()
