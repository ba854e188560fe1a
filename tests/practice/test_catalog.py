#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Marketplace Catalog: what is there from the start, the path of a new listing, reading,
filters, sorts, pages, tags and policies."""

import json
import re
import urllib.parse

from catalog import (BUCKET, CATALOG, FORK, MINI, ML, OFFER, PETAL, PETAL_OFFER, SHADE, SPOT, TYPES,
                     Seller, change, delivery, information, new_listing, new_offer, new_product,
                     package, png, pricing, product, rates)
from harness import BUYER, SELLER, TESTER, Server, case, fails, find, need_models, run, wait_for

need_models()
server = Server()
seller = Seller(server)
api = seller.api


@case
def seeds():
    """five products in different states, with their history"""
    found = {one["EntityId"]: one for one in seller.list()}
    assert {key: found[key]["Visibility"] for key in (PETAL, SHADE, FORK, SPOT, MINI)} == {
        PETAL: "Public", SHADE: "Limited", FORK: "Draft", SPOT: "Restricted", MINI: "Public"}, found
    assert found[PETAL]["Name"] == found[PETAL]["MachineLearningProductSummary"]["ProductTitle"]
    assert [one["VersionTitle"] for one in seller.doc(PETAL)["Versions"]] == ["1.0", "2.0"]
    assert seller.doc(SHADE)["Targeting"]["PositiveTargeting"]["BuyerAccounts"] == [TESTER]
    assert not seller.doc(FORK)["Versions"] and "LogoUrl" in seller.doc(FORK)["PromotionalResources"]
    failed = api.list_change_sets(Catalog=CATALOG, FilterList=[
        {"Name": "Status", "ValueList": ["FAILED"]}])["ChangeSetSummaryList"]
    assert len(failed) == 1 and failed[0]["EntityIdList"] == [MINI], failed
    errors = seller.describe(failed[0]["ChangeSetId"])["ChangeSet"][0]["ErrorDetailList"]
    assert [error["ErrorCode"] for error in errors] == ["UPDATE_PRICING_REQUIRED"], errors


@case
def new_listing_path():
    """the eleven changes of a new listing: references, revisions, one set for all"""
    logo = seller.upload("logo path.png", png(240, 120), "image/png").replace(" ", "%20")
    changes = new_listing("Path finder", LogoUrl=logo, Sku="P-1",
                          VideoUrls=["https://video.example.com/1"],
                          AdditionalResources=[{"Text": "Guide", "Url": "http://example.com/g?a=1"}])
    assert len(changes) == 11
    change_set = api.start_change_set(
        Catalog=CATALOG, ChangeSet=changes, ChangeSetName="New: Path finder",
        ClientRequestToken="path-1", ChangeSetTags=[{"Key": "team", "Value": "blue"}])
    assert change_set["ChangeSetArn"] == (
        f"arn:aws:aws-marketplace:us-east-1:{SELLER}:AWSMarketplace/ChangeSet/"
        + change_set["ChangeSetId"])
    assert re.fullmatch("[a-z0-9]{25}", change_set["ChangeSetId"])
    done = seller.wait(change_set["ChangeSetId"])
    assert done["Status"] == "SUCCEEDED" and done["Intent"] == "APPLY", done
    assert "FailureCode" not in done and done["StartTime"] <= done["EndTime"]
    identifiers = {one["Entity"]["Identifier"] for one in done["ChangeSet"]}
    assert len(identifiers) == 2 and all(one.endswith("@1") for one in identifiers), identifiers
    product_id = done["ChangeSet"][0]["Entity"]["Identifier"].partition("@")[0]
    offer_id = done["ChangeSet"][5]["Entity"]["Identifier"].partition("@")[0]
    assert re.fullmatch("prod-[a-z0-9]{13}", product_id)
    assert re.fullmatch("offer-[a-z0-9]{13}", offer_id)
    assert done["ChangeSet"][0]["ChangeName"] == "CreateProductChange"
    assert done["ChangeSet"][5]["DetailsDocument"]["ProductId"].startswith("$"), "as it was sent"
    assert json.loads(done["ChangeSet"][1]["Details"]) == done["ChangeSet"][1]["DetailsDocument"]

    entity = seller.entity(product_id)
    assert entity["EntityType"] == ML and entity["EntityIdentifier"] == f"{product_id}@1"
    assert entity["EntityArn"].endswith(f":AWSMarketplace/MachineLearningProduct/{product_id}")
    assert json.loads(entity["Details"]) == entity["DetailsDocument"]
    doc = entity["DetailsDocument"]
    assert doc["Description"]["Visibility"] == "Limited" and doc["Description"]["Sku"] == "P-1"
    assert re.fullmatch("[a-z0-9]{25}", doc["Description"]["ProductCode"])
    assert doc["SupportInformation"] == {"Description": "By mail."}
    assert doc["PromotionalResources"]["Videos"][0]["Url"] == "https://video.example.com/1"
    assert doc["PromotionalResources"]["AdditionalResources"][0]["Text"] == "Guide"
    assert [one["Key"] for one in doc["Dimensions"]] == [
        f"{kind}.m.i.{mode}" for mode in "br" for kind in TYPES]
    assert doc["Dimensions"][0]["Unit"] == "HostHrs" and doc["Dimensions"][0]["Types"] == ["Metered"]
    assert len(doc["RegionAvailability"]["Regions"]) == 16
    version, = doc["Versions"]
    option, = version["DeliveryOptions"]
    assert version["Sources"][0]["ModelPackageArn"] == package("petal-sorter-v1")
    assert option["SourceId"] == version["Sources"][0]["Id"] and option["Visibility"] == "Limited"
    assert option["Instructions"]["Usage"] == "Send it."
    assert "AccessRoleArn" not in json.dumps(doc)
    assert option["SupportedInstanceTypes"]["BatchTransform"] == list(TYPES)

    offered = seller.doc(offer_id)
    assert offered["State"] == "Released" and offered["ProductId"] == product_id
    assert [term["Type"] for term in offered["Terms"]] == [
        "UsageBasedPricingTerm", "FreeTrialPricingTerm", "LegalTerm", "SupportTerm"]
    tags = api.list_tags_for_resource(ResourceArn=change_set["ChangeSetArn"])["Tags"]
    assert tags == [{"Key": "team", "Value": "blue"}]

    logo = urllib.parse.urlsplit(doc["PromotionalResources"]["LogoUrl"])
    status, body, headers = server.http("GET", logo.path)
    assert status == 200 and body == png(240, 120) and headers["Content-Type"] == "image/png"


@case
def any_order():
    """changes are carried out in their own order, whatever order they come in"""
    changes = new_listing("Backwards")
    found = seller.succeed(*reversed(changes))
    assert seller.doc(found[-1])["Description"]["Visibility"] == "Limited"


@case
def in_steps():
    """a draft first, then filled and released; each set raises the revision by one"""
    draft, = seller.succeed(change("CreateProduct", ML, {}))
    assert seller.doc(draft)["Description"]["Visibility"] == "Draft"
    assert "ProductTitle" not in seller.doc(draft)["Description"]
    assert seller.fail(product("UpdateInformation", {"ProductTitle": "Steps"}, draft)) == {
        "UpdateInformation": ["MISSING_DATA"]}
    assert seller.revision(draft) == 1
    seller.succeed(product("UpdateInformation", information("Steps"), draft))
    seller.succeed(product("AddDeliveryOptions", delivery(), draft), *new_offer(draft, release=False))
    assert seller.revision(draft) == 3
    wanted = {"ValueList": ["Draft"]}
    drafts = seller.list("Offer", EntityTypeFilters={"OfferFilters": {
        "ProductId": {"ValueList": [draft]}, "State": wanted}})
    assert len(drafts) == 1 and drafts[0]["OfferSummary"]["State"] == "Draft", drafts
    assert not seller.list("Offer", EntityTypeFilters={"OfferFilters": {
        "ProductId": {"ValueList": [draft]}}})
    seller.succeed(product("ReleaseProduct", {}, draft),
                   change("ReleaseOffer", OFFER, {}, drafts[0]["EntityId"]))
    seller.succeed(product("UpdateInformation", {"Sku": "S-1", "Highlights": ["a", "b"]}, draft))
    seller.succeed(product("UpdateInformation", {"Sku": None}, draft))
    description = seller.doc(draft)["Description"]
    assert description["Sku"] is None and description["Highlights"] == ["a", "b"]
    assert seller.revision(draft) == 6


@case
def versions():
    """a version is added, changed, restricted; dimensions follow the packages"""
    found = seller.succeed(*new_listing("Versioned"))
    one, public = found[0], found[5]
    card = rates((*TYPES, "ml.c5.xlarge"))
    seller.succeed(product("AddDeliveryOptions",
                           delivery(package("meadow-sorter-v1"), "2.0"), one),
                   change("UpdatePricingTerms", OFFER, pricing(card, "P14D"), public))
    doc = seller.doc(one)
    assert "ml.c5.xlarge.m.i.r" in [dimension["Key"] for dimension in doc["Dimensions"]]
    options = [version["DeliveryOptions"][0]["Id"] for version in doc["Versions"]]
    details = {"UsageInstructions": "Send more.", "RecommendedInstanceTypes": {
        "RealtimeInference": "ml.c5.xlarge"}}
    seller.succeed(product("UpdateDeliveryOptions", {
        "Version": {"VersionTitle": "2.0", "ReleaseNotes": "Better"},
        "DeliveryOptions": [{"Id": options[1], "Details": {
            "SageMakerModelPackageDeliveryOptionDetails": details}}]}, one))
    version = seller.doc(one)["Versions"][1]
    assert version["ReleaseNotes"] == "Better"
    assert version["DeliveryOptions"][0]["Instructions"]["Usage"] == "Send more."
    assert version["DeliveryOptions"][0]["Instructions"]["RepositoryUrl"]
    assert version["DeliveryOptions"][0]["RecommendedInstanceTypes"] == {
        "BatchTransform": None, "RealtimeInference": "ml.c5.xlarge", "Training": None}
    seller.succeed(product("UpdateVisibility", {"TargetVisibility": "Public"}, one))
    seller.succeed(product("RestrictDeliveryOptions", {"DeliveryOptionIds": options[:1]}, one))
    assert [version["DeliveryOptions"][0]["Visibility"] for version in seller.doc(one)["Versions"]
            ] == ["Restricted", "Public"]


@case
def free_and_by_request():
    """free offers with and without prices, and a price by the request"""
    free = seller.succeed(*new_product("Free one"),
                          *new_offer(price=pricing(rates(price="0"), model="Free")))
    assert seller.doc(free[5])["Terms"][0]["RateCards"][0]["RateCard"][0]["Price"] == "0"
    seller.succeed(*new_product("Free two"), *new_offer(without=("UpdatePricingTerms",)))
    card = rates(modes=("b",)) + [{"DimensionKey": "inference.count.m.i.c", "Price": "0.002"}]
    paid = seller.succeed(*new_product("By request"), *new_offer(price=pricing(card)))
    dimension = seller.doc(paid[0])["Dimensions"][-1]
    assert dimension["Key"] == "inference.count.m.i.c" and dimension["Unit"] == "Requests"


@case
def own_licence():
    """a licence of one's own is copied and handed out by a link that ends"""
    address = seller.upload("eula.txt", "Use it well.\n".encode(), "text/plain")
    public = seller.succeed(*new_listing("Licensed"))[5]
    seller.succeed(change("UpdateLegalTerms", OFFER, {"Terms": [{"Type": "LegalTerm", "Documents": [
        {"Type": "CustomEula", "Url": address}]}]}, public))
    term = [one for one in seller.doc(public)["Terms"] if one["Type"] == "LegalTerm"][0]
    link = urllib.parse.urlsplit(term["Documents"][0]["Url"])
    assert "Expires=" in link.query
    server.client("s3", "seller").delete_object(Bucket=BUCKET, Key="eula.txt")
    status, body, _ = server.http("GET", f"{link.path}?{link.query}")
    assert status == 200 and body == b"Use it well.\n", (status, body)


