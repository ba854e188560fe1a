#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Marketplace Catalog: the life of a change set: locks, cancelling, review, quotas, time, and a
process killed in the middle."""

import datetime

from catalog import (CATALOG, FORK, ML, OFFER, PETAL, PETAL_OFFER, SHADE, SPOT, Seller, change,
                     information, new_listing, new_offer, product)
from harness import Server, case, fails, need_models, run, wait_for

need_models()
server = Server()
seller = Seller(server)
CATALOG_FAULT = {"service": "marketplace-catalog"}


def stuck(operation, **more):
    server.faults({**CATALOG_FAULT, "operation": operation, "kind": "stuck", "count": 1, **more})


def status(change_set):
    return seller.describe(change_set)["Status"]


def sku(value, identifier=PETAL):
    return product("UpdateInformation", {"Sku": value}, identifier)


@case
def locks():
    """entities of an open set are locked for others, and free when it has ended"""
    stuck("StartChangeSet")
    held = seller.start([sku("held"), change("UpdateInformation", OFFER, {"Description": "b"},
                                             PETAL_OFFER)])
    assert status(held) == "PREPARING"
    for other in (sku("other"), change("UpdateInformation", OFFER, {"Name": "c"}, PETAL_OFFER)):
        answer = fails("ResourceInUseException", seller.start, [other], status=423, text=held)
        assert other["Entity"]["Identifier"] in answer["Error"]["Message"]
    seller.succeed(sku("elsewhere", SPOT))
    found = seller.api.list_change_sets(Catalog=CATALOG, FilterList=[
        {"Name": "EntityId", "ValueList": [PETAL_OFFER]}, {"Name": "Status", "ValueList": [
            "PREPARING", "APPLYING"]}])["ChangeSetSummaryList"]
    assert [one["ChangeSetId"] for one in found] == [held] and "EndTime" not in found[0]
    server.clear_faults()
    assert seller.wait(held)["Status"] == "SUCCEEDED"
    seller.succeed(sku("after"))


@case
def cancel():
    """a set is cancelled while it prepares, and nothing has changed; later it is too late"""
    before = seller.revision(PETAL)
    stuck("StartChangeSet")
    held = seller.start([sku("never")])
    answer = seller.api.cancel_change_set(Catalog=CATALOG, ChangeSetId=held)
    assert answer["ChangeSetId"] == held and answer["ChangeSetArn"].endswith(held)
    found = seller.describe(held)
    assert found["Status"] == "CANCELLED" and found["EndTime"] and "FailureCode" not in found
    assert seller.revision(PETAL) == before
    fails("ValidationException", seller.api.cancel_change_set, status=422, text="CANCELLED",
          Catalog=CATALOG, ChangeSetId=held)
    fails("ResourceNotFoundException", seller.api.cancel_change_set, status=404, Catalog=CATALOG,
          ChangeSetId="x" * 25)
    stuck("UpdateInformation")
    late = seller.start([sku("late")])
    wait_for(lambda: status(late) == "APPLYING", "the set being applied")
    fails("ResourceInUseException", seller.api.cancel_change_set, status=423, Catalog=CATALOG,
          ChangeSetId=late)
    server.clear_faults()
    assert seller.wait(late)["Status"] == "SUCCEEDED"
    assert seller.doc(PETAL)["Description"]["Sku"] == "late"


@case
def all_or_nothing():
    """one guilty change, and none of the set takes place; only the guilty one has errors"""
    count = len(seller.list(MaxResults=50))
    changes = new_listing("Half")
    changes[1]["DetailsDocument"]["Categories"] = ["Boats"]
    found = seller.wait(seller.start(changes))
    assert [one["ChangeType"] for one in found["ChangeSet"] if one["ErrorDetailList"]] == [
        "UpdateInformation"]
    assert "Identifier" not in found["ChangeSet"][0]["Entity"]
    summary = seller.api.list_change_sets(Catalog=CATALOG)["ChangeSetSummaryList"][0]
    assert summary["EntityIdList"] == [] and summary["FailureCode"] == "CLIENT_ERROR"
    assert len(seller.list(MaxResults=50)) == count


@case
def review():
    """a product goes public after a review, during which it is locked and stays as it was"""
    stuck("UpdateVisibility")
    reviewed = seller.start([product("UpdateVisibility", {"TargetVisibility": "Public"}, SHADE)])
    wait_for(lambda: status(reviewed) == "APPLYING", "the review")
    fails("ResourceInUseException", seller.start, [sku("x", SHADE)], status=423)
    assert seller.doc(SHADE)["Description"]["Visibility"] == "Limited"
    server.clear_faults()
    assert seller.wait(reviewed)["Status"] == "SUCCEEDED"
    doc = seller.doc(SHADE)
    assert doc["Description"]["Visibility"] == "Public"
    assert doc["Versions"][0]["DeliveryOptions"][0]["Visibility"] == "Public"


@case
def turned_down():
    """reviewers turn a product down at the end of their review"""
    for code in ("AUDIT_ERROR", "MISSING_SELLER_PROFILE_INFORMATION"):
        server.faults({**CATALOG_FAULT, "operation": "UpdateVisibility", "kind": "refused",
                       "count": 1, "code": code})
        assert seller.fail(product("UpdateVisibility", {"TargetVisibility": "Limited"}, SHADE)) == {
            "UpdateVisibility": [code]}
        assert seller.doc(SHADE)["Description"]["Visibility"] == "Public"
    server.faults({**CATALOG_FAULT, "operation": "UpdateVisibility", "kind": "refused", "count": 1})
    assert seller.fail(product("UpdateVisibility", {"TargetVisibility": "Limited"}, SHADE)) == {
        "UpdateVisibility": ["AUDIT_ERROR"]}


@case
def told_to_refuse():
    """codes that nothing here gives rise to can be asked for"""
    for kind, code in (("UpdateInformation", "EXPLICIT_CONTENT"),
                       ("UpdateInformation", "TOO_MANY_MEDIA"),
                       ("UpdatePricingTerms", "INCOMPATIBLE_SELLER_VERIFICATION"),
                       ("UpdatePricingTerms", "INCOMPATIBLE_PAYMENT_SETTINGS"),
                       ("UpdatePricingTerms", "TOO_MANY_RATES")):
        server.faults({**CATALOG_FAULT, "operation": kind, "kind": "refused", "count": 1,
                       "code": code})
        found = seller.fail(*new_listing("Refused")) if kind != "UpdateInformation" else seller.fail(
            sku("refused"))
        assert found == {kind: [code]}, found


@case
def server_fault():
    """a fault of AWS's own: nobody is guilty, the same again goes through"""
    server.faults({**CATALOG_FAULT, "operation": "StartChangeSet", "kind": "refused", "count": 1,
                   "code": "SERVER_FAULT"})
    found = seller.wait(seller.start([sku("again")]))
    assert found["Status"] == "FAILED" and found["FailureCode"] == "SERVER_FAULT", found
    assert not found["ChangeSet"][0]["ErrorDetailList"]
    seller.succeed(sku("again"))
    code = "X" * 73
    assert server.http("POST", "/practice/faults", f'{{"kind": "refused", "code": "{code}"}}')[0] == 400


