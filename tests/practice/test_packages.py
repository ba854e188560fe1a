#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Model packages and algorithms that an account makes itself: made, validated, scanned, used."""

import datetime
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
    assert [row["species"] for row in answer["predictions"]] == [
        "setosa", "versicolor", "virginica", "versicolor"], answer
    said = lines("/aws/sagemaker/TransformJobs", "Good-1-")
    assert any("GET /ping" in line for line in said), said
    assert any("POST /invocations" in line for line in said), said
    assert any("MaxPayloadInMB=6" in line for line in said), said


@case
def splits():
    """input is split, unpacked and named by manifests; answers are put together by lines"""
    rows = (SAMPLES / "iris-4.csv").read_bytes()
    put("in/split/a.csv", rows)
    put("in/split/", b"")
    put("in/zip/a.csv.gz", gzip.compress(rows))
    assert outcome("split-single", ValidationSpecification=validation(
        source=f"s3://{BUCKET}/in/split/", out=f"s3://{BUCKET}/out/single/", split="Line",
        strategy="SingleRecord", assemble="Line"))[0] == "Completed"
    answers = read("out/single/a.csv.out").decode().splitlines()
    assert [json.loads(one)["predictions"][0]["species"] for one in answers] == [
        "setosa", "versicolor", "virginica", "versicolor"], answers
    assert outcome("split-multi", ValidationSpecification=validation(
        source=f"s3://{BUCKET}/in/split", out=f"s3://{BUCKET}", split="Line"))[0] == "Completed"
    assert len(json.loads(read("split/a.csv.out"))["predictions"]) == 4
    assert outcome("unzipped", ValidationSpecification=validation(
        source=f"s3://{BUCKET}/in/zip/", out=f"s3://{BUCKET}/out/zip",
        compression="Gzip"))[0] == "Completed"
    assert len(json.loads(read("out/zip/a.csv.gz.out"))["predictions"]) == 4
    manifest = put("in/list.json", json.dumps([{"prefix": f"s3://{BUCKET}/in/"}, "split/a.csv"]))
    assert outcome("listed", ValidationSpecification=validation(
        source=manifest, out=f"s3://{BUCKET}/out/listed", data_type="ManifestFile"))[0] == "Completed"
    assert len(json.loads(read("out/listed/split/a.csv.out"))["predictions"]) == 4


