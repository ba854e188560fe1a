# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the Marketplace Catalog share: changes, the new listing, waiting for a set."""

import struct
import zlib

from harness import SELLER, TESTER, wait_for

CATALOG = "AWSMarketplace"
ML, OFFER = "MachineLearningProduct@1.0", "Offer@1.0"
PETAL, PETAL_OFFER = "prod-5qk2w7x9v3tdm", "offer-k7d2m4x9q1w8z"
MINI, SPOT, FORK, SHADE = ("prod-m3h5n8i2dk7ax", "prod-w1b7s5t4zq8ec", "prod-t6j9f3k1vy4mw",
                           "prod-c8n4r0s6w2yjf")
BUCKET = f"sagemaker-us-east-1-{SELLER}"
ROLE = f"arn:aws:iam::{SELLER}:role/MarketplaceAccess"
TYPES = ("ml.m5.large", "ml.m5.xlarge")
PRODUCT_REF = "$CreateProductChange.Entity.Identifier"
OFFER_REF = "$CreateOfferChange.Entity.Identifier"


def change(kind, entity, details, identifier=None, name=None):
    one = {"ChangeType": kind, "Entity": {"Type": entity}, "DetailsDocument": details}
    if identifier:
        one["Entity"]["Identifier"] = identifier
    if name:
        one["ChangeName"] = name
    return one


def product(kind, details, identifier=PRODUCT_REF):
    return change(kind, ML, details, identifier)


def offer(kind, details, identifier=OFFER_REF):
    return change(kind, OFFER, details, identifier)


def package(name, account=SELLER, region="us-east-1"):
    return f"arn:aws:sagemaker:{region}:{account}:model-package/{name}"


def information(title="Text ranker", **more):
    return {"ProductTitle": title, "ShortDescription": "Ranks texts.",
            "LongDescription": "Ranks texts by how well they answer.",
            "LogoUrl": "https://awsmp-logos.s3.amazonaws.com/petal-sorter.png",
            "Highlights": ["Ranks"], "AdditionalResources": [], "SupportDescription": "By mail.",
            "Categories": ["Text"], "SearchKeywords": ["rank"], **more}


def delivery(arn=None, title="1.0", kind="Model", **more):
    details = {"AccessRoleArn": ROLE, "UsageInstructions": "Send it.",
               "SampleNotebookUrl": "https://github.com/me/repo/blob/main/demo.ipynb",
               "RepositoryUrl": "https://github.com/me/repo",
               "InputProperties": {"Description": "CSV",
                                   "SampleInput": {"RealtimeInferenceText": "1,2,3,4"}},
               "OutputProperties": {"Description": "JSON"},
               "RecommendedInstanceTypes": {"BatchTransform": TYPES[0],
                                            "RealtimeInference": TYPES[0]}, **more}
    if kind == "Model":
        details["SageMakerModelPackageArn"] = arn or package("petal-sorter-v1")
        member = "SageMakerModelPackageDeliveryOptionDetails"
    else:
        details["SageMakerAlgorithmArn"] = arn
        member = "SageMakerAlgorithmDeliveryOptionDetails"
    return {"Version": {"VersionTitle": title, "ReleaseNotes": "First version"},
            "DeliveryOptions": [{"Details": {member: details}}]}


def rates(types=TYPES, price="1.50", modes=("b", "r")):
    return [{"DimensionKey": f"{kind}.m.i.{mode}", "Price": price} for kind in types
            for mode in modes]


def pricing(card=None, days=None, model="Usage", currency="USD"):
    card = rates() if card is None else card
    terms = [{"Type": "UsageBasedPricingTerm", "CurrencyCode": currency,
              "RateCards": [{"RateCard": card}]}]
    if days:
        terms.append({"Type": "FreeTrialPricingTerm", "Duration": days,
                      "Grants": [{"DimensionKey": rate["DimensionKey"]} for rate in card]})
    return {"PricingModel": model, "Terms": terms}


LEGAL = {"Terms": [{"Type": "LegalTerm",
                    "Documents": [{"Type": "StandardEula", "Version": "2022-07-14"}]}]}