@case
def private_offer():
    """a private offer with all that goes with it, expired later"""
    offer = "$CreateOfferChange.Entity.Identifier"
    one = seller.succeed(
        *new_offer(PETAL, price=pricing(), release=False),
        change("UpdateTargeting", OFFER, {"PositiveTargeting": {"BuyerAccounts": [BUYER]}}, offer),
        change("UpdateAvailability", OFFER, {"AvailabilityEndDate": "2099-01-31"}, offer),
        change("UpdateValidityTerms", OFFER, {"Terms": [
            {"Type": "ValidityTerm", "AgreementDuration": "P12M"}]}, offer),
        change("UpdateRenewalTerms", OFFER, {"Terms": [{"Type": "RenewalTerm"}]}, offer),
        change("UpdateCustomerVerificationTerms", OFFER, {"Terms": [
            {"Type": "CustomerVerificationTerm", "ApprovalStrategy": "WaitForApproval"}]}, offer),
        change("UpdatePaymentScheduleTerms", OFFER, {"Terms": [
            {"Type": "PaymentScheduleTerm", "CurrencyCode": "USD", "Schedule": [
                {"ChargeDate": "2099-01-01", "ChargeAmount": "10.00"}]}]}, offer),
        change("ReleaseOffer", OFFER, {}, offer))[0]
    doc = seller.doc(one)
    assert [rule["Type"] for rule in doc["Rules"]] == ["TargetingRule", "AvailabilityRule"]
    summary = seller.list("Offer", EntityTypeFilters={"OfferFilters": {
        "EntityId": {"ValueList": [one]}}})[0]["OfferSummary"]
    assert summary["Targeting"] == ["BuyerAccounts"] and summary["BuyerAccounts"] == [BUYER]
    seller.succeed(change("UpdateAvailability", OFFER, {"AvailabilityEndDate": "2020-01-31"}, one),
                   change("UpdatePaymentScheduleTerms", OFFER, {"Terms": []}, one))
    assert "PaymentScheduleTerm" not in json.dumps(seller.doc(one))


