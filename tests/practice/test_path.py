#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The buyer's whole path, by boto3, by the AWS CLI, and through a crash."""

import json
import os
import shutil
import subprocess
import tempfile

from harness import (BUYER, ROLE, SAMPLES, Server, case, deploy, fails, need_models, package_arn,
                     run, scratch, subscribe, wait_for)

MODELS = need_models()


def use(server, name):
    answer = server.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=name, ContentType="text/csv", Body=(SAMPLES / "iris-4.csv").read_bytes())
    return json.loads(answer["Body"].read())["predictions"]


def wait_status(server, name, status):
    client = server.client("sagemaker")
    wait_for(lambda: client.describe_endpoint(EndpointName=name)["EndpointStatus"] == status,
             f"{name} to be {status}")


def take_down(server, name):
    client = server.client("sagemaker")
    client.delete_endpoint(EndpointName=name)
    client.get_waiter("endpoint_deleted").wait(EndpointName=name,
                                               WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    client.delete_endpoint_config(EndpointConfigName=name)
    client.delete_model(ModelName=name)


@case
def whole_path():
    """search, subscribe, ARN, deploy, invoke, logs, delete at the default speed"""
    server = Server(speed="90")
    _, product = subscribe(server, "iris-classifier")
    arn = package_arn(server, product)
    deploy(server, "iris", arn)
    assert [one["species"] for one in use(server, "iris")]
    events = server.client("logs").filter_log_events(
        logGroupName="/aws/sagemaker/Endpoints/iris")["events"]
    assert len(events) > 8
    take_down(server, "iris")
    for call, arguments in (("describe_endpoint", {"EndpointName": "iris"}),
                            ("describe_endpoint_config", {"EndpointConfigName": "iris"}),
                            ("describe_model", {"ModelName": "iris"})):
        fails("ValidationException", getattr(server.client("sagemaker"), call), **arguments)
    server.stop()


@case
def killed():
    """kill -9 in mid-deploy: the next start goes on where it was"""
    server = Server(speed="90")
    agreement_id, product = subscribe(server, "iris-classifier")
    deploy(server, "iris", package_arn(server, product), wait=False)
    before = server.client("sagemaker").describe_endpoint(EndpointName="iris")
    server.kill()
    server.start()
    after = server.client("sagemaker").describe_endpoint(EndpointName="iris")
    assert after["CreationTime"] == before["CreationTime"]
    assert server.client("marketplace-agreement").describe_agreement(
        agreementId=agreement_id)["status"] == "ACTIVE"
    wait_status(server, "iris", "InService")
    assert len(use(server, "iris")) == 4
    server.client("sagemaker").delete_endpoint(EndpointName="iris")
    server.kill()
    server.start()
    server.client("sagemaker").get_waiter("endpoint_deleted").wait(
        EndpointName="iris", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    server.stop()


@case
def killed_again_and_again():
    """killed after every call, nothing that was answered is lost"""
    server = Server()
    _, product = subscribe(server, "iris-classifier")
    arn = package_arn(server, product)
    for number in range(6):
        server.client("sagemaker").create_model(
            ModelName=f"m{number}", ExecutionRoleArn=ROLE, EnableNetworkIsolation=True,
            PrimaryContainer={"ModelPackageName": arn})
        server.kill()
        server.start()
    names = [one["ModelName"] for one in server.client("sagemaker").list_models()["Models"]]
    assert sorted(names) == [f"m{number}" for number in range(6)], names
    server.stop()


class Cli:
    """The AWS CLI, pointed at the practice account only."""

    def __init__(self, server):
        self.server = server
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": tempfile.mkdtemp(dir=scratch),
            "LANG": "C.UTF-8", "AWS_PAGER": "", "AWS_DATA_PATH": str(MODELS),
            "AWS_ACCESS_KEY_ID": server.line["access_key_id"],
            "AWS_SECRET_ACCESS_KEY": server.line["secret_access_key"],
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}

    def __call__(self, *words):
        done = subprocess.run(["aws", "--endpoint-url", self.server.endpoint, "--output", "json",
                               *words], env=self.environment, capture_output=True, text=True,
                              timeout=180, check=False)
        return done.returncode, done.stdout, done.stderr


@case
def aws_cli():
    """the AWS CLI works against it"""
    assert shutil.which("aws"), "the AWS CLI is not there"
    server = Server()
    aws = Cli(server)
    code, out, err = aws("sts", "get-caller-identity")
    assert code == 0 and json.loads(out)["Account"] == BUYER, err
    _, product = subscribe(server, "iris-classifier")
    arn = package_arn(server, product)
    code, out, err = aws("sagemaker", "describe-model-package", "--model-package-name", arn)
    assert code == 0 and json.loads(out)["ModelPackageArn"] == arn, err
    deploy(server, "iris", arn)
    answer = os.path.join(scratch, "answer.json")
    code, out, err = aws("sagemaker-runtime", "invoke-endpoint", "--endpoint-name", "iris",
                         "--content-type", "text/csv", "--body",
                         f"fileb://{SAMPLES / 'iris-4.csv'}", answer)
    assert code == 0, err
    with open(answer, encoding="utf-8") as file:
        assert len(json.load(file)["predictions"]) == 4
    code, out, err = aws("logs", "filter-log-events", "--log-group-name",
                         "/aws/sagemaker/Endpoints/iris")
    assert code == 0 and json.loads(out)["events"], err
    code, out, err = aws("s3", "cp", str(SAMPLES / "iris-4.csv"),
                         f"s3://sagemaker-us-east-1-{BUYER}/in/iris.csv")
    assert code == 0, err
    code, out, err = aws("s3", "ls", f"s3://sagemaker-us-east-1-{BUYER}/in/")
    assert code == 0 and "iris.csv" in out, err
    code, out, err = aws("sagemaker", "describe-endpoint", "--endpoint-name", "none")
    assert code != 0 and "Could not find endpoint" in err, err
    server.stop()


run()