@case
def failures():
    """what goes wrong in a validation is its FailureReason"""
    broken = put("bad/model.tar.gz", b"no archive at all")
    cut = put("bad/cut.tar.gz", read("models/iris/model.tar.gz")[:40])
    sly = io.BytesIO()
    with tarfile.open(fileobj=sly, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../escape"), io.BytesIO(b""))
    sly = put("bad/sly.tar.gz", sly.getvalue())
    words = put("bad/in/words.csv", b"what,is,all,this\n")
    lost = put("bad/lost.json", json.dumps([{"prefix": f"s3://{BUCKET}/in/"}, "nowhere.csv"]))
    odd = put("bad/odd.json", b'["a"]')
    long = put("bad/long/a.csv", b"5.1,3.5,1.4,0.2," + b"1" * (1024 * 1024 + 1))
    unzippable = put("bad/unzip/a.csv", b"5.1,3.5,1.4,0.2")
    theirs = f"s3://sagemaker-us-east-1-{BUYER}/x/"
    cases = {
        "no-input": ({"source": f"s3://{BUCKET}/nowhere/"}, "No S3 objects found under S3 URL"),
        "no-bucket": ({"source": "s3://no-such-bucket-at-all/x/"}, "No S3 objects found"),
        "their-bucket": ({"source": theirs}, "No S3 objects found under S3 URL"),
        "no-output": ({"out": "s3://no-such-bucket-at-all/x/"}, "Unable to write to the S3 output"),
        "wrong-role": ({"role": ROLES + "build-runner"}, "allows principal 'sagemaker.amazonaws"),
        "access-role": ({"role": ROLES + "MarketplaceAccess"}, "Could not assume role"),
        "no-role": ({"role": ROLES + "nobody"}, "Please ensure that the role exists"),
        "weak-role": ({"role": ROLES + "inference-minimal"}, "s3:GetObject"),
        "wrong-type": ({"kind": "image/gif"}, "Bad HTTP status received from algorithm: 415"),
        "bad-rows": ({"source": words}, "Bad HTTP status received from algorithm: 4"),
        "recordio": ({"split": "RecordIO"}, "not as RecordIO"),
        "long-record": ({"source": long, "megabytes": 1}, "more than MaxPayloadInMB allows"),
        "not-gzip": ({"source": unzippable, "compression": "Gzip"}, "could not be decompressed"),
        "lost-key": ({"source": lost, "data_type": "ManifestFile"}, "nowhere.csv, which does not"),
        "odd-list": ({"source": odd, "data_type": "ManifestFile"}, "is not a JSON list"),
        "no-list": ({"source": f"s3://{BUCKET}/none.json", "data_type": "ManifestFile"},
                    "No S3 objects found"),
        "no-data": ({}, "Could not find model data at s3://", inference(
            data=f"s3://{BUCKET}/models/none.tar.gz")),
        "their-data": ({}, "Could not access model data", inference(data=theirs + "m.tar.gz")),
        "https-data": ({}, "is not an S3 URL", inference(data="https://example.com/m.tar.gz")),
        "bad-data": ({}, "Failed to extract model data archive", inference(data=broken)),
        "cut-data": ({}, "Failed to extract model data archive", inference(data=cut)),
        "sly-data": ({}, "outside of /opt/ml/model", inference(data=sly)),
        "foreign-image": ({}, f"Access denied for registry: {BUYER}", inference(
            image("iris:1", BUYER))),
        "dead-container": ({}, "did not pass the ping health check", inference("broken:1")),
        "slow-container": ({"source": f"s3://{BUCKET}/validation/slow/",
                            "kind": "application/json"}, "within 3600 seconds",
                           inference("slow:1")),
    }
    for name, (options, _, *spec) in cases.items():
        create(name, InferenceSpecification=spec[0] if spec else inference(),
               ValidationSpecification=validation(**options))
        # The account may run four instances at a time.
        wanted = cases[name][1]
        one = ended(name)
        check, = one["ModelPackageStatusDetails"]["ValidationStatuses"]
        assert one["ModelPackageStatus"] == check["Status"] == "Failed", (name, one)
        assert wanted in check["FailureReason"], (name, check)
        assert check["FailureReason"].split(":")[0] in ("ClientError", "AlgorithmError"), check
        scan, = one["ModelPackageStatusDetails"]["ImageScanStatuses"]
        assert (scan["Status"] == "Failed") == (name == "foreign-image"), (name, scan)
    assert "503" in " ".join(lines("/aws/sagemaker/TransformJobs", "dead-container-"))
    assert "algorithm: 415" in " ".join(lines("/aws/sagemaker/TransformJobs", "wrong-type-"))
    groups = logs.describe_log_streams(logGroupName="/aws/sagemaker/TransformJobs")["logStreams"]
    assert not [one for one in groups if one["logStreamName"].startswith(("wrong-role-", "no-data-"))]


@case
def scanned():
    """vulnerabilities fail the scan and so the package, with or without a validation"""
    status, check, scan = outcome("holes", InferenceSpecification=inference("vulnerable:1", None),
                                  ValidationSpecification=validation(
                                      source=f"s3://{BUCKET}/validation/blobs/", kind="image/png"))
    assert (status, check["Status"], scan["Status"]) == ("Failed", "Completed", "Failed")
    assert "2 vulnerabilities of severity CRITICAL" in scan["FailureReason"]
    status, check, scan = outcome("holes-2", InferenceSpecification=inference("vulnerable:1"),
                                  ValidationSpecification=None)
    assert (status, check, scan["Status"]) == ("Failed", None, "Failed")
    status, check, scan = outcome("unchecked", ValidationSpecification=None,
                                  CertifyForMarketplace=None)
    assert (status, check, scan["Status"]) == ("Completed", None, "Completed")
    assert not sagemaker.describe_model_package(ModelPackageName="unchecked")[
        "CertifyForMarketplace"]


@case
def faults():
    """faults: no capacity, a container that does not answer, a package that stays Pending"""
    for kind, text in (("capacity", "CapacityError: Unable to provision"), ("ping", "/ping")):
        server.faults({"service": "sagemaker", "operation": "CreateModelPackage", "kind": kind,
                       "count": 1})
        status, check, scan = outcome(f"fault-{kind}")
        assert status == "Failed" and text in check["FailureReason"], check
        assert scan["Status"] == "Completed"
    server.faults({"service": "sagemaker", "operation": "CreateModelPackage", "kind": "stuck",
                   "count": 1})
    create("stuck")
    create("after-stuck")
    ended("after-stuck")
    one = sagemaker.describe_model_package(ModelPackageName="stuck")
    details = one["ModelPackageStatusDetails"]
    assert one["ModelPackageStatus"] == "Pending"
    assert details["ValidationStatuses"][0]["Status"] == "NotStarted"
    assert details["ImageScanStatuses"][0]["Status"] == "NotStarted"
    fails("ConflictException", sagemaker.delete_model_package, ModelPackageName="stuck",
          text="while its status is Pending")
    fails("ValidationException", sagemaker.create_model, ModelName="m", ExecutionRoleArn=GOOD,
          PrimaryContainer={"ModelPackageName": PREFIX + "model-package/stuck"},
          text="is not in Completed status")
    # Three more instances of the four may run beside the stuck one.
    fails("ResourceLimitExceeded", create, "too-many", ValidationSpecification=validation(count=4),
          text="'ml.m5.large for transform job usage' is 4 Instances, with current utilization of 1")


@case
def refused():
    """what CreateModelPackage refuses at once"""
    def no(text, name="refused", code="ValidationException", **more):
        fails(code, create, name, text=text, **more)

    create("taken", ValidationSpecification=None)
    no("Cannot create already existing model package", "taken")
    no("Cannot create already existing model package", "TAKEN")
    no("ModelPackageName is required", None)
    no("unversioned model packages only", ModelPackageGroupName="group")
    no("Exactly one of", InferenceSpecification=None)
    no("Exactly one of", SourceAlgorithmSpecification={
        "SourceAlgorithms": [{"AlgorithmName": "x"}]})
    no("Using non-ECR image \"registry.example/library/python:3\"", InferenceSpecification=inference(
        "registry.example/library/python:3"))
    no("Using non-ECR image", InferenceSpecification=inference("public.ecr.aws/x/y:1"))
    no("in Region eu-west-1", InferenceSpecification=inference(image("iris:1", region="eu-west-1")))
    for member in ("SupportedTransformInstanceTypes", "SupportedContentTypes",
                   "SupportedRealtimeInferenceInstanceTypes", "SupportedResponseMIMETypes"):
        spec = inference()
        del spec[member]
        no(f"{member} is required", InferenceSpecification=spec, ValidationSpecification=None)
    no("Cross-account pass role is not allowed",
       ValidationSpecification=validation(role=ROLE))
    no("ml.c5.xlarge of the validation profile",
       ValidationSpecification=validation(instance="ml.c5.xlarge"))
    no("Image is required", InferenceSpecification=dict(inference(), Containers=[{}]))
    no("for transform job usage", code="ResourceLimitExceeded",
       ValidationSpecification=validation(count=5))
    fails("ValidationException", sagemaker.describe_model_package, ModelPackageName="refused",
          text="does not exist")


@case
def tokens():
    """a client token gives the first answer again, and a conflict for another question"""
    first = create("token", ClientToken="t-1", ValidationSpecification=None)
    assert create("token", ClientToken="t-1", ValidationSpecification=None)[
        "ModelPackageArn"] == first["ModelPackageArn"]
    fails("ConflictException", create, "token-2", ClientToken="t-1", text="t-1")
    fails("ValidationException", create, "token", ClientToken="t-2", text="already existing")


@case
def listed():
    """lists are filtered, sorted and paged"""
    ireland = server.client("sagemaker", "tester", "eu-west-1")
    for name in ("abc", "Bcd", "cde"):
        create(name, ireland, ValidationSpecification=None, InferenceSpecification=inference(
            image("other:7", "777788889999", "eu-west-1"), None))

    def names(**more):
        return [one["ModelPackageName"] for one in ireland.list_model_packages(**more)[
            "ModelPackageSummaryList"]]

    assert names(SortBy="Name", SortOrder="Ascending") == ["abc", "Bcd", "cde"]
    assert names(SortBy="Name", SortOrder="Descending") == ["cde", "Bcd", "abc"]
    assert names() == ["cde", "Bcd", "abc"]
    assert names(NameContains="BC", SortBy="Name", SortOrder="Ascending") == ["abc", "Bcd"]
    shade = sagemaker.describe_model_package(ModelPackageName="shade-card-v1")["CreationTime"]
    second = datetime.timedelta(seconds=1)
    before = sagemaker.list_model_packages(CreationTimeBefore=shade - second)
    assert [one["ModelPackageName"] for one in before["ModelPackageSummaryList"]] == [
        "petal-sorter-v1"]
    after = sagemaker.list_model_packages(CreationTimeAfter=shade + second, SortOrder="Ascending")
    assert after["ModelPackageSummaryList"][0]["ModelPackageName"] == "spot-count-v1"
    assert names(ModelPackageType="Versioned") == []
    assert len(names(ModelPackageType="Both")) == 3
    pages = list(ireland.get_paginator("list_model_packages").paginate(
        PaginationConfig={"PageSize": 2}))
    assert [len(page["ModelPackageSummaryList"]) for page in pages] == [2, 1]
    fails("ValidationException", ireland.list_model_packages, NextToken="AAAA")
    fails("ValidationException", ireland.list_model_packages, ModelPackageGroupName="g",
          text="does not exist")
    fails("ValidationException", sagemaker.describe_model_package,
          ModelPackageName="arn:aws:sagemaker:eu-west-1:777788889999:model-package/abc",
          text="does not exist")


@case
def deleted():
    """a package is tagged, deleted, forgotten with its tags, and may be made again"""
    arn = create("gone", Tags=[{"Key": "a", "Value": "1"}])["ModelPackageArn"]
    ended("gone")
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    assert len(sagemaker.list_tags(ResourceArn=arn)["Tags"]) == 2
    assert "Tags" not in sagemaker.describe_model_package(ModelPackageName="gone")
    sagemaker.delete_model_package(ModelPackageName="Gone")

    def is_gone():
        found = sagemaker.list_model_packages(NameContains="gone")["ModelPackageSummaryList"]
        assert not found or found[0]["ModelPackageStatus"] == "Deleting"
        return not found

    wait_for(is_gone, "the package to be gone")
    fails("ValidationException", sagemaker.delete_model_package, ModelPackageName=arn,
          text=f"ModelPackage {arn} does not exist.")
    fails("ValidationException", sagemaker.list_tags, ResourceArn=arn)
    create("gone")
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == []


def endpoint(name, package, wait="InService"):
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=GOOD,
                           PrimaryContainer={"ModelPackageName": package})
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[{
        "VariantName": "v", "ModelName": name, "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1}])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    return wait_for(lambda: (lambda one: one if one["EndpointStatus"] == wait else None)(
        sagemaker.describe_endpoint(EndpointName=name)), f"{name} to be {wait}")


