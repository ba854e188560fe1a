#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Agreement: quote, accept, entitlement, terms, search, cancel, and what is refused."""

import contextlib
import datetime
import pathlib
import sqlite3

from harness import (BUYER, SELLER, Server, case, fails, find, need_models, offer_terms,
                     package_arn, quote, request_terms, run, subscribe, wait_for)

need_models()
server = Server()
agreement = server.client("marketplace-agreement")
discovery = server.client("marketplace-discovery")


def write_state(sql, *values):
    """Time cannot be made to pass, but what is stored about it can be changed."""
    path = pathlib.Path(server.state, "practice.sqlite")
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as db, db:
        assert db.execute(sql, values).rowcount > 0


def proposal(slug, account="buyer"):
    listing = find(server, slug, account)
    offer_id = listing["associatedEntities"][0]["offer"]["offerId"]
    offer = server.client("marketplace-discovery", account).get_offer(offerId=offer_id)
    return offer["agreementProposalId"], offer_terms(server, offer_id, account)


def some_slug(pricing, trial=None):
    """A listing with this pricing model, in the title's slug form."""
    found = discovery.search_listings(
        maxResults=100, filters=[{"filterType": "PRICING_MODEL", "filterValues": [pricing]}])
    for one in found["listingSummaries"]:
        badges = [badge["badgeType"] for badge in one["badges"]]
        if trial is None or ("FREE_TRIAL" in badges) == trial:
            return one["listingName"].lower().replace(" ", "-")
    raise AssertionError(pricing)


def search(**filters):
    chosen = {"PartyType": "Acceptor", "AgreementType": "PurchaseAgreement"}
    chosen.update(filters)
    return agreement.search_agreements(
        catalog="AWSMarketplace",
        filters=[{"name": name, "values": [value]} for name, value in chosen.items() if value]
    )["agreementViewSummaries"]


@case
def life():
    """from quote to entitlement to cancellation"""
    answer = quote(server, "iris-classifier")
    assert answer["agreementRequestId"].startswith("ar-")
    assert answer["chargeSummary"]["newAgreementValue"] == "0.00"
    product = find(server, "iris-classifier")["associatedEntities"][0]["product"]["productId"]
    assert search(ResourceIdentifier=product) == []
    agreement_id = agreement.accept_agreement_request(
        agreementRequestId=answer["agreementRequestId"])["agreementId"]
    assert agreement_id.startswith("agmt-")
    one = agreement.describe_agreement(agreementId=agreement_id)
    assert one["status"] == "ACTIVE" and one["acceptor"]["accountId"] == BUYER
    assert one["agreementType"] == "PurchaseAgreement" and "endTime" not in one
    assert one["proposalSummary"]["resources"] == [{"id": product, "type": "MachineLearningProduct"}]
    assert abs((one["acceptanceTime"] - datetime.datetime.now(datetime.timezone.utc)
                ).total_seconds()) < 60
    found = search(ResourceIdentifier=product, Status="ACTIVE")
    assert [view["agreementId"] for view in found] == [agreement_id]
    wait_for(lambda: agreement.get_agreement_entitlements(agreementId=agreement_id)
             ["agreementEntitlements"][0]["status"] == "PROVISIONED", "the entitlement")
    terms = agreement.get_agreement_terms(agreementId=agreement_id)["acceptedTerms"]
    assert {"usageBasedPricingTerm", "legalTerm"} <= {next(iter(term)) for term in terms}
    page = agreement.get_agreement_terms(agreementId=agreement_id, maxResults=1)
    rest = agreement.get_agreement_terms(agreementId=agreement_id, nextToken=page["nextToken"])
    assert page["acceptedTerms"] + rest["acceptedTerms"] == terms
    arn = package_arn(server, product)
    assert arn.startswith("arn:aws:sagemaker:us-east-1:865070037744:model-package/iris-classifier-")
    agreement.cancel_agreement(agreementId=agreement_id)
    assert agreement.describe_agreement(agreementId=agreement_id)["status"] == "CANCELLED"
    entitlement = agreement.get_agreement_entitlements(agreementId=agreement_id)
    assert entitlement["agreementEntitlements"][0]["status"] == "DEPROVISIONED"
    assert entitlement["agreementEntitlements"][0]["statusReasonCode"] == "AGREEMENT_INACTIVE"
    assert server.http("GET", f"/configure/{BUYER}/{product}")[0] == 403
    answer = fails("ValidationException", agreement.cancel_agreement, agreementId=agreement_id)
    assert answer["reason"] == "INACTIVE_AGREEMENT"