@case
def throttled():
    """the Catalog's own way of saying: too fast, not allowed, out of order"""
    for kind, code, number in (("throttle", "ThrottlingException", 429),
                               ("denied", "AccessDeniedException", 403)):
        server.faults({**CATALOG_FAULT, "kind": kind, "count": 1})
        fails(code, seller.api.list_change_sets, status=number, Catalog=CATALOG)


@case
def killed():
    """killed while it prepares, while it applies, while it is reviewed: nothing is lost or half done"""
    slow = Server(speed="300")
    own = Seller(slow)
    preparing = own.start(new_listing("Survivor"))
    slow.kill()
    slow.start()
    own = Seller(slow)
    assert own.wait(preparing)["Status"] == "SUCCEEDED"
    applying = own.start([sku("alive")])
    wait_for(lambda: own.describe(applying)["Status"] == "APPLYING", "the set being applied")
    slow.kill()
    slow.start()
    own = Seller(slow)
    assert own.wait(applying)["Status"] == "SUCCEEDED"
    assert own.doc(PETAL)["Description"]["Sku"] == "alive"
    reviewed = own.start([product("UpdateVisibility", {"TargetVisibility": "Public"}, SHADE)])
    wait_for(lambda: own.describe(reviewed)["Status"] == "APPLYING", "the review")
    before = own.describe(reviewed)["StartTime"]
    slow.kill()
    slow.start()
    own = Seller(slow)
    found = own.wait(reviewed)
    assert found["Status"] == "SUCCEEDED" and found["StartTime"] == before
    # The seed is not sown twice.
    assert len(own.list(MaxResults=50)) == 6
    slow.stop()


def seconds(found):
    """How long a set took by its own account."""
    first, last = (datetime.datetime.fromisoformat(found[key]) for key in ("StartTime", "EndTime"))
    return (last - first).total_seconds()


@case
def patience():
    """at the default speed a new listing and a review end within thirty seconds, to the second due"""
    usual = Server(speed="90")
    own = Seller(usual)
    first = own.start(new_listing("Patient"))
    second = own.start([product("UpdateVisibility", {"TargetVisibility": "Public"}, SHADE)])
    assert 11 <= seconds(own.wait(first)) <= 12
    assert 17 <= seconds(own.wait(second)) <= 18
    assert own.entity(SHADE)["LastModifiedDate"] == own.describe(second)["EndTime"]
    usual.stop()


@case
def real_time():
    """at speed 1 a set is still being prepared, as it would be at AWS"""
    real = Server(speed="1")
    own = Seller(real)
    held = own.start([sku("slow")])
    assert own.describe(held)["Status"] == "PREPARING"
    own.api.cancel_change_set(Catalog=CATALOG, ChangeSetId=held)
    real.stop()


@case
def quota():
    """at most 250 sets are open, and 20 offers in work"""
    real = Server(speed="1")
    own = Seller(real)
    make = [change("CreateProduct", ML, {})]
    offers = [own.start(new_offer(PETAL, release=False)) for _ in range(20)]
    fails("ServiceQuotaExceededException", own.start, new_offer(PETAL, release=False), status=402,
          text="20")
    sets = offers + [own.start(make) for _ in range(230)]
    fails("ServiceQuotaExceededException", own.start, make, status=402, text="250")
    own.api.cancel_change_set(Catalog=CATALOG, ChangeSetId=sets[-1])
    own.start(make)
    real.stop()


run()