@case
def served():
    """an endpoint of an own package answers by its image, also after the package is deleted"""
    runtime = server.client("sagemaker-runtime", "seller")
    rows = (SAMPLES / "iris-4.csv").read_bytes()

    def ask(name):
        return runtime.invoke_endpoint(EndpointName=name, ContentType="text/csv", Body=rows)

    create("served")
    ended("served")
    endpoint("own", PREFIX + "model-package/served")
    assert len(json.loads(ask("own")["Body"].read())["predictions"]) == 4
    assert any("POST /invocations" in line
               for line in lines("/aws/sagemaker/Endpoints/own", "v/"))
    assert not sagemaker.describe_model(ModelName="own")["EnableNetworkIsolation"]
    fails("ValidationException", sagemaker.create_endpoint_config, EndpointConfigName="c",
          ProductionVariants=[{"VariantName": "v", "ModelName": "own", "InitialInstanceCount": 1,
                               "InstanceType": "ml.m5.xlarge"}], text="not supported")
    sagemaker.delete_model_package(ModelPackageName="served")
    wait_for(lambda: not sagemaker.list_model_packages(NameContains="served")[
        "ModelPackageSummaryList"], "the package to be gone")
    assert len(json.loads(ask("own")["Body"].read())["predictions"]) == 4
    fails("ValidationException", sagemaker.create_endpoint, EndpointName="own-2",
          EndpointConfigName="own", text="does not exist")


