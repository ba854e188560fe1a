#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Marketplace Catalog: what StartChangeSet refuses at once, and why."""

import copy
import json

from catalog import (CATALOG, ML, OFFER, PETAL, PETAL_OFFER, SPOT, Seller, change, delivery,
                     information, new_listing, new_offer, offer, package, pricing, product, rates)
from harness import Server, case, fails, find, need_models, run

need_models()
server = Server()
seller = Seller(server)
MISSING = "prod-nothing000000"


def refused(*changes, code="ValidationException", status=422, text=None, **more):
    return fails(code, seller.start, list(changes), status=status, text=text, **more)


def without(details, *path):
    """@details without the member at the end of @path."""
    details = copy.deepcopy(details)
    at = details
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return details


def having(details, value, *path):
    details = copy.deepcopy(details)
    at = details
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return details


@case
def product_shapes():
    """details of a product's changes outside their shape: 422 with the member's path"""
    info = information()
    texts = (("ProductTitle", 72), ("ShortDescription", 1000), ("LongDescription", 5000),
             ("SupportDescription", 2000))
    for member, length in texts:
        path = member[0].lower() + member[1:]
        for bad in ("x" * (length + 1), " leading", "", 7):
            refused(product("UpdateInformation", having(info, bad, member), PETAL), text=f"'{path}'")
        seller.succeed(product("UpdateInformation", {member: "x" * length}, SPOT))
    for member, bad in (("Sku", ""), ("Sku", "x" * 5001), ("LogoUrl", "http://example.com/a.png"),
                        ("LogoUrl", "https://" + "x" * 2048), ("VideoUrls", ["https://a.example.com"] * 2),
                        ("Highlights", []), ("Highlights", ["a"] * 4), ("Highlights", ["x" * 501]),
                        ("AdditionalResources", [{"Text": "a", "Url": "https://example.com"}] * 4),
                        ("AdditionalResources", [{"Text": "a"}]),
                        ("AdditionalResources", [{"Text": "a", "Url": "ftp://example.com"}]),
                        ("Categories", []), ("Categories", ["Text"] * 4), ("SearchKeywords", []),
                        ("SearchKeywords", ["a"] * 16), ("SearchKeywords", ["x" * 51]),
                        ("AssociatedProducts", []), ("Colour", "red")):
        refused(product("UpdateInformation", having(info, bad, member), PETAL),
                text=f"'{member[0].lower()}{member[1:]}")
    refused(product("UpdateInformation", having(info, "a\x0bb", "LongDescription"), PETAL),
            text="control characters")
    refused(change("CreateProduct", ML, {"ProductTitle": "x" * 73}), text="'productTitle'")
    refused(product("UpdateTargeting", {}, PETAL), text="'positiveTargeting'")
    for bad in (["12345"], ["1" * 12] * 101):
        refused(product("UpdateTargeting", {"PositiveTargeting": {"BuyerAccounts": bad}}, PETAL),
                text="'positiveTargeting.buyerAccounts")
    refused(product("UpdateVisibility", {"TargetVisibility": "Restricted",
                                         "ReplacementProductId": "prod-1"}, PETAL),
            text="'replacementProductId'")
    refused(product("ReleaseProduct", {"Now": True}, PETAL), text="'now'")
    refused(product("RestrictDeliveryOptions", {"DeliveryOptionIds": ["a"] * 51}, PETAL),
            text="'deliveryOptionIds'")


