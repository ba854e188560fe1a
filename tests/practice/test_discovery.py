#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Discovery: search, filters, facets, pages, listings, versions, offers and terms."""

import datetime
import re

from harness import BUYER, Server, case, fails, find, need_models, offer_terms, run

need_models()
server = Server()
discovery = server.client("marketplace-discovery")


def pages(call, member, **arguments):
    items, token = [], {}
    while True:
        page = call(**arguments, **token)
        items += page[member]
        if "nextToken" not in page:
            return items
        token = {"nextToken": page["nextToken"]}


def search(text=None, **filters):
    arguments = {"searchText": text} if text else {}
    if filters:
        arguments["filters"] = [{"filterType": name, "filterValues": values}
                                for name, values in filters.items()]
    return pages(discovery.search_listings, "listingSummaries", maxResults=100, **arguments)


EVERYTHING = search(FULFILLMENT_OPTION_TYPE=["SAGEMAKER_MODEL", "SAGEMAKER_ALGORITHM"])


@case
def everything():
    """at least 60 listings, each with what the model requires"""
    assert len(EVERYTHING) >= 60
    assert len({one["listingId"] for one in EVERYTHING}) == len(EVERYTHING)
    for one in EVERYTHING:
        assert one["listingId"].startswith("prodview-") and one["catalog"] == "AWSMarketplace"
        assert one["publisher"]["displayName"] and one["categories"] and one["pricingModels"]
        assert one["associatedEntities"][0]["product"]["productId"].startswith("prod-")
        for source in one["reviewSummary"]["reviewSourceSummaries"]:
            assert re.fullmatch(r"[0-5]\.\d", source["averageRating"]) and source["totalReviews"] > 0


@case
def text():
    """text finds by title, publisher and keyword, the title first; nonsense finds nothing"""
    assert search("iris")[0]["listingName"] == "Iris Classifier"
    assert search("IRIS class")[0]["listingName"] == "Iris Classifier"
    publisher = EVERYTHING[5]["publisher"]["displayName"]
    assert publisher in [one["publisher"]["displayName"] for one in search(publisher)]
    assert search("qwertyuiopzxcvb") == []
    assert discovery.search_listings(searchText="qwertyuiopzxcvb")["totalResults"] == 0


@case
def filters():
    """filters: OR inside one, AND between them"""
    models = search(FULFILLMENT_OPTION_TYPE=["SAGEMAKER_MODEL"])
    algorithms = search(FULFILLMENT_OPTION_TYPE=["SAGEMAKER_ALGORITHM"])
    assert models and algorithms and len(models) + len(algorithms) == len(EVERYTHING)
    free = search(PRICING_MODEL=["FREE"])
    assert free and all(one["pricingModels"][0]["pricingModelType"] == "FREE" for one in free)
    both = search(PRICING_MODEL=["FREE"], FULFILLMENT_OPTION_TYPE=["SAGEMAKER_MODEL"])
    assert {one["listingId"] for one in both} == {one["listingId"] for one in free} & {
        one["listingId"] for one in models}
    assert len(search(PRICING_MODEL=["FREE", "CONTRACT"])) > len(free)
    seller = EVERYTHING[0]["publisher"]["sellerProfileId"]
    assert all(one["publisher"]["sellerProfileId"] == seller for one in search(PUBLISHER=[seller]))
    category = EVERYTHING[0]["categories"][0]["categoryId"]
    assert EVERYTHING[0]["listingId"] in [one["listingId"] for one in search(CATEGORY=[category])]
    assert len(search(DEPLOYED_ON_AWS=["DEPLOYED"])) == len(EVERYTHING)
    assert search(DEPLOYED_ON_AWS=["NOT_DEPLOYED"]) == []
    assert search(FULFILLMENT_OPTION_TYPE=["SAAS"]) == []
    good = search(MIN_AVERAGE_CUSTOMER_RATING=["4.5"])
    assert good and all(float(one["reviewSummary"]["reviewSourceSummaries"][0]["averageRating"])
                        >= 4.5 for one in good)
    for bad in (["six"], ["7"], ["1", "2"]):
        answer = fails("ValidationException", discovery.search_listings, status=400,
                       filters=[{"filterType": "MIN_AVERAGE_CUSTOMER_RATING",
                                 "filterValues": bad}])
        assert answer["reason"] == "MALFORMED_REQUEST_PARAMETERS", answer
    fails("ValidationException", server.client("marketplace-discovery", validate=False).search_listings,
          filters=[{"filterType": "COLOUR", "filterValues": ["red"]}])