@case
def unbound():
    """another image validates, but its endpoint says that nothing can run it; a dead one never serves"""
    status, check, scan = outcome("other", InferenceSpecification=inference(image("mine/own:3"), None))
    assert (status, check["Status"], scan["Status"]) == ("Completed", "Completed", "Completed")
    endpoint("other", PREFIX + "model-package/other")
    answer = fails("ModelError", server.client("sagemaker-runtime", "seller").invoke_endpoint,
                   EndpointName="other", Body=b"x", ContentType="text/csv", status=424,
                   text="no container for the image")
    assert answer["OriginalStatusCode"] == 501
    outcome("dead", InferenceSpecification=inference("broken:1"), ValidationSpecification=None)
    one = endpoint("dead", PREFIX + "model-package/dead", "Failed")
    assert "did not pass the ping health check" in one["FailureReason"]


def training(**more):
    spec = {"TrainingImage": image("iris:1"), "SupportedTrainingInstanceTypes": ["ml.m5.large"],
            "SupportsDistributedTraining": False,
            "SupportedHyperParameters": [
                {"Name": "depth", "Type": "Integer", "IsRequired": True, "Range": {
                    "IntegerParameterRangeSpecification": {"MinValue": "1", "MaxValue": "9"}}},
                {"Name": "rate", "Type": "Continuous", "DefaultValue": "0.1", "Range": {
                    "ContinuousParameterRangeSpecification": {"MinValue": "0", "MaxValue": "1"}}},
                {"Name": "kind", "Type": "Categorical", "Range": {
                    "CategoricalParameterRangeSpecification": {"Values": ["a", "b"]}}}],
            "MetricDefinitions": [{"Name": "train:rows", "Regex": "train:rows=([0-9]+)"}],
            "TrainingChannels": [{"Name": "train", "IsRequired": True, "SupportedInputModes": ["File"],
                                  "SupportedContentTypes": ["text/csv"]}]}
    spec.update(more)
    return spec


