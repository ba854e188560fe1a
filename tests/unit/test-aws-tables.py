#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The committed wire tables are what build-aux/wire-table makes of AWS's models, and they hold
every operation that Trestle calls."""

import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["TRESTLE_SOURCE"])
SHARED = pathlib.Path(os.environ.get("TRESTLE_SHARED", SOURCE.parent / "shared"))
TABLES = SOURCE / "src/aws/tables"

NEEDED = {
    "sts": "GetCallerIdentity",
    "marketplace-discovery": "SearchListings SearchFacets GetListing GetProduct"
    " ListFulfillmentOptions ListPurchaseOptions GetOffer GetOfferTerms",
    "marketplace-agreement": "CreateAgreementRequest AcceptAgreementRequest SearchAgreements"
    " DescribeAgreement GetAgreementTerms GetAgreementEntitlements CancelAgreement",
    "sagemaker": "DescribeModelPackage DescribeAlgorithm CreateModel DescribeModel DeleteModel"
    " ListModels CreateEndpointConfig DescribeEndpointConfig DeleteEndpointConfig"
    " ListEndpointConfigs CreateEndpoint DescribeEndpoint DeleteEndpoint ListEndpoints AddTags"
    " ListTags CreateModelPackage DeleteModelPackage ListModelPackages CreateAlgorithm"
    " DeleteAlgorithm ListAlgorithms",
    "sagemaker-runtime": "InvokeEndpoint",
    "logs": "DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents",
    "iam": "ListRoles GetRole",
    "pricing": "GetProducts",
    "service-quotas": "ListServiceQuotas",
    "s3": "PutObject GetObject HeadObject ListObjectsV2 DeleteObject",
    "marketplace-catalog": "StartChangeSet DescribeChangeSet ListChangeSets CancelChangeSet"
    " ListEntities DescribeEntity BatchDescribeEntities TagResource UntagResource"
    " ListTagsForResource GetResourcePolicy PutResourcePolicy DeleteResourcePolicy",
    "ecr": "DescribeRepositories DescribeImages",
    "marketplacecommerceanalytics": "GenerateDataSet",
}


def main():
    print(f"1..{len(NEEDED) + 1}")
    failed = 0
    for number, (service, names) in enumerate(NEEDED.items(), 1):
        text = (TABLES / f"{service}.wire").read_text(encoding="utf-8")
        missing = [name for name in names.split() if f"\noperation {name} " not in text]
        print("not ok" if missing else "ok", number, f"- operations of {service}", *missing)
        failed += bool(missing)

    number = len(NEEDED) + 1
    models = SHARED / "aws/models"
    if not models.is_dir():
        print(f"ok {number} - tables and models # SKIP no {models}")
        return failed
    tool = [sys.executable, SOURCE / "build-aux/wire-table", "--models", models]
    same = subprocess.run([*tool, "--compare", TABLES], check=False).returncode == 0
    with tempfile.TemporaryDirectory() as empty:
        noticed = subprocess.run(
            [*tool, "--compare", empty], check=False, stderr=subprocess.DEVNULL
        ).returncode
    print("ok" if same and noticed == 1 else "not ok", number, "- tables and models")
    return failed + (not same or noticed != 1)


if __name__ == "__main__":
    sys.exit(bool(main()))