@case
def contract():
    """a private contract: paid at once, no hours"""
    offer = "$CreateOfferChange.Entity.Identifier"
    key = f"{TYPES[0]}.m.i.r"
    price = {"PricingModel": "Contract", "Terms": [
        {"Type": "FixedUpfrontPricingTerm", "CurrencyCode": "EUR", "Price": "1200.5",
         "Duration": "P12M", "Grants": [{"DimensionKey": key, "MaxQuantity": 1}]}]}
    targets = {"PositiveTargeting": {"BuyerAccounts": [BUYER]}}
    assert seller.fail(*new_offer(PETAL, price=price, release=False)) == {
        "UpdatePricingTerms": ["INCOMPATIBLE_PRICING_MODEL"]}
    seller.succeed(*new_offer(PETAL, price=price, release=False),
                   change("UpdateTargeting", OFFER, targets, offer),
                   change("UpdateAvailability", OFFER, {"AvailabilityEndDate": "2099-01-31"}, offer),
                   change("ReleaseOffer", OFFER, {}, offer))


@case
def typed_filters():
    """typed filters and sorts of both kinds of entity"""
    def products(sort=None, **filters):
        more = {"EntityTypeSort": {"MachineLearningProductSort": sort}} if sort else {}
        return [one["EntityId"] for one in seller.list(
            EntityTypeFilters={"MachineLearningProductFilters": filters}, MaxResults=50, **more)]

    seeded = {"EntityId": {"ValueList": [PETAL, SHADE, FORK, SPOT, MINI]}}
    assert products(Visibility={"ValueList": ["Draft", "Restricted"]}, **seeded) == [SPOT, FORK]
    assert set(products(ProductTitle={"WildCardValue": "petal"})) == {PETAL, MINI}
    assert products(ProductTitle={"ValueList": ["Petal Sorter"]}) == [PETAL]
    assert products({"SortBy": "ProductTitle", "SortOrder": "ASCENDING"}, **seeded) == [
        PETAL, MINI, SHADE, SPOT, FORK]
    when = {one["EntityId"]: one["LastModifiedDate"] for one in seller.list(MaxResults=50)}
    assert products(**seeded) == sorted((PETAL, SHADE, FORK, SPOT, MINI), key=when.get, reverse=True)
    assert products({"SortBy": "EntityId"}, **seeded) == sorted(
        (PETAL, SHADE, FORK, SPOT, MINI), reverse=True)
    assert products(LastModifiedDate={"DateRange": {"BeforeValue": when[SHADE]}}) == [SHADE]
    assert SHADE not in products(LastModifiedDate={"DateRange": {"AfterValue": when[PETAL]}})

    def offers(sort=None, **filters):
        more = {"EntityTypeSort": {"OfferSort": sort}} if sort else {}
        return [one["EntityId"] for one in seller.list(
            "Offer", EntityTypeFilters={"OfferFilters": filters}, MaxResults=50, **more)]

    of_petal = {"ProductId": {"ValueList": [PETAL]}}
    assert offers(Targeting={"ValueList": ["None"]}, **of_petal) == [PETAL_OFFER]
    private = offers(Targeting={"ValueList": ["BuyerAccounts"]}, **of_petal)
    assert len(private) == 3 and PETAL_OFFER not in private
    assert len(offers(BuyerAccounts={"WildCardValue": BUYER}, **of_petal)) == 3
    assert offers(Name={"WildCardValue": "one nursery"}) == ["offer-p4r7v1t9e3o6f"]
    assert PETAL_OFFER in offers(State={"ValueList": ["Released"]},
                                 CreatedBySource={"ValueList": ["Seller"]})
    assert offers(AvailabilityEndDate={"DateRange": {"AfterValue": "2090-01-01T00:00:00Z"}},
                  **of_petal)
    found = offers({"SortBy": "ReleaseDate", "SortOrder": "ASCENDING"}, **of_petal)
    assert found[0] == PETAL_OFFER and len(found) == 4
    assert not offers(TargetAgreementId={"ValueList": ["agmt-1"]})