def setting(**more):
    return training(SupportedHyperParameters=[{"Name": "depth", "Type": "Integer", **more}])


def algorithm(name, source=f"s3://{BUCKET}/training/iris/", hyper=None, channel="train",
              client=sagemaker, batch=True, job=None, kind=None, **more):
    profile = {"ProfileName": "check", "TrainingJobDefinition": {
        "TrainingInputMode": "File", "HyperParameters": hyper or {"depth": "3"},
        "InputDataConfig": [{"ChannelName": channel, "DataSource": {"S3DataSource": {
            "S3DataType": "S3Prefix", "S3Uri": source}}}],
        "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/trained"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1,
                           "VolumeSizeInGB": 10},
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600}}}
    profile["TrainingJobDefinition"].update(job or {})
    if kind:
        profile["TrainingJobDefinition"]["InputDataConfig"][0]["ContentType"] = kind
    if batch:
        profile["TransformJobDefinition"] = transform(out=f"s3://{BUCKET}/trained-out")
    arguments = {"AlgorithmName": name, "AlgorithmDescription": f"About {name}",
                 "TrainingSpecification": training(),
                 "InferenceSpecification": inference(data=None),
                 "ValidationSpecification": {"ValidationRole": GOOD,
                                             "ValidationProfiles": [profile]},
                 "CertifyForMarketplace": True}
    arguments.update(more)
    return client.create_algorithm(
        **{member: value for member, value in arguments.items() if value is not None})


@case
def trained():
    """an algorithm is validated by a training job, then a batch job; both write logs and output"""
    arn = algorithm("Learner")["AlgorithmArn"]
    assert arn == PREFIX + "algorithm/learner"
    one = ended("Learner", words="algorithm", member="Algorithm")
    assert one["AlgorithmStatus"] == "Completed", one
    assert one["AlgorithmStatusDetails"]["ValidationStatuses"] == [
        {"Name": "check", "Status": "Completed"}]
    assert one["TrainingSpecification"]["TrainingImageDigest"].startswith("sha256:")
    assert "ProductId" not in one
    said = lines("/aws/sagemaker/TrainingJobs", "Learner-")
    assert any("train:rows=4; train:columns=4;" in line for line in said), said
    assert lines("/aws/sagemaker/TransformJobs", "Learner-")
    keys = [found["Key"] for found in s3.list_objects_v2(Bucket=BUCKET, Prefix="trained/Learner-")[
        "Contents"]]
    assert len(keys) == 1 and keys[0].endswith("/output/model.tar.gz"), keys
    model = json.load(tarfile.open(fileobj=io.BytesIO(read(keys[0]))).extractfile("model.json"))
    assert model["rows"] == 4 and model["hyperparameters"] == {"depth": "3"}
    assert abs(model["columns"][0]["mean"] - 6.075) < 1e-9, model
    assert len(json.loads(read("trained-out/iris-4.csv.out"))["predictions"]) == 4
    assert [found["AlgorithmName"] for found in sagemaker.list_algorithms(NameContains="learn")[
        "AlgorithmSummaryList"]] == ["Learner"]
    create("of-learner", InferenceSpecification=None, SourceAlgorithmSpecification={
        "SourceAlgorithms": [{"AlgorithmName": arn, "ModelDataUrl": f"s3://{BUCKET}/{keys[0]}"}]})
    made = ended("of-learner")
    assert made["ModelPackageStatus"] == "Completed", made
    assert made["InferenceSpecification"]["Containers"][0]["ModelDataUrl"].endswith(keys[0])
    fails("ValidationException", create, "of-nothing", InferenceSpecification=None,
          SourceAlgorithmSpecification={"SourceAlgorithms": [{"AlgorithmName": "nothing"}]},
          text="Algorithm arn:aws:sagemaker:us-east-1:444455556666:algorithm/nothing does not exist")
    sagemaker.delete_algorithm(AlgorithmName="learner")
    wait_for(lambda: not sagemaker.list_algorithms()["AlgorithmSummaryList"], "it to be gone")
    fails("ValidationException", sagemaker.describe_algorithm, AlgorithmName="learner",
          text="does not exist")
    fails("ValidationException", sagemaker.delete_algorithm, AlgorithmName="learner")