@case
def version_shapes():
    """details of versions outside their shape"""
    good = delivery()
    kind = "SageMakerModelPackageDeliveryOptionDetails"
    inner = ("DeliveryOptions", 0, "Details", kind)
    required = ("SageMakerModelPackageArn", "AccessRoleArn", "UsageInstructions",
                "SampleNotebookUrl", "RepositoryUrl", "InputProperties", "OutputProperties",
                "RecommendedInstanceTypes")
    for member in required:
        refused(product("AddDeliveryOptions", without(good, *inner, member), PETAL),
                text=f"{member[0].lower()}{member[1:]}'")
    for member in ("VersionTitle", "ReleaseNotes"):
        refused(product("AddDeliveryOptions", without(good, "Version", member), PETAL),
                text=f"'version.{member[0].lower()}{member[1:]}'")
    parameter = {"Name": "text", "Description": "Text"}
    for bad, *path in ((package("x").replace("model-package", "algorithm"),
                        "SageMakerModelPackageArn"),
                       ("arn:aws:iam::444455556666:role/a/b", "AccessRoleArn"),
                       ("x" * 10001, "UsageInstructions"),
                       ("http://example.com/a", "SampleNotebookUrl"),
                       ("https://example.com/" + "x" * 2000, "RepositoryUrl"),
                       ("x" * 1001, "InputProperties", "Limitations"),
                       ([parameter] * 36, "InputProperties", "Parameters"),
                       ([{"Name": "é", "Description": "a"}], "InputProperties", "Parameters"),
                       ([{**parameter, "Required": "yes"}], "InputProperties", "Parameters"),
                       ([{**parameter, "Constraints": "x" * 1501}], "InputProperties",
                        "SageMakerCustomAttributes"),
                       ([{**parameter, "Required": True}], "OutputProperties", "Parameters"),
                       ({"RealtimeInferenceUrl": "ftp://a"}, "OutputProperties", "SampleOutput"),
                       ([], "OutputProperties", "SampleOutput"),
                       ("ml m5", "RecommendedInstanceTypes", "BatchTransform"),
                       ("ml.m5.large", "RecommendedInstanceTypes", "Training")):
        details = copy.deepcopy(good)
        refused(product("AddDeliveryOptions", having(details, bad, *inner, *path), PETAL),
                text=path[-1][0].lower() + path[-1][1:])
    two = good["DeliveryOptions"] * 2
    refused(product("AddDeliveryOptions", {**good, "DeliveryOptions": two}, PETAL),
            text="'deliveryOptions'")
    both = {kind: {}, "SageMakerAlgorithmDeliveryOptionDetails": {}}
    refused(product("AddDeliveryOptions", {**good, "DeliveryOptions": [{"Details": both}]}, PETAL),
            text="exactly one")
    refused(product("UpdateDeliveryOptions", {"DeliveryOptions": [{"Id": "x", "Details": {
        kind: {"AccessRoleArn": "x"}}}]}, PETAL), text="accessRoleArn")


@case
def offer_shapes():
    """details of an offer's changes outside their shape"""
    def no(kind, details, text):
        refused(change(kind, OFFER, details, PETAL_OFFER), text=text)

    for bad in ("a<b", "a\\b", "x" * 151, ""):
        no("UpdateInformation", {"Name": bad}, "'name'")
    no("UpdateInformation", {"Description": "x" * 256}, "'description'")
    no("UpdateInformation", {"PreExistingAgreement": {"AcquisitionChannel": "Moon",
                                                      "PricingModel": "Usage"}}, "enum value set")
    no("UpdateTargeting", {"PositiveTargeting": {"BuyerAccounts": []}}, "buyerAccounts'")
    no("UpdateTargeting", {"PositiveTargeting": {"BuyerAccounts": ["1" * 12] * 27}},
       "buyerAccounts'")
    no("UpdateTargeting", {"NegativeTargeting": {"CountryCodes": ["USA"]}}, "countryCodes")
    no("UpdatePricingTerms", {"PricingModel": "Usage", "Terms": []}, "'terms'")
    no("UpdatePricingTerms", pricing(model="Gift"), "'pricingModel'")
    for bad in ("1.123456789", "-1", "1e3", "100000001", "", 1.5):
        no("UpdatePricingTerms", pricing(rates(price=bad)), "price'")
    no("UpdatePricingTerms", having(pricing(), [], "Terms", 0, "RateCards"), "Terms[0]")
    no("UpdatePricingTerms", having(pricing(), "Moon", "Terms", 0, "Type"), "Terms[0].Type")
    no("UpdatePricingTerms", having(pricing(), "usd", "Terms", 0, "CurrencyCode"), "currencyCode")
    no("UpdatePricingTerms", having(pricing(days="P14D"), "14 days", "Terms", 1, "Duration"),
       "duration'")
    no("UpdatePricingTerms", having(pricing(days="P14D"), 0, "Terms", 1, "Grants", 0,
                                    "MaxQuantity"), "maxQuantity'")
    no("UpdateLegalTerms", {"Terms": []}, "'terms'")
    no("UpdateLegalTerms", {"Terms": [{"Type": "LegalTerm", "Documents": [{"Type": "Poem"}]}]},
       "enum value set")
    for bad in ("x" * 501, " a", "a ", "naïve"):
        no("UpdateSupportTerms", {"Terms": [{"Type": "SupportTerm", "RefundPolicy": bad}]},
           "refundPolicy'")
    no("UpdateAvailability", {"AvailabilityEndDate": "tomorrow"}, "'availabilityEndDate'")
    no("UpdateValidityTerms", {"Terms": [{"Type": "ValidityTerm", "AgreementDuration": "P"}]},
       "agreementDuration'")
    no("UpdatePaymentScheduleTerms", {"Terms": [
        {"Type": "PaymentScheduleTerm", "CurrencyCode": "USD", "Schedule": [
            {"ChargeDate": "2099-01-01", "ChargeAmount": "1.123"}]}]}, "chargeAmount'")
    no("UpdateCustomerVerificationTerms", {"Terms": [
        {"Type": "CustomerVerificationTerm", "ApprovalStrategy": "Coin"}]}, "approvalStrategy'")
    no("UpdateRenewalTerms", {"Terms": [{"Type": "SupportTerm"}]}, "type'")
    no("UpdateMarkup", {}, "'percentage'")
    no("ReleaseOffer", {"Name": "a"}, "'name'")
    refused(change("CreateOffer", OFFER, {"Name": "a"}), text="'productId'")
    seller.succeed(change("UpdateSupportTerms", OFFER, {"Terms": [
        {"Type": "SupportTerm", "RefundPolicy": "€ no, £5 yes™".replace("€ ", "")}]}, PETAL_OFFER))