@case
def old_filters():
    """old filters and sorts, and what they refuse"""
    found = seller.list(FilterList=[{"Name": "EntityId", "ValueList": [PETAL, FORK]}],
                        Sort={"SortBy": "EntityId", "SortOrder": "ASCENDING"})
    assert [one["EntityId"] for one in found] == sorted([PETAL, FORK])
    found = seller.list("Offer", FilterList=[{"Name": "State", "ValueList": ["Draft"]},
                                             {"Name": "ProductId", "ValueList": [FORK]}])
    assert [one["Name"] for one in found] == ["Tuning Fork, public offer"]
    fails("ValidationException", seller.list, status=422, text="FilterList[0].Name",
          FilterList=[{"Name": "Colour", "ValueList": ["red"]}])
    fails("ValidationException", seller.list, status=422, text="SortBy", Sort={"SortBy": "Colour"})
    fails("ValidationException", seller.list, status=422, text="EntityTypeFilters",
          EntityTypeFilters={"OfferFilters": {}})
    fails("ValidationException", seller.list, status=422, text="EntityTypeSort",
          EntityTypeSort={"OfferSort": {"SortBy": "Name"}})
    fails("ValidationException", seller.list, "Offer", status=422, text="WildCardValue",
          EntityTypeFilters={"OfferFilters": {"Name": {"WildCardValue": "a"},
                                              "BuyerAccounts": {"WildCardValue": BUYER}}})
    fails("ValidationException", seller.list, "Boat", status=422, text="EntityType")
    fails("ValidationException", seller.list, ML, status=422)
    fails("ResourceNotFoundException", api.list_entities, status=404, Catalog="Other",
          EntityType="Offer")
    assert seller.list("AmiProduct") == []


