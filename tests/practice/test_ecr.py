#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ECR: the seller's private registry, its images and what their scans found."""

from harness import BUYER, SELLER, Server, case, fails, need_models, run, wait_for

need_models()
server = Server()
ecr = server.client("ecr", "seller")
NAMES = ["blobs", "broken", "iris", "palette", "pitch", "slow", "vulnerable"]


def image(name, client=ecr, **more):
    return client.describe_images(repositoryName=name, **more)["imageDetails"]


@case
def repositories():
    """the seller has its repositories in each Region, by name and by page; the buyer has none"""
    found = ecr.describe_repositories()["repositories"]
    assert [one["repositoryName"] for one in found] == NAMES
    one = found[2]
    assert one["repositoryUri"] == f"{SELLER}.dkr.ecr.us-east-1.amazonaws.com/iris", one
    assert one["repositoryArn"] == f"arn:aws:ecr:us-east-1:{SELLER}:repository/iris", one
    assert one["imageScanningConfiguration"]["scanOnPush"]
    west = server.client("ecr", "seller", "eu-west-1").describe_repositories()["repositories"]
    assert west[0]["repositoryUri"].split(".")[3] == "eu-west-1"
    named = ecr.describe_repositories(repositoryNames=["slow", "iris"])["repositories"]
    assert [one["repositoryName"] for one in named] == ["slow", "iris"]
    pages = list(ecr.get_paginator("describe_repositories").paginate(
        PaginationConfig={"PageSize": 3}))
    assert [len(page["repositories"]) for page in pages] == [3, 3, 1]
    assert [one["repositoryName"] for page in pages for one in page["repositories"]] == NAMES
    assert server.client("ecr").describe_repositories()["repositories"] == []


@case
def refused():
    """unknown repositories and images, foreign registries, tokens of another question"""
    fails("RepositoryNotFoundException", ecr.describe_repositories, repositoryNames=["nothing"],
          text="The repository with name 'nothing' does not exist in the registry with id")
    fails("RepositoryNotFoundException", ecr.describe_images, repositoryName="nothing")
    fails("AccessDeniedException", ecr.describe_repositories, registryId=BUYER)
    fails("AccessDeniedException", server.client("ecr").describe_images, repositoryName="iris",
          registryId=SELLER)
    fails("InvalidParameterException", ecr.describe_repositories, nextToken="AAAA")
    fails("InvalidParameterException", ecr.describe_repositories, repositoryNames=["iris"],
          maxResults=2)
    fails("InvalidParameterException", server.client("ecr", "seller", validate=False)
          .describe_repositories, maxResults=0)
    fails("ImageNotFoundException", ecr.describe_images, repositoryName="iris",
          imageIds=[{"imageTag": "2"}], text="imageTag:'2'")
    fails("ImageNotFoundException", ecr.describe_images, repositoryName="iris",
          imageIds=[{"imageTag": "1", "imageDigest": "sha256:" + "0" * 64}])
    fails("InvalidParameterException", ecr.describe_images, repositoryName="iris", imageIds=[{}])


@case
def images():
    """an image is found by tag and by digest, and filters leave it out"""
    one, = image("iris")
    assert one["imageTags"] == ["1"] and one["imageDigest"].startswith("sha256:")
    assert one["registryId"] == SELLER and one["imageSizeInBytes"] > 0
    assert image("iris", imageIds=[{"imageTag": "1"}]) == [one]
    assert image("iris", imageIds=[{"imageDigest": one["imageDigest"]}]) == [one]
    assert image("iris", filter={"tagStatus": "TAGGED"}) == [one]
    assert image("iris", filter={"tagStatus": "UNTAGGED"}) == []
    assert image("iris", filter={"imageStatus": "ARCHIVED"}) == []
    assert image("palette")[0]["imageDigest"] != one["imageDigest"]


@case
def scans():
    """the scan takes a moment, then tells its findings by severity"""
    slow = Server(speed="0.5")
    client = slow.client("ecr", "seller")
    one, = image("vulnerable", client)
    assert one["imageScanStatus"]["status"] == "IN_PROGRESS"
    assert "imageScanFindingsSummary" not in one
    assert slow.stop() == 0
    done = wait_for(lambda: [one for one in image("vulnerable")
                             if one["imageScanStatus"]["status"] == "COMPLETE"], "the scan")[0]
    counts = done["imageScanFindingsSummary"]["findingSeverityCounts"]
    assert counts["CRITICAL"] == 2 and counts["HIGH"] == 5
    for name in NAMES[:-1]:
        counts = image(name)[0]["imageScanFindingsSummary"]["findingSeverityCounts"]
        assert not set(counts) & {"CRITICAL", "HIGH"}, name


run()