@case
def sets():
    """the set as a whole: how many, which types, names, details, identifiers"""
    make = change("CreateProduct", ML, {})
    refused(*[make] * 21, text="less than or equal to 20")
    refused(change("AddRegions", ML, {}, PETAL), text="ChangeSet[0].ChangeType")
    refused(change("ReleaseOffer", ML, {}, PETAL), text="ChangeSet[0].ChangeType")
    refused(change("CreateProduct", "MachineLearningProduct", {}), text="ChangeSet[0].Entity.Type")
    refused(change("CreateProduct", "Boat@1.0", {}), text="Boat@1.0")
    refused(change("CreateProduct", ML, {}, PETAL), text="takes no identifier")
    refused({**make, "ChangeName": "One1"}, text="changeName")
    refused({**make, "ChangeName": "One"}, {**make, "ChangeName": "One"}, text="twice")
    refused(make, {**product("ReleaseProduct", {}), "EntityTags": [{"Key": "a", "Value": "b"}]},
            text="ChangeSet[1].EntityTags")
    refused(product("ReleaseProduct", {}), text="$CreateProductChange")
    refused(offer("ReleaseOffer", {}, "$Nobody.Entity.Identifier"), text="$Nobody")
    refused({**make, "ChangeName": "Made"},
            change("ReleaseOffer", OFFER, {}, "$Made.Entity.Identifier"), text="ChangeSet[1].Entity")
    refused(*new_offer("$CreateOfferChange.Entity.Identifier"), code="ResourceNotFoundException",
            status=404)
    bare = {key: value for key, value in make.items() if key != "DetailsDocument"}
    refused(bare, text="Details")
    refused({**make, "Details": "{}"}, text="Details")
    refused({**bare, "Details": "{oops}"}, text="ChangeSet[0].Details")
    refused({**change("ReleaseProduct", ML, {}), "ChangeName": "A"}, text="needs an identifier")
    fails("ResourceNotFoundException", seller.api.start_change_set, status=404, Catalog="Other",
          ChangeSet=[make])
    long_name = "N" * 72
    seller.succeed({**bare, "Details": '{"ProductTitle": "By text"}', "ChangeName": long_name},
                   product("UpdateInformation", information("By text"),
                           f"${long_name}.Entity.Identifier"))


@case
def repeats():
    """a change type once for each entity; UpdateVisibility alone"""
    sku = product("UpdateInformation", {"Sku": "a"}, PETAL)
    refused(sku, sku, text="UpdateInformation is there twice")
    refused(sku, product("UpdateVisibility", {"TargetVisibility": "Limited"}, PETAL),
            text="must be the only change")
    seller.succeed(sku, change("UpdateInformation", OFFER, {"Description": "a"}, PETAL_OFFER))


@case
def entities():
    """unknown, foreign and mistaken entities"""
    refused(product("UpdateInformation", {"Sku": "a"}, MISSING), code="ResourceNotFoundException",
            status=404, text=MISSING)
    refused(change("ReleaseOffer", OFFER, {}, PETAL), text="is a MachineLearningProduct")
    fails("AccessDeniedException", Seller(server, "buyer").start,
          [product("UpdateInformation", {"Sku": "a"}, PETAL)], status=403)
    refused(*new_offer(MISSING), code="ResourceNotFoundException", status=404)
    refused(*new_offer(PETAL_OFFER), code="ResourceNotFoundException", status=404)
    foreign = find(server, "iris-classifier")["associatedEntities"][0]["product"]["productId"]
    refused(*new_offer(foreign), code="AccessDeniedException", status=403, text=foreign)
    fails("AccessDeniedException", Seller(server, "tester").start, new_offer(PETAL), status=403)
    refused(change("CreateReplacementOffer", OFFER, {"AgreementId": "agmt-none", "Name": "a"}),
            code="ResourceNotFoundException", status=404)