@case
def pages():
    """lists come in pages of 20; a token belongs to its request"""
    for number in range(0, 24, 8):
        seller.succeed(*(change("CreateProduct", ML, {"ProductTitle": f"Page {number + one:02}"})
                         for one in range(8)))
    pager = api.get_paginator("list_entities")
    titled = {"MachineLearningProductFilters": {"ProductTitle": {"WildCardValue": "Page "}}}
    sort = {"MachineLearningProductSort": {"SortBy": "ProductTitle", "SortOrder": "ASCENDING"}}
    got = list(pager.paginate(Catalog=CATALOG, EntityType="MachineLearningProduct",
                              EntityTypeFilters=titled, EntityTypeSort=sort))
    assert [len(page["EntitySummaryList"]) for page in got] == [20, 4]
    names = [one["Name"] for page in got for one in page["EntitySummaryList"]]
    assert names == [f"Page {number:02}" for number in range(24)]
    fails("ValidationException", seller.list, status=422, text="NextToken",
          NextToken=got[0]["NextToken"])
    fails("ValidationException", seller.list, status=422, text="NextToken", NextToken="abc")
    page = api.list_change_sets(Catalog=CATALOG, MaxResults=3)
    after = api.list_change_sets(Catalog=CATALOG, MaxResults=3, NextToken=page["NextToken"])
    ids = [one["ChangeSetId"] for one in page["ChangeSetSummaryList"] + after["ChangeSetSummaryList"]]
    assert len(set(ids)) == 6


