#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SageMaker: packages, models, configurations, endpoints, tags; wrong states and quotas."""

import datetime

from harness import (BUYER, ROLE, Server, case, deploy, fails, find, need_models, package_arn, run,
                     subscribe, wait_for)

need_models()
server = Server()
sagemaker = server.client("sagemaker")
_, PRODUCT = subscribe(server, "iris-classifier")
ARN = package_arn(server, PRODUCT)
PREFIX = f"arn:aws:sagemaker:us-east-1:{BUYER}:"


def status(name):
    return sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"]


def create_model(name, **more):
    arguments = {"ModelName": name, "ExecutionRoleArn": ROLE, "EnableNetworkIsolation": True,
                 "PrimaryContainer": {"ModelPackageName": ARN}}
    arguments.update(more)
    return sagemaker.create_model(
        **{member: value for member, value in arguments.items() if value is not None})


def create_config(name, model, instance="ml.t2.medium", count=1, **more):
    variant = {"VariantName": "AllTraffic", "ModelName": model, "InstanceType": instance,
               "InitialInstanceCount": count}
    return sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant],
                                            **more)


@case
def package():
    """DescribeModelPackage tells what a deploy form needs"""
    one = sagemaker.describe_model_package(ModelPackageName=ARN)
    assert one["ModelPackageArn"] == ARN and one["ModelPackageStatus"] == "Completed"
    spec = one["InferenceSpecification"]
    assert "ml.t2.medium" in spec["SupportedRealtimeInferenceInstanceTypes"]
    assert spec["SupportedContentTypes"][0] == "text/csv"
    assert spec["Containers"][0]["ProductId"] == PRODUCT
    fails("ValidationException", sagemaker.describe_model_package, ModelPackageName=ARN[:-1] + "x")
    west = server.client("sagemaker", region="us-west-2")
    fails("ValidationException", west.describe_model_package, ModelPackageName=ARN)
    other = package_arn(server, PRODUCT, region="us-west-2")
    assert other.split(":")[4] == "594846645681" and other.split("/")[1] == ARN.split("/")[1]
    assert west.describe_model_package(ModelPackageName=other)["ModelPackageArn"] == other


@case
def algorithm():
    """DescribeAlgorithm tells channels, hyperparameters and metrics"""
    discovery = server.client("marketplace-discovery")
    found = discovery.search_listings(filters=[{"filterType": "FULFILLMENT_OPTION_TYPE",
                                                "filterValues": ["SAGEMAKER_ALGORITHM"]}])
    for summary in found["listingSummaries"]:
        if summary["pricingModels"][0]["pricingModelType"] != "CONTRACT":
            break
    _, product = subscribe(server, summary["listingName"].lower().replace(" ", "-"))
    arn = package_arn(server, product)
    assert ":algorithm/" in arn
    one = sagemaker.describe_algorithm(AlgorithmName=arn)
    training = one["TrainingSpecification"]
    assert training["TrainingChannels"] and training["SupportedHyperParameters"]
    assert training["SupportedTrainingInstanceTypes"] and one["ProductId"] == product
    fails("ValidationException", sagemaker.describe_model_package, ModelPackageName=arn)
    fails("ValidationException", sagemaker.describe_algorithm, AlgorithmName=ARN)


@case
def not_subscribed():
    """without a subscription neither Describe nor CreateModel goes"""
    text = "Caller is not subscribed to the marketplace offering."
    tester = server.client("sagemaker", "tester")
    fails("ValidationException", tester.describe_model_package, ModelPackageName=ARN, text=text)
    fails("ValidationException", tester.create_model, ModelName="m", EnableNetworkIsolation=True,
          ExecutionRoleArn=server.client("iam", "tester").list_roles()["Roles"][0]["Arn"],
          PrimaryContainer={"ModelPackageName": ARN}, text=text)


