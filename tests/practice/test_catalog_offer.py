#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Marketplace Catalog: every fault of an offer's changes that AWS tells later, on the change
that is guilty."""

import copy

from catalog import (FORK, OFFER, OFFER_REF, PETAL, PETAL_OFFER, SPOT, TYPES, Seller, change,
                     new_listing, new_offer, new_product, offer, pricing, rates)
from harness import BUYER, SELLER, Server, case, need_models, run

need_models()
server = Server()
seller = Seller(server)
PRIVATE = change("UpdateTargeting", OFFER, {"PositiveTargeting": {"BuyerAccounts": [BUYER]}},
                 OFFER_REF)
ENDS = change("UpdateAvailability", OFFER, {"AvailabilityEndDate": "2099-01-31"}, OFFER_REF)
FORK_OFFER = "offer-f9s4g6j2p8l3r"


def price_codes(price, *others, product_id=PETAL):
    """Codes of the prices of a new offer that is not released."""
    found = seller.fail(*new_offer(product_id, price=price, release=False), *others)
    assert set(found) == {"UpdatePricingTerms"}, found
    return found["UpdatePricingTerms"]


def reprice(identifier, price):
    return change("UpdatePricingTerms", OFFER, price, identifier)


@case
def models():
    """UpdatePricingTerms: INCOMPATIBLE_PRICING_MODEL, INCOMPATIBLE_PRODUCT"""
    assert price_codes(pricing(model="Byol")) == ["INCOMPATIBLE_PRICING_MODEL"]
    assert seller.fail(reprice(PETAL_OFFER, pricing(rates(price="0"), model="Free"))) == {
        "UpdatePricingTerms": ["INCOMPATIBLE_PRICING_MODEL"]}
    assert price_codes(pricing(), product_id=FORK) == ["INCOMPATIBLE_PRODUCT"]


@case
def terms():
    """UpdatePricingTerms: DUPLICATE_TERM_TYPES, INCOMPATIBLE_TERMS, MISSING_MANDATORY_TERMS"""
    twice = pricing()
    twice["Terms"] *= 2
    assert price_codes(twice) == ["DUPLICATE_TERM_TYPES"]
    alone = {"PricingModel": "Usage", "Terms": pricing(days="P14D")["Terms"][1:]}
    assert price_codes(alone) == ["MISSING_MANDATORY_TERMS"]
    other = pricing()
    other["Terms"].append({"Type": "ByolPricingTerm"})
    assert price_codes(other) == ["INCOMPATIBLE_TERMS"]
    assert price_codes(pricing(rates(price="0"), "P14D", model="Free")) == ["INCOMPATIBLE_TERMS"]


@case
def rate_cards():
    """UpdatePricingTerms: INVALID_RATE_CARD, DUPLICATE_DIMENSION_KEYS, INCOMPATIBLE_RATES"""
    assert price_codes(pricing(rates()[1:])) == ["INVALID_RATE_CARD"]
    unknown = rates() + rates(("ml.p4d.24xlarge",), modes=("b",))
    assert price_codes(pricing(unknown)) == ["INVALID_RATE_CARD"]
    assert price_codes(pricing(rates() + rates()[:1])) == ["DUPLICATE_DIMENSION_KEYS"]
    assert price_codes(pricing(model="Free")) == ["INCOMPATIBLE_RATES"]
    assert price_codes(pricing(rates(price="0"))) == ["INCOMPATIBLE_RATES"]
    by_request = rates(price="0.10", modes=("b",)) + [
        {"DimensionKey": "inference.count.m.i.c", "Price": "1"}]
    assert seller.fail(reprice(PETAL_OFFER, pricing(by_request))) == {
        "UpdatePricingTerms": ["INVALID_RATE_CARD"] * 2}, "a priced dimension was taken away"


@case
def currencies():
    """UpdatePricingTerms: INVALID_CURRENCY_CODE"""
    assert price_codes(pricing(currency="EUR")) == ["INVALID_CURRENCY_CODE"]
    assert price_codes(pricing(currency="XYZ"), PRIVATE) == ["INVALID_CURRENCY_CODE"]
    seller.succeed(*new_offer(PETAL, price=pricing(currency="EUR"), release=False), PRIVATE)


@case
def trials():
    """UpdatePricingTerms: INVALID_DURATION, INVALID_GRANTS"""
    for bad in ("P4D", "P121D", "P1Y"):
        assert price_codes(pricing(days=bad)) == ["INVALID_DURATION"], bad
    good = pricing(days="P14D")

    def grants(edit):
        price = copy.deepcopy(good)
        edit(price["Terms"][1]["Grants"])
        return price_codes(price)

    assert grants(lambda list_: list_.pop()) == ["INVALID_GRANTS"]
    assert grants(lambda list_: list_.append(dict(list_[0]))) == ["INVALID_GRANTS"]
    assert grants(lambda list_: list_.append({"DimensionKey": "x"})) == ["INVALID_GRANTS"]
    assert set(grants(lambda list_: list_[1].update(MaxQuantity=5))) == {"INVALID_GRANTS"}
    for grant in good["Terms"][1]["Grants"]:
        grant["MaxQuantity"] = 10
    seller.succeed(*new_offer(PETAL, price=good, release=False))


@case
def contracts():
    """UpdatePricingTerms: the faults of a contract"""
    def contract(key=f"{TYPES[0]}.m.i.r", duration="P12M"):
        return {"PricingModel": "Contract", "Terms": [
            {"Type": "FixedUpfrontPricingTerm", "CurrencyCode": "USD", "Price": "10",
             "Duration": duration, "Grants": [{"DimensionKey": key, "MaxQuantity": 1}]}]}

    assert price_codes(contract("nothing"), PRIVATE) == ["INVALID_GRANTS"]
    assert price_codes(contract(duration="P0D"), PRIVATE) == ["INVALID_DURATION"]
    assert price_codes(pricing(model="Contract"), PRIVATE) == ["MISSING_MANDATORY_TERMS"]


@case
def rises():
    """UpdatePricingTerms: INVALID_PRICE_CHANGE: 120 days, and a rise alone"""
    public = seller.succeed(*new_listing("Riser"))[5]
    mixed = rates(TYPES[:1], "2.00") + rates(TYPES[1:], "1.00")
    assert seller.fail(reprice(public, pricing(mixed, "P14D"))) == {
        "UpdatePricingTerms": ["INVALID_PRICE_CHANGE"]}
    more = rates(price="2.00") + [{"DimensionKey": "inference.count.m.i.c", "Price": "1"}]
    assert seller.fail(reprice(public, pricing(more, "P14D"))) == {
        "UpdatePricingTerms": ["INVALID_PRICE_CHANGE"]}
    seller.succeed(reprice(public, pricing(rates(price="2.00"), "P14D")))
    found = seller.wait(seller.start([reprice(public, pricing(rates(price="2.01"), "P14D"))]))
    error, = found["ChangeSet"][0]["ErrorDetailList"]
    assert error["ErrorCode"] == "INVALID_PRICE_CHANGE" and "120 days" in error["ErrorMessage"]
    seller.succeed(reprice(public, pricing(rates(price="1.00"), "P14D")))
    # The seeded offer's prices rose fifty-one days ago.
    assert seller.fail(reprice(PETAL_OFFER, pricing(rates(price="9.00"), "P14D"))) == {
        "UpdatePricingTerms": ["INVALID_PRICE_CHANGE"]}
    draft = seller.succeed(*new_offer(PETAL, price=pricing(rates(price="1.00")), release=False))[0]
    for price in ("2.00", "3.00"):
        seller.succeed(reprice(draft, pricing(rates(price=price))))


@case
def places():
    """prices are exact: eight places, and a point at the end"""
    for price in ("0.00000001", "12.", "100000000.00000000"):
        seller.succeed(*new_offer(PETAL, price=pricing(rates(price=price)), release=False))


@case
def legal():
    """UpdateLegalTerms: INVALID_LEGAL_DOCUMENTS, LIMIT_EXCEEDED_LEGAL_DOCUMENT_SIZE"""
    def code(**document):
        return seller.fail(change("UpdateLegalTerms", OFFER, {"Terms": [
            {"Type": "LegalTerm", "Documents": [document]}]}, PETAL_OFFER))["UpdateLegalTerms"]

    bad = ["INVALID_LEGAL_DOCUMENTS"]
    assert code(Type="StandardEula", Version="1999-01-01") == bad
    assert code(Type="StandardEula") == bad
    assert code(Type="StandardDsa", Version="2022-07-14") == bad
    assert code(Type="CustomEula") == bad
    assert code(Type="CustomEula", Url="https://example.com/eula.txt") == bad
    assert code(Type="CustomEula", Url=seller.upload("eula.bin", b"\xff\xfe\x00")) == bad
    assert code(Type="CustomEula", Url=seller.upload("empty.txt", b"")) == bad
    assert code(Type="CustomEula", Url=seller.upload("long.txt", b"x" * (1024 * 1024 + 1))) == [
        "LIMIT_EXCEEDED_LEGAL_DOCUMENT_SIZE"]
    seller.succeed(change("UpdateLegalTerms", OFFER, {"Terms": [{"Type": "LegalTerm", "Documents": [
        {"Type": "CustomEula", "Url": seller.upload("eula.pdf", b"%PDF-1.4\n\xff")}]}]},
                          PETAL_OFFER))


@case
def targets():
    """UpdateTargeting: every code"""
    def code(identifier=FORK_OFFER, **details):
        return seller.fail(change("UpdateTargeting", OFFER, details, identifier))["UpdateTargeting"]

    def buyers(*accounts):
        return {"BuyerAccounts": list(accounts)}

    assert code() == ["INVALID_TARGETING"]
    assert code(PETAL_OFFER, PositiveTargeting=buyers(BUYER)) == ["INVALID_TARGETING"]
    assert code(PositiveTargeting={"CountryCodes": ["DE"]},
                NegativeTargeting={"CountryCodes": ["US"]}) == ["INVALID_TARGETING"]
    assert code(PositiveTargeting={"CountryCodes": ["XX"]}) == ["INVALID_COUNTRY_CODES"]
    assert code(NegativeTargeting={"CountryCodes": ["de"]}) == ["INVALID_COUNTRY_CODES"]
    for bad in ((BUYER, BUYER), (SELLER,), ("000000000000",)):
        assert code(PositiveTargeting=buyers(*bad)) == ["INVALID_BUYER_ACCOUNTS"]
    many = [f"{number:012}" for number in range(1, 27)]
    assert code(PositiveTargeting=buyers(*many)) == ["TOO_MANY_BUYER_ACCOUNTS"]
    seller.succeed(change("UpdateTargeting", OFFER, {"PositiveTargeting": {
        "CountryCodes": ["DE", "FR"]}}, PETAL_OFFER))
    found = seller.list("Offer", EntityTypeFilters={"OfferFilters": {
        "Targeting": {"ValueList": ["CountryCodes"]}}})
    assert [one["EntityId"] for one in found] == [PETAL_OFFER]


@case
def availability():
    """UpdateAvailability: INVALID_AVAILABILITY_END_DATE"""
    def code(date, *others):
        return seller.fail(*new_offer(PETAL, price=pricing(), release=False), *others, change(
            "UpdateAvailability", OFFER, {"AvailabilityEndDate": date}, OFFER_REF))[
                "UpdateAvailability"]

    bad = ["INVALID_AVAILABILITY_END_DATE"]
    assert code("2099-02-30", PRIVATE) == bad
    assert code("2020-01-01", PRIVATE) == bad
    assert code("2099-01-01") == bad


@case
def private_terms():
    """validity and payment terms: INCOMPATIBLE_TERMS, INVALID_DURATION"""
    def code(kind, term, *others):
        return seller.fail(*new_offer(PETAL, price=pricing(), release=False), *others, change(
            kind, OFFER, {"Terms": [term]}, OFFER_REF))[kind]

    def validity(*others, **members):
        return code("UpdateValidityTerms", {"Type": "ValidityTerm", **members}, *others)

    assert validity(AgreementDuration="P12M") == ["INCOMPATIBLE_TERMS"]
    assert validity(PRIVATE, AgreementDuration="P12M", AgreementEndDate="2099-01-01") == [
        "INCOMPATIBLE_TERMS"]
    assert validity(PRIVATE, AgreementDuration="P0D") == ["INVALID_DURATION"]
    assert validity(PRIVATE, AgreementStartDate="2099-01-02", AgreementEndDate="2099-01-01") == [
        "INVALID_DURATION"]
    charges = [{"ChargeDate": f"2099-01-0{day}", "ChargeAmount": "1"} for day in (2, 1)]
    payment = {"Type": "PaymentScheduleTerm", "CurrencyCode": "USD", "Schedule": charges}
    assert code("UpdatePaymentScheduleTerms", payment) == ["INCOMPATIBLE_TERMS"]
    assert code("UpdatePaymentScheduleTerms", payment, PRIVATE) == ["INCOMPATIBLE_TERMS"]


@case
def release():
    """ReleaseOffer: every code"""
    def code(*changes):
        found = seller.fail(*changes)
        assert set(found) == {"ReleaseOffer"}, found
        return found["ReleaseOffer"]

    def lacking(*kinds):
        return [*new_product("Unreleased"), *new_offer(without=kinds)]

    nameless = lacking("UpdateInformation")
    del nameless[5]["DetailsDocument"]["Name"]
    assert code(*nameless) == ["MISSING_NAME", "MISSING_DESCRIPTION"]
    assert code(*lacking("UpdateLegalTerms", "UpdateSupportTerms")) == [
        "MISSING_MANDATORY_TERMS"] * 2
    assert code(*new_product("Unreleased", release=False), *new_offer()) == ["INCOMPATIBLE_PRODUCT"]
    assert code(*new_offer(PETAL, price=pricing())) == ["TOO_MANY_OFFERS"]
    private = [*new_offer(PETAL, price=pricing(), release=False), PRIVATE]
    assert code(*private, offer("ReleaseOffer", {})) == ["MISSING_AVAILABILITY_END_DATE"]
    mixed = change("UpdateTargeting", OFFER, {"PositiveTargeting": {
        "BuyerAccounts": [BUYER], "CountryCodes": ["DE"]}}, OFFER_REF)
    assert code(*private[:-1], mixed, ENDS, offer("ReleaseOffer", {})) == ["INCOMPATIBLE_TARGETING"]
    assert code(offer("ReleaseOffer", {}, PETAL_OFFER)) == ["INVALID_UPDATE_REQUEST"]


@case
def others():
    """offers of what is off the market, of resold products, of agreements that ended"""
    from harness import subscribe

    assert seller.fail(*new_offer(SPOT, price=pricing(), release=False))["CreateOffer"] == [
        "INCOMPATIBLE_PRODUCT"]
    assert seller.fail(change("UpdateMarkup", OFFER, {"Percentage": "5.0"}, PETAL_OFFER)) == {
        "UpdateMarkup": ["INVALID_UPDATE_REQUEST"]}
    agreement, _ = subscribe(server, "petal-sorter-mini")
    server.client("marketplace-agreement").cancel_agreement(agreementId=agreement)
    assert seller.fail(change("CreateReplacementOffer", OFFER, {
        "AgreementId": agreement, "Name": "Again"}, name="CreateOfferChange"),
        offer("UpdatePricingTerms", pricing()), offer("ReleaseOffer", {})) == {
            "CreateReplacementOffer": ["INVALID_UPDATE_REQUEST"]}


@case
def several():
    """faults of several changes are told together"""
    changes = new_listing("Many faults")
    changes[1]["DetailsDocument"]["Categories"] = ["Boats"]
    changes[8]["DetailsDocument"] = {"Terms": [{"Type": "LegalTerm", "Documents": [
        {"Type": "StandardEula", "Version": "1999-01-01"}]}]}
    assert seller.fail(*changes) == {"UpdateInformation": ["INVALID_CATEGORY_NAMES"],
                                     "UpdateLegalTerms": ["INVALID_LEGAL_DOCUMENTS"]}


run()