@case
def change_set_filters():
    """change sets by name, state, entity and time, in both orders"""
    def names(sort=None, **filters):
        more = {"Sort": sort} if sort else {}
        return [one["ChangeSetName"] for one in api.list_change_sets(
            Catalog=CATALOG, FilterList=[{"Name": key, "ValueList": value}
                                         for key, value in filters.items()],
            **more)["ChangeSetSummaryList"]]

    assert names(EntityId=[SPOT]) == ["Take Spot Count off the market", "Publish Spot Count",
                                      "New: Spot Count"]
    assert names({"SortBy": "EndTime", "SortOrder": "ASCENDING"}, EntityId=[MINI, FORK]) == [
        "New: Petal Sorter Mini", "Publish Petal Sorter Mini", "New: Tuning Fork",
        "Tuning Fork texts", "Petal Sorter Mini 2.0"]
    assert names(ChangeSetName=["New: Spot Count"], Status=["FAILED"]) == []
    started = api.list_change_sets(Catalog=CATALOG, FilterList=[
        {"Name": "ChangeSetName", "ValueList": ["Publish Spot Count"]}])["ChangeSetSummaryList"][0]
    assert names(EntityId=[SPOT], BeforeStartTime=[started["StartTime"]]) == ["New: Spot Count"]
    assert names(EntityId=[SPOT], AfterEndTime=[started["EndTime"]])[0].startswith("Take Spot")
    # Older than 90 days: no longer listed.
    assert "New: Petal Sorter" not in names(EntityId=[PETAL])
    for bad in ({"Colour": ["red"]}, {"AfterEndTime": ["yesterday"]}):
        fails("ValidationException", names, status=422, text="FilterList[0]", **bad)
    fails("ValidationException", names, {"SortBy": "Colour"}, status=422, EntityId=[SPOT])


@case
def default_name():
    """a set without a name is called after who sent it"""
    change_set = seller.start([change("CreateProduct", ML, {})])
    assert seller.wait(change_set)["ChangeSetName"] == f"Submitted by {SELLER}"


@case
def batch():
    """BatchDescribeEntities: documents of those found, errors of the others"""
    found = api.batch_describe_entities(EntityRequestList=[
        {"Catalog": CATALOG, "EntityId": one} for one in (PETAL, PETAL_OFFER, "prod-nothing000000")])
    assert set(found["EntityDetails"]) == {PETAL, PETAL_OFFER}
    assert found["EntityDetails"][PETAL]["DetailsDocument"] == seller.doc(PETAL)
    assert "Details" not in found["EntityDetails"][PETAL]
    assert found["Errors"]["prod-nothing000000"]["ErrorCode"] == "ResourceNotFoundException"


