#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS's rates of requests, as its own client meets them."""

import concurrent.futures
import time

from harness import Server, case, fails, need_models, run

need_models()

from botocore.exceptions import ClientError  # noqa: E402 pylint: disable=wrong-import-position

from catalog import CATALOG, PETAL  # noqa: E402 pylint: disable=wrong-import-position

server = Server(rates=True)
seller = server.client("marketplace-catalog", "seller")
buyer = server.client("marketplace-catalog", "buyer")


def describe(client=seller):
    return client.describe_entity(Catalog=CATALOG, EntityId=PETAL)


def rush(call, times):
    """Calls as fast as it goes: how many were answered, what the others were told, how long it took."""
    answered, errors = 0, []

    def one(_):
        nonlocal answered
        try:
            call()
            answered += 1
        except ClientError as error:
            errors.append(error.response)

    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(times)))
    return answered, errors, time.monotonic() - start


def check(call, rate):
    """A second's worth and what fills up meanwhile is answered; all else is throttled."""
    time.sleep(1.2)
    answered, errors, seconds = rush(call, 8 * rate)
    assert answered + len(errors) == 8 * rate
    assert rate <= answered <= rate * (1 + seconds) + 1, (answered, seconds)
    # unless this computer is too slow to ask faster
    assert errors or seconds > 6.5, f"{answered} in {seconds} s"
    for error in errors:
        assert error["Error"]["Code"] == "ThrottlingException", error
        assert error["Error"]["Message"] == "Rate exceeded", error
        assert error["ResponseMetadata"]["HTTPStatusCode"] == 429, error


@case
def entities():
    """DescribeEntity 20 a second"""
    check(describe, 20)


@case
def lists():
    """ListEntities 10 a second, ListChangeSets 5, DescribeChangeSet 10"""
    check(lambda: seller.list_entities(Catalog=CATALOG, EntityType="Offer"), 10)
    check(lambda: seller.list_change_sets(Catalog=CATALOG), 5)
    time.sleep(1.2)
    known = seller.list_change_sets(Catalog=CATALOG)["ChangeSetSummaryList"][0]["ChangeSetId"]
    check(lambda: seller.describe_change_set(Catalog=CATALOG, ChangeSetId=known), 10)


@case
def apart():
    """what one operation and one account use up is there for others"""
    time.sleep(1.2)
    _, errors, seconds = rush(describe, 160)
    assert errors or seconds > 6.5, seconds
    seller.list_change_sets(Catalog=CATALOG)
    # it is not the buyer's, which is another answer than that there were too many
    fails("ResourceNotFoundException", describe, buyer, status=404)


@case
def comes_back():
    """half a second brings half a second's worth, also at eighteen thousand times the speed"""
    rush(describe, 160)
    time.sleep(0.5)
    answered, errors, seconds = rush(describe, 60)
    assert 9 <= answered <= 20 * (0.5 + seconds) + 3, (answered, seconds)
    assert errors or seconds > 2, seconds


@case
def other_services():
    """SearchAgreements 5 a second, DescribeLogGroups 10, with their own status; the catalogue as it comes"""
    agreement, logs = server.client("marketplace-agreement"), server.client("logs")
    wanted = [{"name": "PartyType", "values": ["Acceptor"]},
              {"name": "AgreementType", "values": ["PurchaseAgreement"]}]
    for rate, call in ((5, lambda: agreement.search_agreements(
            catalog=CATALOG, filters=wanted)), (10, logs.describe_log_groups)):
        answered, errors, seconds = rush(call, 8 * rate)
        assert rate <= answered <= rate * (1 + seconds) + 1 and errors, (answered, seconds)
        assert {error["Error"]["Code"] for error in errors} == {"ThrottlingException"}, errors[0]
        assert {error["ResponseMetadata"]["HTTPStatusCode"] for error in errors} == {400}, errors[0]
    discovery = server.client("marketplace-discovery")
    found = discovery.search_listings(searchText="iris")["listingSummaries"][0]["listingId"]
    answered, errors, _ = rush(lambda: discovery.get_listing(listingId=found), 80)
    assert answered == 80 and not errors, errors[:1]


@case
def official_retries():
    """a client that tries again comes through"""
    time.sleep(1.2)
    patient = server.client("marketplace-catalog", "seller", retries=10)
    answered, errors, _ = rush(lambda: describe(patient), 60)
    assert answered == 60 and not errors, errors[:1]


@case
def switched_off():
    """--no-rates answers all"""
    free = Server().client("marketplace-catalog", "seller")
    answered, errors, _ = rush(lambda: describe(free), 160)
    assert answered == 160 and not errors, errors[:1]


run()
