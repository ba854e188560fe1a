#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Marketplace Catalog: every fault of a product's changes that AWS tells later, on the change
that is guilty."""

from catalog import (FORK, MINI, ML, PETAL, PETAL_OFFER, SHADE, SPOT, Seller, bmp, change, delivery,
                     information, new_listing, new_product, offer, package, png, pricing, product,
                     rates)
from harness import BUYER, SELLER, Server, case, need_models, run

need_models()
server = Server()
seller = Seller(server)


def information_code(code, **members):
    before = seller.entity(PETAL)["EntityIdentifier"]
    found = seller.fail(product("UpdateInformation", members, PETAL))
    assert set(found["UpdateInformation"]) == {code}, found
    assert seller.entity(PETAL)["EntityIdentifier"] == before


@case
def create():
    """CreateProduct: INVALID_INPUT for words that do not suit"""
    assert seller.fail(change("CreateProduct", ML, {"ProductTitle": "Lorem ipsum"})) == {
        "CreateProduct": ["INVALID_INPUT"]}


@case
def texts():
    """UpdateInformation: INVALID_INPUT for trademark signs, words and keywords together"""
    information_code("INVALID_INPUT", ShortDescription="Sorts Petals ™ fast.")
    information_code("INVALID_INPUT", Highlights=["Fast", "Works with Cloud ®"])
    information_code("INVALID_INPUT", LongDescription="Words TBD")
    information_code("INVALID_INPUT", SearchKeywords=["x" * 49 + str(one) for one in range(6)])
    seller.succeed(product("UpdateInformation", {
        "ShortDescription": "Sorts Petals™ fast.",
        "SearchKeywords": ["x" * 49 + str(one) for one in range(5)]}, PETAL))


@case
def missing():
    """UpdateInformation: MISSING_DATA names what a draft lacks"""
    draft = change("CreateProduct", ML, {}, name="CreateProductChange")
    for member in ("ProductTitle", "ShortDescription", "LongDescription", "LogoUrl", "Highlights",
                   "AdditionalResources", "SupportDescription", "Categories", "SearchKeywords"):
        details = information()
        del details[member]
        found = seller.wait(seller.start([draft, product("UpdateInformation", details)]))
        error, = found["ChangeSet"][1]["ErrorDetailList"]
        assert error["ErrorCode"] == "MISSING_DATA" and member in error["ErrorMessage"], found


@case
def lists():
    """UpdateInformation: INVALID_CATEGORY_NAMES, INVALID_ADDITIONAL_RESOURCES"""
    information_code("INVALID_CATEGORY_NAMES", Categories=["Boats"])
    information_code("INVALID_CATEGORY_NAMES", Categories=["Text", "Text"])
    link = {"Text": "Guide", "Url": "https://example.com/guide"}
    information_code("INVALID_ADDITIONAL_RESOURCES", AdditionalResources=[link, link])
    information_code("INVALID_ADDITIONAL_RESOURCES", AdditionalResources=[
        {"Text": "x" * 480, "Url": "https://example.com/guide"}])


@case
def logos():
    """UpdateInformation: INVALID_MEDIA, InvalidImageProperties, DUPLICATE_MEDIA"""
    information_code("INVALID_MEDIA", LogoUrl="https://logos.example.com/nowhere.png")
    information_code("INVALID_MEDIA", LogoUrl=seller.upload("text.png", b"not a picture"))
    information_code("INVALID_MEDIA", LogoUrl=seller.upload("cut.png", png(200, 200)[:20]))
    information_code("INVALID_MEDIA", LogoUrl=seller.upload(
        "big.png", png(200, 200) + bytes(5 * 1024 * 1024)))
    for width, height in ((119, 119), (641, 641), (200, 150), (120, 240), (640, 119)):
        information_code("InvalidImageProperties",
                         LogoUrl=seller.upload(f"{width}x{height}.png", png(width, height)))
    information_code("InvalidImageProperties",
                     LogoUrl=seller.upload("huge.png", png(30000, 30000, rows=1)))
    information_code("InvalidImageProperties", LogoUrl=seller.upload("logo.bmp", bmp(200, 200)))
    good = seller.upload("good.png", png(640, 320))
    information_code("DUPLICATE_MEDIA", LogoUrl=good, VideoUrls=[good])
    seller.succeed(product("UpdateInformation", {"LogoUrl": good}, PETAL))


@case
def addresses():
    """a logo is found under each form of an object's address, and under its copy's"""
    body = png(120, 120)
    plain = seller.upload("logos/one.png", body)
    bucket, key = plain.split("/")[2].partition(".")[0], "logos/one.png"
    for address in (plain, f"https://{bucket}.s3.amazonaws.com/{key}",
                    f"https://s3.us-east-1.amazonaws.com/{bucket}/{key}",
                    f"https://s3.amazonaws.com/{bucket}/{key}",
                    f"{server.endpoint}/{bucket}/{key}",
                    server.endpoint.replace("http", "https") + f"/{bucket}/{key}",
                    f"{server.endpoint}/pictures/logo/shade-card.png",
                    server.client("s3", "seller").generate_presigned_url(
                        "get_object", Params={"Bucket": bucket, "Key": key})):
        seller.succeed(product("UpdateInformation", {"LogoUrl": address}, PETAL))
    shown = seller.doc(PETAL)["PromotionalResources"]["LogoUrl"]
    seller.succeed(product("UpdateInformation", {"LogoUrl": shown}, PETAL))
    assert seller.doc(PETAL)["PromotionalResources"]["LogoUrl"] == shown
    server.client("s3", "seller").delete_object(Bucket=bucket, Key=key)
    status, got, _ = server.http("GET", shown[len(server.endpoint):])
    assert status == 200 and got == body


@case
def targeting():
    """UpdateTargeting: INVALID_PRODUCT_VISIBILITY, INVALID_AWS_ACCOUNT_IDS"""
    def target(identifier, *accounts):
        return seller.fail(product("UpdateTargeting", {
            "PositiveTargeting": {"BuyerAccounts": list(accounts)}}, identifier))["UpdateTargeting"]

    assert target(SPOT, BUYER) == ["INVALID_PRODUCT_VISIBILITY"]
    assert target(SHADE, "000000000000") == ["INVALID_AWS_ACCOUNT_IDS"]
    assert target(SHADE, BUYER, BUYER) == ["INVALID_AWS_ACCOUNT_IDS"]
    assert target(SHADE, "777788889999") == ["INVALID_AWS_ACCOUNT_IDS"]
    seller.succeed(product("UpdateTargeting", {"PositiveTargeting": {"BuyerAccounts": []}}, SHADE))
    assert seller.doc(SHADE)["Targeting"]["PositiveTargeting"]["BuyerAccounts"] == []


@case
def visibility():
    """UpdateVisibility: every code, and every legal move"""
    def move(identifier, **details):
        return product("UpdateVisibility", details, identifier)

    def code(identifier, **details):
        return seller.fail(move(identifier, **details))["UpdateVisibility"]

    assert code(FORK, TargetVisibility="Public") == ["INVALID_PRODUCT_STATE"]
    assert code(PETAL, TargetVisibility="Public") == ["INVALID_TARGET_VISIBILITY"]
    assert code(PETAL, TargetVisibility="Draft") == ["INVALID_TARGET_VISIBILITY"]
    assert code(PETAL, TargetVisibility="") == ["EMPTY_TARGET_VISIBILITY"]
    assert code(PETAL) == ["EMPTY_TARGET_VISIBILITY"]
    for other in (PETAL, FORK, SPOT, "prod-nothing000000"):
        assert code(PETAL, TargetVisibility="Restricted", ReplacementProductId=other) == [
            "INVALID_REPLACEMENT_PRODUCT_ID"]
    assert code(PETAL, TargetVisibility="Limited", ReplacementProductId=SHADE) == [
        "INVALID_REPLACEMENT_PRODUCT_ID"]
    seller.succeed(move(MINI, TargetVisibility="Restricted", ReplacementProductId=PETAL))
    assert seller.doc(MINI)["Description"]["ReplacementProductId"] == PETAL
    for target in ("Limited", "Public", "Limited", "Restricted", "Public"):
        seller.succeed(move(MINI, TargetVisibility=target))
        assert seller.doc(MINI)["Description"]["Visibility"] == target
    assert seller.doc(MINI)["Description"]["ReplacementProductId"] is None


@case
def release():
    """ReleaseProduct: VALIDATION_FAILED lists what is missing"""
    found = seller.wait(seller.start([change("CreateProduct", ML, {}, name="CreateProductChange"),
                                      product("ReleaseProduct", {})]))
    error, = found["ChangeSet"][1]["ErrorDetailList"]
    assert error["ErrorCode"] == "VALIDATION_FAILED", error
    for part in ("Description", "Versions", "Dimensions", "PromotionalResources",
                 "SupportInformation"):
        assert part in error["ErrorMessage"], error
    found = seller.wait(seller.start([product("ReleaseProduct", {}, FORK)]))
    error, = found["ChangeSet"][0]["ErrorDetailList"]
    assert "Versions" in error["ErrorMessage"] and "Description" not in error["ErrorMessage"]
    assert seller.fail(product("ReleaseProduct", {}, SHADE)) == {
        "ReleaseProduct": ["INCOMPATIBLE_PRODUCT_STATUS"]}


def add_codes(arn=None, title="9.0", identifier=PETAL, **more):
    return seller.fail(product("AddDeliveryOptions", delivery(arn, title, **more),
                               identifier))["AddDeliveryOptions"]


@case
def add():
    """AddDeliveryOptions: every code"""
    meadow = package("meadow-sorter-v1")
    assert add_codes(identifier=SPOT) == ["INCOMPATIBLE_PRODUCT_STATUS"]
    assert add_codes(package("shade-card-v1"), "1.0", MINI)[0] == "DUPLICATE_VERSION_TITLE"
    assert add_codes(package("petal-sorter-v1")) == ["DUPLICATE_ASSET"]
    assert add_codes(package("nobody")) == ["ASSET_NOT_FOUND"]
    assert add_codes(package("x", account=BUYER)) == ["INVALID_ASSET_ARN"]
    assert add_codes(package("x", region="mars-1")) == ["INVALID_ASSET_ARN"]
    assert add_codes(package("group/1")) == ["INVALID_ASSET_ARN"]
    assert add_codes(package("petal-sorter-v3-raw")) == ["ASSET_VALIDATION_EXCEPTION"]
    assert add_codes(package("spot-count-v2-beta")) == ["SCAN_ERROR"]
    assert add_codes(meadow) == ["UPDATE_PRICING_REQUIRED"]
    for role in ("trestle-practice-execution", "build-runner", "nobody"):
        codes = add_codes(meadow, AccessRoleArn=f"arn:aws:iam::{SELLER}:role/{role}")
        assert ("INVALID_ACCESS_ROLE" in codes) == (role != "trestle-practice-execution"), codes
    assert add_codes(meadow, AccessRoleArn=f"arn:aws:iam::{BUYER}:role/MarketplaceAccess")[
        0] == "INVALID_ACCESS_ROLE"
    codes = add_codes(meadow, RecommendedInstanceTypes={"RealtimeInference": "ml.t2.medium"})
    assert codes[0] == "INVALID_RECOMMENDED_INSTANCE_TYPE"
    algorithm = f"arn:aws:sagemaker:us-east-1:{SELLER}:algorithm/sorter"
    assert add_codes(algorithm, kind="Algorithm")[0] == "INCOMPATIBLE_DELIVERY_OPTIONS"


@case
def only_the_guilty():
    """what builds on a change that failed is not called guilty"""
    changes = new_listing("Guilty")
    changes[2]["DetailsDocument"] = delivery(package("nobody"))
    assert seller.fail(*changes) == {"AddDeliveryOptions": ["ASSET_NOT_FOUND"]}


@case
def new_prices():
    """new dimensions go through with their prices in the same set"""
    card = rates(("ml.m5.large", "ml.m5.xlarge"), "0.95") + rates(("ml.c5.xlarge",), "2.00")
    for rate in card:
        if ".xlarge" in rate["DimensionKey"] and "m5" in rate["DimensionKey"]:
            rate["Price"] = "1.50"
    add_one = product("AddDeliveryOptions", delivery(package("meadow-sorter-v1"), "3.0"), PETAL)
    assert seller.fail(add_one, offer("UpdatePricingTerms", pricing(card[:4], "P14D"),
                                      PETAL_OFFER)) == {
        "UpdatePricingTerms": ["INVALID_RATE_CARD"] * 2}
    seller.succeed(add_one, offer("UpdatePricingTerms", pricing(card, "P14D"), PETAL_OFFER))


@case
def update():
    """UpdateDeliveryOptions: every code"""
    kind = "SageMakerModelPackageDeliveryOptionDetails"
    versions = seller.doc(PETAL)["Versions"]
    first, second = (version["DeliveryOptions"][0]["Id"] for version in versions[:2])

    def codes(details=None, identifier=PETAL, option=first, **version):
        sent = {"DeliveryOptions": [{"Id": option, "Details": details or {
            kind: {"UsageInstructions": "Send."}}}]}
        if version:
            sent["Version"] = version
        return seller.fail(product("UpdateDeliveryOptions", sent, identifier))[
            "UpdateDeliveryOptions"]

    assert codes(identifier=SPOT) == ["INCOMPATIBLE_PRODUCT_STATUS"]
    assert codes(option=versions[0]["Id"]) == ["INVALID_DELIVERY_OPTION_ID"]
    assert codes({"SageMakerAlgorithmDeliveryOptionDetails": {"UsageInstructions": "x"}}) == [
        "INCOMPATIBLE_DELIVERY_OPTIONS"]
    assert codes({kind: {"RecommendedInstanceTypes": {"BatchTransform": "ml.c5.large"}}}) == [
        "INVALID_RECOMMENDED_INSTANCE_TYPE"]
    assert codes(VersionTitle="2.0") == ["DUPLICATE_VERSION_TITLE"]
    assert codes(VersionTitle="1.1") == ["FIELD_NOT_ALLOWED_TO_CHANGE"]
    assert seller.fail(product("UpdateDeliveryOptions", {"Version": {"ReleaseNotes": "x"}},
                               PETAL)) == {"UpdateDeliveryOptions": ["INVALID_DELIVERY_OPTION_ID"]}
    seller.succeed(product("UpdateDeliveryOptions", {"Version": {"ReleaseNotes": "x"}}, SHADE))
    seller.succeed(product("RestrictDeliveryOptions", {"DeliveryOptionIds": [first]}, PETAL))
    assert codes() == ["INCOMPATIBLE_DELIVERY_OPTION_STATUS"]
    assert second not in str(seller.doc(PETAL)["Versions"][0])


@case
def restrict():
    """RestrictDeliveryOptions: every code"""
    options = [version["DeliveryOptions"][0]["Id"] for version in seller.doc(PETAL)["Versions"]]
    shade = seller.doc(SHADE)["Versions"][0]["DeliveryOptions"][0]["Id"]

    def codes(ids, identifier=PETAL):
        return seller.fail(product("RestrictDeliveryOptions", {"DeliveryOptionIds": ids},
                                   identifier))["RestrictDeliveryOptions"]

    assert codes(options[:1], SPOT) == ["INCOMPATIBLE_PRODUCT_STATUS"]
    assert codes([]) == ["MISSING_DELIVERY_OPTION_IDS"]
    assert codes(["nothing"]) == ["INVALID_DELIVERY_OPTION_IDS"]
    assert codes(options[:1]) == ["INVALID_DELIVERY_OPTION_STATUS"]
    assert codes([shade], SHADE) == ["INVALID_DELIVERY_OPTION_STATUS"]
    assert codes(options[1:]) == ["ALL_DELIVERY_OPTIONS_RESTRICTED"]


@case
def draft_without_prices():
    """a version needs no prices before an offer is released"""
    one = seller.succeed(*new_product("Unpriced", release=False))[0]
    seller.succeed(product("AddDeliveryOptions", delivery(package("meadow-sorter-v1"), "2.0"), one))
    assert len(seller.doc(one)["Dimensions"]) == 6


run()