@case
def sort():
    """sorted by rating, both ways"""
    for order in ("DESCENDING", "ASCENDING"):
        found = pages(discovery.search_listings, "listingSummaries", maxResults=100,
                      sortBy="AVERAGE_CUSTOMER_RATING", sortOrder=order)
        ratings = [float(one["reviewSummary"]["reviewSourceSummaries"][0]["averageRating"])
                   for one in found if one["reviewSummary"]["reviewSourceSummaries"]]
        assert ratings == sorted(ratings, reverse=order == "DESCENDING")


@case
def paging():
    """pages join without a gap; a token is good for its question and Region only"""
    joined = pages(discovery.search_listings, "listingSummaries", maxResults=7)
    whole = pages(discovery.search_listings, "listingSummaries", maxResults=100)
    assert [one["listingId"] for one in joined] == [one["listingId"] for one in whole]
    token = discovery.search_listings(maxResults=7)["nextToken"]
    west = server.client("marketplace-discovery", region="us-west-2")
    for call, arguments in ((discovery.search_listings, {"searchText": "a", "nextToken": token}),
                            (west.search_listings, {"maxResults": 7, "nextToken": token}),
                            (discovery.search_listings, {"nextToken": "bm9uc2Vuc2U="})):
        answer = fails("ValidationException", call, status=400, **arguments)
        assert answer["reason"] == "INVALID_PAGINATION_TOKEN"


@case
def facets():
    """facets count what their filter would find"""
    answer = discovery.search_facets()
    assert answer["totalResults"] == len(EVERYTHING)
    names = {"AVERAGE_CUSTOMER_RATING", "CATEGORY", "PUBLISHER", "FULFILLMENT_OPTION_TYPE",
             "PRICING_MODEL", "PRICING_UNIT", "DEPLOYED_ON_AWS", "NUMBER_OF_PRODUCTS"}
    assert set(answer["listingFacets"]) == names
    for name in ("PRICING_MODEL", "FULFILLMENT_OPTION_TYPE", "PRICING_UNIT"):
        for facet in answer["listingFacets"][name]:
            assert len(search(**{name: [facet["value"]]})) == facet["count"], facet
    for facet in answer["listingFacets"]["CATEGORY"][:6]:
        assert len(search(CATEGORY=[facet["value"]])) == facet["count"], facet
    assert any("parent" in facet for facet in answer["listingFacets"]["CATEGORY"])
    only = discovery.search_facets(searchText="iris", facetTypes=["PUBLISHER"])
    assert set(only["listingFacets"]) == {"PUBLISHER"}
    assert only["totalResults"] == len(search("iris"))


@case
def listing():
    """a listing has texts, pictures, support and its default offer"""
    one = find(server, "iris-classifier")
    assert one["longDescription"] and one["highlights"] and one["resources"]
    entity = one["associatedEntities"][0]
    assert entity["offer"]["offerId"].startswith("offer-")
    for url in [one["logoThumbnailUrl"]] + [media["embeddedImage"]["url"]
                                            for media in one["promotionalMedia"]]:
        assert url.startswith(server.endpoint)
        status, body, headers = server.http("GET", url.removeprefix(server.endpoint))
        assert status == 200 and headers["Content-Type"].startswith("image/") and len(body) > 100
    fails("ResourceNotFoundException", discovery.get_listing, listingId="prodview-none", status=404)


@case
def product():
    """GetProduct tells the same product"""
    product_id = find(server, "palette")["associatedEntities"][0]["product"]["productId"]
    one = discovery.get_product(productId=product_id)
    assert one["productName"] == "Palette" and one["deployedOnAws"] == "DEPLOYED"
    fails("ResourceNotFoundException", discovery.get_product, productId="prod-none", status=404)


@case
def versions():
    """one fulfillment option per version, with usage and samples, no ARN"""
    product_id = find(server, "iris-classifier")["associatedEntities"][0]["product"]["productId"]
    options = pages(discovery.list_fulfillment_options, "fulfillmentOptions",
                    productId=product_id, maxResults=1)
    assert len(options) >= 2 and "arn:" not in str(options)
    newest = options[0]["sageMakerModelFulfillmentOption"]
    assert newest["fulfillmentOptionVersion"] and newest["releaseNotes"]
    assert newest["recommendation"]["recommendedRealtimeInferenceInstanceType"].startswith("ml.")
    url = re.search(r"http://\S+/samples/\S+", newest["usageInstructions"]).group(0)
    status, body, headers = server.http("GET", url.removeprefix(server.endpoint))
    assert status == 200 and headers["Content-Type"] == "text/csv" and body.count(b"\n") >= 4
    fails("ResourceNotFoundException", discovery.list_fulfillment_options, productId="prod-none",
          status=404)