@case
def pending():
    """an entitlement is pending first, and the product cannot be used so long"""
    slow = Server(speed="0.9")
    agreement_id, product = subscribe(slow, "palette", wait=False)
    found = slow.client("marketplace-agreement").get_agreement_entitlements(
        agreementId=agreement_id)["agreementEntitlements"][0]
    assert found["status"] == "PENDING"
    assert found["statusReasonCode"] == "PROVISIONING_IN_PROGRESS"
    assert slow.http("GET", f"/configure/{BUYER}/{product}")[0] == 403
    slow.stop()


@case
def twice():
    """NEW on a product with an active agreement is refused"""
    agreement_id, _ = subscribe(server, "pitch")
    answer = fails("ValidationException", quote, server, "pitch")
    assert answer["reason"] == "UNSUPPORTED_ACTION", answer
    agreement.cancel_agreement(agreementId=agreement_id)
    quote(server, "pitch")


@case
def client_token():
    """the same client token gives the same quote; with another request it is refused"""
    first = quote(server, "blobs", clientToken="token-1")
    again = quote(server, "blobs", clientToken="token-1")
    assert first["agreementRequestId"] == again["agreementRequestId"]
    assert quote(server, "blobs", clientToken="token-2")["agreementRequestId"] \
        != first["agreementRequestId"]
    answer = fails("ValidationException", quote, server, "palette", clientToken="token-1")
    assert answer["reason"] == "INVALID_CLIENT_TOKEN", answer


@case
def accept_once():
    """a quote is accepted once; an unknown and an expired one are not found"""
    request = quote(server, "palette")["agreementRequestId"]
    fails("ResourceNotFoundException",
          server.client("marketplace-agreement", "tester").accept_agreement_request,
          agreementRequestId=request)
    agreement_id = agreement.accept_agreement_request(agreementRequestId=request)["agreementId"]
    answer = fails("ConflictException", agreement.accept_agreement_request,
                   agreementRequestId=request)
    assert answer["resourceType"] == "AgreementRequest" and answer["resourceId"] == request
    fails("ResourceNotFoundException", agreement.accept_agreement_request,
          agreementRequestId="ar-none")
    agreement.cancel_agreement(agreementId=agreement_id)
    request = quote(server, "palette")["agreementRequestId"]
    write_state("UPDATE quotes SET expires = 1 WHERE id = ?", request)
    fails("ResourceNotFoundException", agreement.accept_agreement_request,
          agreementRequestId=request)


@case
def terms():
    """mandatory, unknown, doubled and configured terms"""
    at, all_terms = proposal("tonesense-reviews")
    wanted = request_terms(all_terms)

    def refused(reason, requested, **more):
        arguments = {"intent": "NEW", "agreementProposalIdentifier": at,
                     "requestedTerms": requested}
        arguments.update(more)
        answer = fails("ValidationException", agreement.create_agreement_request,
                       **{name: value for name, value in arguments.items() if value})
        assert answer["reason"] == reason, answer

    for left_out in range(len(wanted)):
        refused("MISSING_MANDATORY_TERMS", wanted[:left_out] + wanted[left_out + 1:])
    refused("INVALID_REQUESTED_TERM_ID", wanted + [{"id": "term-none"}])
    refused("INVALID_REQUESTED_TERMS", wanted + wanted[:1])
    refused("INVALID_REQUESTED_TERM_CONFIGURATION",
            [dict(wanted[0], configuration={"renewalTermConfiguration": {"enableAutoRenew": True}})]
            + wanted[1:])
    refused("MISSING_AGREEMENT_PROPOSAL_IDENTIFIER", wanted, agreementProposalIdentifier=None)
    refused("UNSUPPORTED_ACTION", wanted, intent="AMEND")
    refused("MISSING_SOURCE_AGREEMENT_IDENTIFIER", wanted, intent="REPLACE")
    refused("INVALID_SOURCE_AGREEMENT_IDENTIFIER", wanted, sourceAgreementIdentifier="agmt-x")
    fails("ResourceNotFoundException", agreement.create_agreement_request, intent="NEW",
          agreementProposalIdentifier="at-none", requestedTerms=wanted)