@case
def untrained():
    """what fails in training, and what CreateAlgorithm refuses at once"""
    put("empty/rows.csv", b"\n")
    for name, options, text in (
            ("no-rows", {"source": f"s3://{BUCKET}/empty/"}, "AlgorithmError: "),
            ("no-channel", {"source": f"s3://{BUCKET}/nowhere/"}, "No S3 objects found")):
        algorithm(name, **options)
        one = ended(name, words="algorithm", member="Algorithm")
        check, = one["AlgorithmStatusDetails"]["ValidationStatuses"]
        assert one["AlgorithmStatus"] == "Failed" and text in check["FailureReason"], one
    assert any("no rows" in line for line in lines("/aws/sagemaker/TrainingJobs", "no-rows-"))
    for text, options in (
            ("already existing algorithm", {"name": "no-rows"}),
            ("no channel of the name extra", {"channel": "extra"}),
            ("no hyperparameter of the name width", {"hyper": {"depth": "3", "width": "1"}}),
            ("required hyperparameter depth is missing", {"hyper": {"rate": "0.5"}}),
            ("value 12 of hyperparameter depth", {"hyper": {"depth": "12"}}),
            ("value 2.5 of hyperparameter depth", {"hyper": {"depth": "2.5"}}),
            ("value lots of hyperparameter rate", {"hyper": {"depth": "2", "rate": "lots"}}),
            ("value c of hyperparameter kind", {"hyper": {"depth": "2", "kind": "c"}}),
            ("Using non-ECR image", {"TrainingSpecification": training(TrainingImage="x/y:1")}),
            ("ml.m5.large of the validation profile", {"TrainingSpecification": training(
                SupportedTrainingInstanceTypes=["ml.m5.xlarge"])}),
            ("needs an InferenceSpecification", {"InferenceSpecification": None}),
            ("train is there twice", {"TrainingSpecification": training(
                TrainingChannels=training()["TrainingChannels"] * 2)}),
            ("does not match its type Integer", {"TrainingSpecification": setting(
                Range={"CategoricalParameterRangeSpecification": {"Values": ["1"]}})}),
            ("tunable hyperparameter depth needs a range", {"TrainingSpecification": setting(
                IsTunable=True)}),
            ("default value lots of hyperparameter depth", {"TrainingSpecification": setting(
                DefaultValue="lots")}),
            ("metric loss is not among", {"TrainingSpecification": training(
                SupportedTuningJobObjectiveMetrics=[{"Type": "Minimize", "MetricName": "loss"}])}),
            ("does not support the input mode Pipe", {"job": {"TrainingInputMode": "Pipe"}}),
            ("does not support the content type image/png", {"kind": "image/png"}),
            ("does not support distributed training", {"job": {"ResourceConfig": {
                "InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeSizeInGB": 10}}})):
        fails("ValidationException", algorithm, options.pop("name", "refused"), text=text, **options)
    algorithm("train-only", batch=False, InferenceSpecification=None)
    one = ended("train-only", words="algorithm", member="Algorithm")
    assert one["AlgorithmStatus"] == "Completed", one
    fails("ValidationException", create, "of-train-only", InferenceSpecification=None,
          SourceAlgorithmSpecification={"SourceAlgorithms": [{"AlgorithmName": "train-only"}]},
          text="has no InferenceSpecification")