@case
def every_sample():
    """every sample that a listing names is there"""
    seen = 0
    for summary in EVERYTHING:
        one = discovery.get_listing(listingId=summary["listingId"])
        for resource in one["resources"]:
            if "/samples/" in resource["value"]:
                seen += 1
                status, body, _ = server.http("GET", resource["value"].removeprefix(server.endpoint))
                assert status == 200 and body, resource
    assert seen >= 20, seen


@case
def purchase_options():
    """the public offer, and private ones for their buyer only"""
    product_id = find(server, "iris-classifier")["associatedEntities"][0]["product"]["productId"]
    options = discovery.list_purchase_options(
        filters=[{"filterType": "PRODUCT_ID", "filterValues": [product_id]}])["purchaseOptions"]
    assert len(options) == 1 and options[0]["badges"] == []
    private = [{"filterType": "VISIBILITY_SCOPE", "filterValues": ["PRIVATE"]}]
    mine = discovery.list_purchase_options(filters=private)["purchaseOptions"]
    assert mine and all(one["badges"][0]["badgeType"] == "PRIVATE_PRICING" for one in mine)
    assert all(one["expirationTime"] > datetime.datetime.now(datetime.timezone.utc)
               for one in mine)
    tester = server.client("marketplace-discovery", "tester")
    assert tester.list_purchase_options(filters=private)["purchaseOptions"] == []
    fails("ResourceNotFoundException", tester.get_offer, offerId=mine[0]["purchaseOptionId"],
          status=404)
    fails("ValidationException", discovery.list_purchase_options, status=400,
          filters=[{"filterType": "PURCHASE_OPTION_TYPE", "filterValues": ["OFFER"]}])


@case
def offers():
    """an offer has its proposal and all its terms, page by page"""
    one = find(server, "iris-classifier")
    offer_id = one["associatedEntities"][0]["offer"]["offerId"]
    offer = discovery.get_offer(offerId=offer_id)
    assert re.fullmatch(r"(at-|ap-)[A-Za-z0-9]+", offer["agreementProposalId"])
    assert offer["pricingModel"]["pricingModelType"] == "FREE"
    terms = pages(discovery.get_offer_terms, "offerTerms", offerId=offer_id, maxResults=1)
    kinds = {next(iter(term)) for term in terms}
    assert {"legalTerm", "supportTerm", "validityTerm", "usageBasedPricingTerm"} <= kinds
    assert terms == offer_terms(server, offer_id)
    for term in terms:
        for document in term.get("legalTerm", {}).get("documents", []):
            assert server.http("GET", document["url"].removeprefix(server.endpoint))[0] == 200
    fails("ResourceNotFoundException", discovery.get_offer_terms, offerId="offer-none", status=404)


@case
def prices():
    """every pricing model has the terms it needs"""
    kinds = {"FREE": 0, "USAGE": 0, "CONTRACT": 0}
    trials = 0
    for summary in EVERYTHING:
        offer_id = discovery.get_listing(
            listingId=summary["listingId"])["associatedEntities"][0]["offer"]["offerId"]
        terms = {next(iter(term)): next(iter(term.values()))
                 for term in offer_terms(server, offer_id)}
        kind = summary["pricingModels"][0]["pricingModelType"]
        kinds[kind] += 1
        trials += "freeTrialPricingTerm" in terms
        if kind == "CONTRACT":
            assert float(terms["fixedUpfrontPricingTerm"]["price"]) > 0 and "renewalTerm" in terms
            continue
        rates = terms["usageBasedPricingTerm"]["rateCards"][0]["rateCard"]
        assert rates and all(re.fullmatch(r"\d+\.\d{2,8}", rate["price"]) for rate in rates)
        assert all(re.search(r"(\.m\.i\.[rb]|\.a\.t|^m\.i\.c)$", rate["dimensionKey"])
                   for rate in rates)
        assert (kind == "FREE") == all(float(rate["price"]) == 0 for rate in rates), summary
    assert all(kinds.values()) and trials >= 5, kinds


@case
def pages_for_people():
    """a listing's page is there, and missing things are 404"""
    one = find(server, "iris-classifier")
    status, body, _ = server.http("GET", f"/marketplace/{one['listingId']}")
    assert status == 200 and b"Iris Classifier" in body
    for path in ("/marketplace/none", "/pictures/none.png", "/samples/palette/iris-4.csv",
                 "/eula/none.txt", "/samples/../catalogue.json", f"/configure/{BUYER}/prod-none"):
        assert server.http("GET", path)[0] == 404, path


run()