@case
def models():
    """a model: made, described, listed, deleted, and what is refused"""
    arn = create_model("First-Model", Tags=[{"Key": "a", "Value": "b"}])["ModelArn"]
    assert arn == PREFIX + "model/first-model"
    one = sagemaker.describe_model(ModelName="First-Model")
    assert one["PrimaryContainer"]["ModelPackageName"] == ARN and one["EnableNetworkIsolation"]
    assert one["ExecutionRoleArn"] == ROLE
    fails("ValidationException", create_model, "First-Model",
          text=f'Cannot create already existing model "{arn}".')
    fails("ValidationException", create_model, "m2", EnableNetworkIsolation=False,
          text="Network isolation must be enabled")
    fails("ValidationException", create_model, "m2", text="Environment variable map cannot be",
          PrimaryContainer={"ModelPackageName": ARN, "Environment": {"A": "B"}})
    fails("ValidationException", create_model, "m2", text="not found",
          PrimaryContainer={"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/x:1"})
    for role in (ROLE + "x", ROLE.replace(BUYER, "444455556666")):
        fails("ValidationException", create_model, "m2", ExecutionRoleArn=role,
              text=f"Could not assume role {role}.")
    fails("ValidationException", create_model, "m2", ExecutionRoleArn=None)
    fails("ValidationException", sagemaker.describe_model, ModelName="none",
          text=f'Could not find model "{PREFIX}model/none".')
    fails("ValidationException", sagemaker.delete_model, ModelName="none",
          text="Could not find model")
    sagemaker.delete_model(ModelName="First-Model")
    fails("ValidationException", sagemaker.describe_model, ModelName="First-Model")


@case
def roles():
    """only roles that trust SageMaker can be used"""
    import json
    import urllib.parse

    seen = {True: 0, False: 0}
    for role in server.client("iam").list_roles()["Roles"]:
        policy = role["AssumeRolePolicyDocument"]
        if isinstance(policy, str):
            policy = json.loads(urllib.parse.unquote(policy))
        trusted = "sagemaker.amazonaws.com" in json.dumps(policy)
        seen[trusted] += 1
        if trusted:
            create_model("role-test", ExecutionRoleArn=role["Arn"])
            sagemaker.delete_model(ModelName="role-test")
        else:
            fails("ValidationException", create_model, "role-test", ExecutionRoleArn=role["Arn"],
                  text="allows principal 'sagemaker.amazonaws.com'")
    assert seen[True] and seen[False], seen