SUPPORT = {"Terms": [{"Type": "SupportTerm", "RefundPolicy": "No refunds after 48 hours."}]}


def new_product(title="Text ranker", release=True, testers=(TESTER,), **more):
    changes = [change("CreateProduct", ML, {"ProductTitle": title}, name="CreateProductChange"),
               product("UpdateInformation", information(title, **more)),
               product("AddDeliveryOptions", delivery())]
    if testers:
        changes.append(product("UpdateTargeting",
                               {"PositiveTargeting": {"BuyerAccounts": list(testers)}}))
    if release:
        changes.append(product("ReleaseProduct", {}))
    return changes


def new_offer(product_id=PRODUCT_REF, price=None, release=True, without=()):
    changes = [change("CreateOffer", OFFER, {"ProductId": product_id, "Name": "Public offer"},
                      name="CreateOfferChange"),
               offer("UpdateInformation", {"Name": "Public offer",
                                           "Description": "Pay as you go"}),
               offer("UpdatePricingTerms", price or pricing(days="P14D")),
               offer("UpdateLegalTerms", LEGAL), offer("UpdateSupportTerms", SUPPORT)]
    if release:
        changes.append(offer("ReleaseOffer", {}))
    return [one for one in changes if one["ChangeType"] not in without]


def new_listing(title="Text ranker", **more):
    """The one change set of a new paid product with a trial: eleven changes."""
    return new_product(title, **more) + new_offer()


def png(width, height, rows=None):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    pixels = b"".join(b"\0" + b"\x50\x80\xb0" * width for _ in range(height if rows is None else rows))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))


def bmp(width, height):
    size = width * height * 3
    return (b"BM" + struct.pack("<IHHI", 54 + size, 0, 0, 54)
            + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, size, 2835, 2835, 0, 0)
            + b"\x80" * size)


class Seller:
    """The Catalog of one account."""

    def __init__(self, server, account="seller"):
        self.server = server
        self.api = server.client("marketplace-catalog", account)

    def start(self, changes, **more):
        return self.api.start_change_set(Catalog=CATALOG, ChangeSet=changes, **more)["ChangeSetId"]

    def describe(self, change_set):
        return self.api.describe_change_set(Catalog=CATALOG, ChangeSetId=change_set)

    def wait(self, change_set):
        return wait_for(lambda: (found := self.describe(change_set))["Status"]
                        not in ("PREPARING", "APPLYING") and found, "the change set")

    def succeed(self, *changes, **more):
        """Runs a set that must succeed; gives the identifiers of its changes, without revisions."""
        found = self.wait(self.start(list(changes), **more))
        assert found["Status"] == "SUCCEEDED", found
        return [one["Entity"]["Identifier"].partition("@")[0] for one in found["ChangeSet"]]

    def fail(self, *changes, **more):
        """Runs a set that must fail; gives the codes of each guilty change by its type."""
        found = self.wait(self.start(list(changes), **more))
        assert found["Status"] == "FAILED" and found["FailureCode"] == "CLIENT_ERROR", found
        assert found["FailureDescription"] and found["EndTime"]
        guilty = {}
        for one in found["ChangeSet"]:
            for error in one.get("ErrorDetailList", []):
                assert error["ErrorMessage"], one
                guilty.setdefault(one["ChangeType"], []).append(error["ErrorCode"])
        assert guilty, found
        return guilty

    def entity(self, identifier):
        return self.api.describe_entity(Catalog=CATALOG, EntityId=identifier)

    def doc(self, identifier):
        return self.entity(identifier)["DetailsDocument"]

    def revision(self, identifier):
        return int(self.entity(identifier)["EntityIdentifier"].partition("@")[2])

    def list(self, kind="MachineLearningProduct", **more):
        return self.api.list_entities(Catalog=CATALOG, EntityType=kind, **more)["EntitySummaryList"]

    def upload(self, key, body, kind="binary/octet-stream"):
        """Puts an object into the account's bucket; gives the address that S3 has for it."""
        self.server.client("s3", "seller").put_object(Bucket=BUCKET, Key=key, Body=body,
                                                      ContentType=kind)
        return f"https://{BUCKET}.s3.us-east-1.amazonaws.com/{key}"