@case
def trial():
    """a free trial is given once"""
    slug = some_slug("USAGE", trial=True)
    request = quote(server, slug, trial=True)["agreementRequestId"]
    agreement_id = agreement.accept_agreement_request(agreementRequestId=request)["agreementId"]
    accepted = agreement.get_agreement_terms(agreementId=agreement_id)["acceptedTerms"]
    assert any("freeTrialPricingTerm" in term for term in accepted)
    agreement.cancel_agreement(agreementId=agreement_id)
    answer = fails("ValidationException", quote, server, slug, trial=True)
    assert answer["reason"] == "INCOMPATIBLE_TERMS", answer
    quote(server, slug)
    quote(server, slug, account="tester", trial=True)


@case
def contract():
    """a contract is charged at once, has an end, and cannot be cancelled by its buyer"""
    slug = some_slug("CONTRACT")
    at, all_terms = proposal(slug)
    wanted = request_terms(all_terms)
    bare = [{"id": one["id"]} for one in wanted]
    answer = fails("ValidationException", agreement.create_agreement_request, intent="NEW",
                   agreementProposalIdentifier=at, requestedTerms=bare)
    assert answer["reason"] == "MISSING_REQUESTED_TERM_CONFIGURATION"
    offer = quote(server, slug)
    assert float(offer["chargeSummary"]["newAgreementValue"]) > 0
    assert offer["chargeSummary"]["expectedCharges"][0]["timing"] == "ON_ACCEPTANCE"
    agreement_id = agreement.accept_agreement_request(
        agreementRequestId=offer["agreementRequestId"])["agreementId"]
    one = agreement.describe_agreement(agreementId=agreement_id)
    assert one["endTime"] > one["startTime"]
    assert one["estimatedCharges"]["agreementValue"] == offer["chargeSummary"]["newAgreementValue"]
    answer = fails("ValidationException", agreement.cancel_agreement, agreementId=agreement_id)
    assert answer["reason"] == "UNSUPPORTED_ACTION"
    accepted = agreement.get_agreement_terms(agreementId=agreement_id)["acceptedTerms"]
    renewal = [term["renewalTerm"] for term in accepted if "renewalTerm" in term][0]
    assert renewal["configuration"] == {"enableAutoRenew": False}
    later = (one["endTime"] + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert agreement_id in [view["agreementId"] for view in search(BeforeEndTime=later)]
    assert agreement_id not in [view["agreementId"] for view in search(AfterEndTime=later)]
    write_state("UPDATE agreements SET ends = accepted + 1 WHERE id = ?", agreement_id)
    assert agreement.describe_agreement(agreementId=agreement_id)["status"] == "EXPIRED"


@case
def private_offer():
    """a private offer is accepted by its buyer, can replace, and expires"""
    options = discovery.list_purchase_options(
        filters=[{"filterType": "VISIBILITY_SCOPE", "filterValues": ["PRIVATE"]}])
    offer_id = options["purchaseOptions"][0]["purchaseOptionId"]
    at = discovery.get_offer(offerId=offer_id)["agreementProposalId"]
    wanted = request_terms(offer_terms(server, offer_id))
    fails("ResourceNotFoundException",
          server.client("marketplace-agreement", "tester").create_agreement_request, intent="NEW",
          agreementProposalIdentifier=at, requestedTerms=wanted)
    product = options["purchaseOptions"][0]["associatedEntities"][0]["product"]
    old, product_id = subscribe(server, product["productName"].lower().replace(" ", "-"))
    request = agreement.create_agreement_request(
        intent="REPLACE", sourceAgreementIdentifier=old, agreementProposalIdentifier=at,
        requestedTerms=wanted)["agreementRequestId"]
    new = agreement.accept_agreement_request(agreementRequestId=request)["agreementId"]
    assert agreement.describe_agreement(agreementId=old)["status"] == "REPLACED"
    one = agreement.describe_agreement(agreementId=new)
    assert one["status"] == "ACTIVE" and one["proposalSummary"]["offerId"] == offer_id
    assert [view["agreementId"] for view in search(OfferId=offer_id)] == [new]
    assert product_id == product["productId"]
    write_state("UPDATE meta SET value = 1 WHERE key = 'created'")
    server.stop()
    server.start()
    state = discovery.list_purchase_options(
        filters=[{"filterType": "VISIBILITY_SCOPE", "filterValues": ["PRIVATE"]},
                 {"filterType": "AVAILABILITY_STATUS", "filterValues": ["EXPIRED"]}])
    assert offer_id in [option["purchaseOptionId"] for option in state["purchaseOptions"]]
    answer = fails("ValidationException", agreement.create_agreement_request, intent="NEW",
                   agreementProposalIdentifier=at, requestedTerms=wanted)
    assert answer["reason"] == "EXPIRED_AGREEMENT_PROPOSAL"


@case
def searching():
    """the filters that may stand together, and those that may not"""
    def refused(reason, filters, **more):
        answer = fails("ValidationException", agreement.search_agreements,
                       filters=[{"name": name, "values": values} for name, values in filters],
                       **more)
        assert answer["reason"] == reason, answer

    party, kind = ("PartyType", ["Acceptor"]), ("AgreementType", ["PurchaseAgreement"])
    refused("UNSUPPORTED_FILTERS", [party])
    refused("UNSUPPORTED_FILTERS", [kind])
    refused("UNSUPPORTED_FILTERS", [party, kind, ("ResourceType", ["MachineLearningProduct"]),
                                    ("Status", ["ACTIVE"])])
    refused("UNSUPPORTED_FILTERS", [party, kind, ("ResourceIdentifier", ["x"]), ("OfferId", ["y"])])
    refused("INVALID_FILTER_NAME", [party, kind, ("Colour", ["red"])])
    refused("INVALID_FILTER_VALUES", [party, kind, ("Status", ["RED"])])
    refused("INVALID_FILTER_VALUES", [("PartyType", ["Onlooker"]), kind])
    refused("INVALID_FILTER_VALUES", [party, kind, ("BeforeEndTime", ["tomorrow"])])
    refused("INVALID_CATALOG", [party, kind], catalog="OtherMarket")
    refused("INVALID_NEXT_TOKEN", [party, kind], nextToken="bm9uc2Vuc2U=")
    assert search() and search(Status="CANCELLED")
    assert search(ResourceType="SaaSProduct") == []
    assert len(search(ResourceType="MachineLearningProduct")) == len(search())
    joined, token = [], {}
    while True:
        page = agreement.search_agreements(
            maxResults=2, filters=[{"name": name, "values": value} for name, value in (party, kind)],
            **token)
        joined += page["agreementViewSummaries"]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert [one["agreementId"] for one in joined] == [one["agreementId"] for one in search()]


@case
def parties():
    """strangers see nothing, the proposer sees its own"""
    seller = server.client("marketplace-agreement", "seller")
    tester = server.client("marketplace-agreement", "tester")
    agreement_id = search()[0]["agreementId"]
    fails("ResourceNotFoundException", tester.describe_agreement, agreementId=agreement_id)
    fails("ResourceNotFoundException", tester.cancel_agreement, agreementId=agreement_id)
    sold = seller.search_agreements(filters=[{"name": "PartyType", "values": ["Proposer"]},
                                             {"name": "AgreementType",
                                              "values": ["PurchaseAgreement"]}])
    for view in sold["agreementViewSummaries"]:
        assert view["proposer"]["accountId"] == SELLER
        answer = fails("ValidationException", seller.cancel_agreement,
                       agreementId=view["agreementId"])
        assert answer["reason"] in ("UNSUPPORTED_ACTION", "INACTIVE_AGREEMENT")


run()