@case
def strangers():
    """others see nothing of it, and what is not there is not found"""
    other = Seller(server, "buyer")
    assert other.list() == [] and other.list("Offer") == []
    fails("ResourceNotFoundException", other.entity, PETAL, status=404)
    fails("ResourceNotFoundException", seller.entity, "prod-nothing000000", status=404)
    fails("ResourceNotSupportedException", seller.entity, "offerset-abcdef", status=415)
    done = api.list_change_sets(Catalog=CATALOG)["ChangeSetSummaryList"][0]["ChangeSetId"]
    fails("ResourceNotFoundException", other.describe, done, status=404)
    fails("ResourceNotFoundException", seller.describe, "x" * 25, status=404)
    fails("SignatureDoesNotMatch", server.client("marketplace-catalog", "seller", "eu-west-1")
          .list_entities, Catalog=CATALOG, EntityType="Offer", status=403)


@case
def tags():
    """tags of entities and sets; entities are tagged while they are made"""
    making = change("CreateProduct", ML, {"ProductTitle": "Tagged"})
    making["EntityTags"] = [{"Key": "cost", "Value": "42"}]
    one, = seller.succeed(making)
    arn = seller.entity(one)["EntityArn"]
    api.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "blue"},
                                            {"Key": "cost", "Value": "43"}])
    assert api.list_tags_for_resource(ResourceArn=arn)["Tags"] == [
        {"Key": "cost", "Value": "43"}, {"Key": "team", "Value": "blue"}]
    api.untag_resource(ResourceArn=arn, TagKeys=["cost"])
    assert [tag["Key"] for tag in api.list_tags_for_resource(ResourceArn=arn)["Tags"]] == ["team"]
    fails("ValidationException", api.tag_resource, status=422, text="200", ResourceArn=arn,
          Tags=[{"Key": f"k{number}", "Value": ""} for number in range(200)])
    fails("ResourceNotFoundException", api.list_tags_for_resource, status=404,
          ResourceArn=arn.replace(one, "prod-nothing000000"))


@case
def policies():
    """a resource policy shares an entity with another account"""
    arn = seller.entity(SHADE)["EntityArn"]
    fails("ResourceNotFoundException", api.get_resource_policy, status=404, ResourceArn=arn)
    fails("ValidationException", api.put_resource_policy, status=422, ResourceArn=arn, Policy="{}")
    policy = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{BUYER}:root"},
         "Action": "aws-marketplace:DescribeEntity", "Resource": arn}]})
    api.put_resource_policy(ResourceArn=arn, Policy=policy)
    assert api.get_resource_policy(ResourceArn=arn)["Policy"] == policy
    other = Seller(server, "buyer")
    assert [one["EntityId"] for one in other.list(OwnershipType="SHARED")] == [SHADE]
    assert other.list(OwnershipType="SELF") == [] and other.entity(SHADE)
    api.delete_resource_policy(ResourceArn=arn)
    assert other.list(OwnershipType="SHARED") == []
    fails("ResourceNotFoundException", api.put_resource_policy, status=404, Policy=policy,
          ResourceArn=arn.replace(SHADE, "prod-nothing000000"))


@case
def shop():
    """what is published is found by the buyer, a Limited product only by its tester"""
    one = seller.succeed(*new_listing("Shelf warmer"))[0]
    assert find(server, "shelf-warmer", "tester")
    try:
        find(server, "shelf-warmer")
        raise AssertionError("a Limited product is found by a stranger")
    except AssertionError as error:
        assert "is not found" in str(error), error
    seller.succeed(product("UpdateVisibility", {"TargetVisibility": "Public"}, one))
    assert find(server, "shelf-warmer")["listingName"] == "Shelf warmer"
    assert wait_for(lambda: find(server, "petal-sorter"), "the seeded product")


run()