@case
def revisions():
    """a revision may be named; a stale one is refused, and the newest told"""
    now = seller.revision(SPOT)
    seller.succeed(product("UpdateInformation", {"Sku": "r"}, f"{SPOT}@{now}"))
    refused(product("UpdateInformation", {"Sku": "s"}, f"{SPOT}@{now}"), text=f"{SPOT}@{now + 1}")
    refused(product("UpdateInformation", {"Sku": "s"}, f"{SPOT}@{now + 5}"),
            text=f"{SPOT}@{now + 1}")


@case
def tokens():
    """a token once more gives the first set; with another body it is refused"""
    changes = [change("CreateProduct", ML, {"ProductTitle": "Once"})]
    first = seller.start(changes, ClientRequestToken="token-1")
    assert seller.start(changes, ClientRequestToken="token-1") == first
    seller.wait(first)
    assert seller.start(changes, ClientRequestToken="token-1") == first
    found = seller.list(EntityTypeFilters={"MachineLearningProductFilters": {
        "ProductTitle": {"ValueList": ["Once"]}}})
    assert len(found) == 1, found
    refused(change("CreateProduct", ML, {"ProductTitle": "Twice"}), ClientRequestToken="token-1",
            text=first)
    refused(*changes, ClientRequestToken="token-1", ChangeSetName="Other", text=first)
    other = Seller(server, "buyer").start(changes, ClientRequestToken="token-1")
    assert other != first


@case
def replacement():
    """an offer that replaces an agreement is for the other party of it"""
    from harness import BUYER, subscribe

    agreement, _ = subscribe(server, "petal-sorter")
    one = seller.succeed(change("CreateReplacementOffer", OFFER,
                                {"AgreementId": agreement, "Name": "Next year"}))[0]
    found = seller.list("Offer", EntityTypeFilters={"OfferFilters": {
        "TargetAgreementId": {"ValueList": [agreement]}, "State": {"ValueList": ["Draft"]},
        "TargetAgreementIntent": {"ValueList": ["Renew"]}}})
    assert [entity["EntityId"] for entity in found] == [one]
    assert found[0]["OfferSummary"]["BuyerAccounts"] == [BUYER]
    fails("AccessDeniedException", Seller(server, "tester").start, [change(
        "CreateReplacementOffer", OFFER, {"AgreementId": agreement, "Name": "a"})], status=403)


@case
def intents():
    """VALIDATE for AddDeliveryOptions alone, and it changes nothing"""
    refused(product("UpdateInformation", {"Sku": "a"}, PETAL), Intent="VALIDATE",
            text="UpdateInformation")
    refused(*new_listing(), Intent="VALIDATE", text="not supported")
    before = seller.entity(PETAL)
    add = product("AddDeliveryOptions", delivery(package("meadow-sorter-v1"), "3.0"), PETAL)
    assert seller.fail(add, Intent="VALIDATE") == {
        "AddDeliveryOptions": ["UPDATE_PRICING_REQUIRED"]}
    shade = product("AddDeliveryOptions", delivery(package("spot-count-v1"), "0.9", **{
        "RecommendedInstanceTypes": {"RealtimeInference": "ml.c5.xlarge"}}), None)
    making = seller.succeed(change("CreateProduct", ML, {}))[0]
    shade["Entity"]["Identifier"] = making
    done = seller.wait(seller.start([shade], Intent="VALIDATE"))
    assert done["Status"] == "SUCCEEDED" and done["Intent"] == "VALIDATE", done
    assert seller.doc(making)["Versions"] == [] and seller.revision(making) == 1
    assert seller.entity(PETAL) | {"ResponseMetadata": 0} == before | {"ResponseMetadata": 0}


@case
def odd_bodies():
    """deep and strange details are answered, not feared"""
    deep = "x"
    for _ in range(60):
        deep = {"a": deep}
    for details in ({"Terms": "x"}, {"Terms": [1]}, {"Terms": {"a": 1}}, {"PricingModel": []}, deep):
        refused(change("UpdatePricingTerms", OFFER, details, PETAL_OFFER))
        refused(product("AddDeliveryOptions", details, PETAL))
    for text in ("[]", "null", '""', "{" * 200, '{"a"', '{"ProductTitle": null} x'):
        refused({"ChangeType": "CreateProduct", "Entity": {"Type": ML}, "Details": text})
    assert json.loads(seller.entity(PETAL)["Details"])["Description"]


run()