@case
def killed():
    """a validation goes on after kill -9: while its container takes 20 s, and before it began"""
    world = Server(speed="90")
    client = world.client("sagemaker", "seller")
    create("late", client, InferenceSpecification=inference("slow:1"),
           ValidationSpecification=validation(source=f"s3://{BUCKET}/validation/slow/",
                                              kind="application/json", out=f"s3://{BUCKET}/late"))
    wait_for(lambda: world.client("logs", "seller").describe_log_groups()["logGroups"],
             "the container to start")
    create("early", client)
    statuses = [client.describe_model_package(ModelPackageName=name)["ModelPackageStatus"]
                for name in ("late", "early")]
    assert statuses[0] == "InProgress" and statuses[1] in ("Pending", "InProgress"), statuses
    world.kill()
    world.start()
    client = world.client("sagemaker", "seller")
    assert client.describe_model_package(ModelPackageName="late")[
        "ModelPackageStatus"] == "InProgress"
    assert ended("early", client)["ModelPackageStatus"] == "Completed"
    assert ended("late", client)["ModelPackageStatus"] == "Completed"
    store = world.client("s3", "seller")
    body = store.get_object(Bucket=BUCKET, Key="late/slow-note.json.out")["Body"].read()
    assert json.loads(body)["waited_s"] == 20
    said = lines("/aws/sagemaker/TransformJobs", "late-", world.client("logs", "seller"))
    assert len([line for line in said if "Starting slow" in line]) == 1, said
    assert len([line for line in said if "POST /invocations" in line]) == 1, said


# What the first schema had
FIRST_TABLES = {"meta", "keys", "quotes", "agreements", "trials", "models", "configs", "endpoints",
                "variants", "tags", "streams", "events", "buckets", "objects"}


@case
def upgraded():
    """a state of an older Trestle gets the seller's packages and products, and its endpoints go on"""
    import sqlite3

    world = Server()
    _, product = subscribe(world, "iris-classifier")
    client = world.client("sagemaker")
    client.create_model(ModelName="old", ExecutionRoleArn=ROLE, EnableNetworkIsolation=True,
                        PrimaryContainer={"ModelPackageName": package_arn(world, product)})
    client.create_endpoint_config(EndpointConfigName="old", ProductionVariants=[{
        "VariantName": "v", "ModelName": "old", "InstanceType": "ml.t2.medium",
        "InitialInstanceCount": 1}])
    client.create_endpoint(EndpointName="old", EndpointConfigName="old")
    wait_for(lambda: client.describe_endpoint(EndpointName="old")["EndpointStatus"] == "InService",
             "the endpoint")
    assert world.stop() == 0
    database = sqlite3.connect(world.state + "/practice.sqlite", isolation_level=None)
    for kind, name in database.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table')"
            " AND name NOT LIKE 'sqlite_%' ORDER BY type DESC").fetchall():
        if name not in FIRST_TABLES:
            database.execute(f"DROP {kind} {name}")
    for table, column in (("variants", "engine"), ("variants", "metered"), ("agreements", "told"),
                          ("agreements", "told_end")):
        database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    database.execute("DELETE FROM meta WHERE key IN ('packages', 'seller')")
    database.execute("DELETE FROM objects")
    database.execute("PRAGMA user_version = 1")
    database.close()
    world.start()
    answer = world.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="old", ContentType="text/csv", Body=b"5.1,3.5,1.4,0.2")
    assert json.loads(answer["Body"].read())["predictions"][0]["species"] == "setosa"
    seller = world.client("sagemaker", "seller")
    assert len(seller.list_model_packages()["ModelPackageSummaryList"]) == 8
    found = world.client("marketplace-catalog", "seller").list_entities(
        Catalog="AWSMarketplace", EntityType="MachineLearningProduct")["EntitySummaryList"]
    assert len(found) == 5, found
    seller.delete_model_package(ModelPackageName="meadow-sorter-v1")
    wait_for(lambda: len(seller.list_model_packages()["ModelPackageSummaryList"]) == 7, "one less")
    assert world.stop() == 0
    world.start()
    seller = world.client("sagemaker", "seller")
    assert len(seller.list_model_packages()["ModelPackageSummaryList"]) == 7


run()