@case
def configs():
    """a configuration: made, described, listed, deleted, and what is refused"""
    create_model("cm")
    arn = create_config("Conf", "cm")["EndpointConfigArn"]
    assert arn == PREFIX + "endpoint-config/conf"
    one = sagemaker.describe_endpoint_config(EndpointConfigName="Conf")
    assert one["ProductionVariants"][0]["InstanceType"] == "ml.t2.medium"
    assert one["ProductionVariants"][0]["InitialVariantWeight"] == 1.0
    fails("ValidationException", create_config, "Conf", "cm",
          text="Cannot create already existing endpoint configuration")
    fails("ValidationException", create_config, "c2", "none", text="Could not find model")
    fails("ValidationException", create_config, "c2", "cm", "ml.g5.xlarge", text="not supported")
    fails("ValidationException", create_config, "c2", "cm", "ml.inf2.8xlarge",
          text="Instance type ml.inf2.8xlarge is not supported for the chosen region.")
    fails("ValidationException", sagemaker.create_endpoint_config, EndpointConfigName="c2",
          ProductionVariants=[{"VariantName": "v", "ModelName": "cm",
                               "ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 1}}],
          text="Serverless")
    variant = {"VariantName": "v", "ModelName": "cm", "InstanceType": "ml.t2.medium",
               "InitialInstanceCount": 1}
    fails("ValidationException", create_config, "c2", "cm", ShadowProductionVariants=[variant],
          text="Shadow")
    fails("ValidationException", sagemaker.create_endpoint_config, EndpointConfigName="c2",
          ProductionVariants=[variant, variant], text="unique")
    fails("ValidationException", sagemaker.describe_endpoint_config, EndpointConfigName="none",
          text=f'Could not find endpoint configuration "{PREFIX}endpoint-config/none".')
    fails("ValidationException", sagemaker.delete_endpoint_config, EndpointConfigName="none")
    sagemaker.delete_endpoint_config(EndpointConfigName="Conf")
    sagemaker.delete_model(ModelName="cm")


@case
def endpoints():
    """an endpoint: Creating, InService, Deleting, gone; no change in between"""
    create_model("em")
    create_config("em", "em")
    arn = sagemaker.create_endpoint(EndpointName="Ep", EndpointConfigName="em")["EndpointArn"]
    assert arn == PREFIX + "endpoint/ep"
    waiter = sagemaker.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName="Ep", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    one = sagemaker.describe_endpoint(EndpointName="Ep")
    assert one["EndpointConfigName"] == "em" and one["LastModifiedTime"] > one["CreationTime"]
    assert one["ProductionVariants"][0]["CurrentInstanceCount"] == 1
    fails("ValidationException", sagemaker.create_endpoint, EndpointName="Ep",
          EndpointConfigName="em", text="Cannot create already existing endpoint")
    fails("ValidationException", sagemaker.create_endpoint, EndpointName="Ep2",
          EndpointConfigName="none", text="Could not find endpoint configuration")
    sagemaker.delete_endpoint(EndpointName="Ep")
    waiter = sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName="Ep", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    fails("ValidationException", sagemaker.describe_endpoint, EndpointName="Ep",
          text=f'Could not find endpoint "{arn}".')
    fails("ValidationException", sagemaker.delete_endpoint, EndpointName="Ep")
    sagemaker.delete_endpoint_config(EndpointConfigName="em")
    sagemaker.delete_model(ModelName="em")


@case
def busy():
    """while Creating or Deleting an endpoint cannot be deleted, and is not told as serving"""
    slow = Server(speed="0.9")
    subscribe_fast(slow)
    deploy(slow, "slow", ARN, wait=False)
    client = slow.client("sagemaker")
    one = client.describe_endpoint(EndpointName="slow")
    assert one["EndpointStatus"] == "Creating" and "ProductionVariants" not in one
    fails("ValidationException", client.delete_endpoint, EndpointName="slow",
          text='Cannot update in-progress endpoint "')
    fails("ValidationError", slow.client("sagemaker-runtime").invoke_endpoint, EndpointName="slow",
          Body=b"1,2,3,4", text=f"Endpoint slow of account {BUYER} not found.", status=400)
    slow.stop()


def subscribe_fast(slow):
    """Subscribes on a server that is too slow to wait for, by way of a faster one on its state."""
    slow.stop()
    fast = Server(state=slow.state)
    subscribe(fast, "iris-classifier")
    fast.stop()
    slow.start()


@case
def quotas():
    """the account's quota holds over all endpoints"""
    instances = server.client("service-quotas").list_service_quotas(
        ServiceCode="sagemaker", MaxResults=100)["Quotas"]
    quota = int([one["Value"] for one in instances
                 if one["QuotaName"] == "ml.t2.medium for endpoint usage"][0])
    create_model("qm")
    create_config("q1", "qm", count=quota)
    create_config("q2", "qm")
    sagemaker.create_endpoint(EndpointName="q1", EndpointConfigName="q1")
    fails("ResourceLimitExceeded", sagemaker.create_endpoint, EndpointName="q2",
          EndpointConfigName="q2", status=400,
          text=f"The account-level service limit 'ml.t2.medium for endpoint usage' is {quota}"
               f" Instances, with current utilization of {quota} Instances and a request delta of 1"
               " Instances.")
    wait_for(lambda: status("q1") == "InService", "q1")
    sagemaker.delete_endpoint(EndpointName="q1")
    waiter = sagemaker.get_waiter("endpoint_deleted")
    waiter.wait(EndpointName="q1", WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    sagemaker.create_endpoint(EndpointName="q2", EndpointConfigName="q2")


@case
def failures():
    """no capacity, a failing health check, an endpoint that is stuck"""
    create_model("fm")
    create_config("fm", "fm", "ml.m5.large")
    server.faults({"operation": "CreateEndpoint", "kind": "capacity", "count": 1})
    sagemaker.create_endpoint(EndpointName="f1", EndpointConfigName="fm")
    wait_for(lambda: status("f1") == "Failed", "f1")
    one = sagemaker.describe_endpoint(EndpointName="f1")
    assert "InsufficientInstanceCapacity" in one["FailureReason"], one
    assert "ProductionVariants" not in one
    logs = server.client("logs")
    fails("ResourceNotFoundException", logs.describe_log_streams,
          logGroupName="/aws/sagemaker/Endpoints/f1")
    server.faults({"operation": "CreateEndpoint", "kind": "ping", "count": 1})
    sagemaker.create_endpoint(EndpointName="f2", EndpointConfigName="fm")
    wait_for(lambda: status("f2") == "Failed", "f2")
    one = sagemaker.describe_endpoint(EndpointName="f2")
    assert one["FailureReason"].startswith("The primary container for production variant AllTraffic"
                                           " did not pass the ping health check."), one
    messages = [event["message"] for event in logs.filter_log_events(
        logGroupName="/aws/sagemaker/Endpoints/f2")["events"]]
    assert any("Traceback" in message for message in messages), messages
    for name in ("f1", "f2"):
        sagemaker.delete_endpoint(EndpointName=name)
    server.faults({"operation": "CreateEndpoint", "kind": "stuck", "count": 1})
    sagemaker.create_endpoint(EndpointName="f3", EndpointConfigName="fm")
    sagemaker.create_endpoint(EndpointName="f4", EndpointConfigName="fm")
    wait_for(lambda: status("f4") == "InService", "f4")
    assert status("f3") == "Creating"
    server.clear_faults()
    wait_for(lambda: status("f3") == "InService", "f3")
    for name in ("f3", "f4"):
        sagemaker.delete_endpoint(EndpointName=name)


@case
def lists():
    """lists: names, times, status, order, pages"""
    for number in range(7):
        create_model(f"list-{number}")
        create_config(f"list-{number}", f"list-{number}")
    for member, summary, call in (("ModelName", "Models", sagemaker.list_models),
                                  ("EndpointConfigName", "EndpointConfigs",
                                   sagemaker.list_endpoint_configs)):
        names, token = [], {}
        while True:
            page = call(NameContains="LIST-", SortBy="Name", SortOrder="Ascending", MaxResults=3,
                        **token)
            names += [one[member] for one in page[summary]]
            if "NextToken" not in page:
                break
            token = {"NextToken": page["NextToken"]}
        assert names == [f"list-{number}" for number in range(7)], names
        newest = call(NameContains="list-", MaxResults=1)[summary][0]
        assert newest[member] == "list-6" and newest["CreationTime"]
        hour = datetime.timedelta(hours=1)
        now = datetime.datetime.now(datetime.timezone.utc)
        assert len(call(NameContains="list-", CreationTimeAfter=now - hour)[summary]) == 7
        assert call(NameContains="list-", CreationTimeBefore=now - hour)[summary] == []
        fails("ValidationException", call, NextToken="bm9uc2Vuc2U=")
    found = sagemaker.list_endpoints(StatusEquals="InService", NameContains="q2")["Endpoints"]
    assert [one["EndpointName"] for one in found] == ["q2"] or status("q2") != "InService"
    assert sagemaker.list_endpoints(StatusEquals="Failed", NameContains="q2")["Endpoints"] == []
    assert server.client("sagemaker", "tester").list_models()["Models"] == []
    assert server.client("sagemaker", region="eu-west-1").list_models()["Models"] == []


@case
def tags():
    """tags are made, listed, paged, and go with their resource"""
    arn = create_model("tagged", Tags=[{"Key": "trestle:session", "Value": "s1"}])["ModelArn"]
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}, {"Key": "c", "Value": ""}])
    found = {tag["Key"]: tag["Value"] for tag in sagemaker.list_tags(ResourceArn=arn)["Tags"]}
    assert found == {"trestle:session": "s1", "b": "2", "c": ""}, found
    sagemaker.delete_tags(ResourceArn=arn, TagKeys=["c"])
    assert len(sagemaker.list_tags(ResourceArn=arn)["Tags"]) == 2
    fails("ValidationException", sagemaker.list_tags, ResourceArn=PREFIX + "model/none",
          text="Could not find model")
    fails("ValidationException", sagemaker.add_tags, ResourceArn="arn:aws:sagemaker:x:y:z/none",
          Tags=[{"Key": "a", "Value": "b"}])
    many = [{"Key": str(number), "Value": ""} for number in range(50)]
    fails("ValidationException", sagemaker.add_tags, ResourceArn=arn, Tags=many, text="50")
    assert len(sagemaker.list_tags(ResourceArn=arn)["Tags"]) == 2
    sagemaker.delete_model(ModelName="tagged")
    create_model("tagged")
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == []


@case
def kept_after_cancel():
    """what runs goes on after the subscription is cancelled; nothing new starts"""
    agreement_id, product = subscribe(server, "palette")
    arn = package_arn(server, product)
    instance = sagemaker.describe_model_package(ModelPackageName=arn)["InferenceSpecification"][
        "SupportedRealtimeInferenceInstanceTypes"][-1]
    deploy(server, "keep", arn, instance)
    server.client("marketplace-agreement").cancel_agreement(agreementId=agreement_id)
    assert status("keep") == "InService"
    fails("ValidationException", sagemaker.create_endpoint, EndpointName="keep2",
          EndpointConfigName="keep", text="Caller is not subscribed")


run()
