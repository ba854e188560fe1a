#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The seller's data feeds in S3: form, versions, books that balance, and growth with use."""

import csv
import datetime
import io
import json
import re
import time
from collections import defaultdict
from decimal import Decimal, getcontext

from feeds import BUCKET, body, check_usage, current, objects, read_all
from harness import SHARED, Server, case, fails, need_models, run

need_models()
getcontext().prec = 60
server = Server("--seed", "17")
s3 = server.client("s3", "seller")
TIMES = ["valid_from", "insert_date", "update_date", "delete_date"]


def documented():
    """Columns by feed, as the reference lists them."""
    text = (SHARED / "aws/seller.md").read_text(encoding="utf-8")
    part = text[text.index("### 5.4"):text.index("### 5.5")]
    found = {}
    for name, columns in re.findall(r"\*\*([A-Z]\w+Feed)\*\*: ([^*\n]*)", part):
        columns = re.sub(r"\([^)]*\)", "", columns.split(". ")[0].rstrip(". "))
        names = []
        for column in columns.split(","):
            column = column.strip().strip(".")
            if column.startswith("…"):
                column = "customer_exemption_certificate" + column[1:]
            names.append(column)
        found[name.lower()] = names
    charge = re.search(r"paymentscheduletermfeed\): ([^*]*?)\. \*\*", part).group(1)
    found["paymentscheduletermfeed"] = [one.strip() for one in charge.split(",")]
    return found


@case
def layout():
    """the bucket is the seller's; thirteen feeds of 25 months, RFC 4180, UTF-8, columns as documented"""
    names = [one["Name"] for one in s3.list_buckets()["Buckets"]]
    assert BUCKET in names, names
    fails("AccessDenied", server.client("s3").list_objects_v2, Bucket=BUCKET)
    keys = objects(s3)
    assert len(keys) == 13 * 25, len(keys)
    today = datetime.datetime.now(datetime.timezone.utc)
    for key, one in keys.items():
        match = re.fullmatch(r"(\w+)_V1/year=(\d{4})/month=(\d\d)/data\.csv", key)
        assert match, key
        assert one["LastModified"] <= today
        assert (int(match[2]), int(match[3])) <= (today.year, today.month)
    wanted = documented()
    assert len(wanted) == 13, sorted(wanted)
    seen = set()
    for key, one in keys.items():
        data = body(s3, key)
        assert len(data) == one["Size"]
        text = data.decode("utf-8")
        assert not text.startswith("\ufeff") and "\r" not in text and text.endswith("\n"), key
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        name = key.split("_V1/")[0].lower()
        tail = TIMES + (["valid_to"] if name == "addressfeed" else [])
        assert rows[0] == wanted[name] + tail, (key, rows[0])
        assert all(len(row) == len(rows[0]) for row in rows), key
        seen.add((name, len(rows) > 1))
    assert {name for name, some in seen if some} == set(wanted), seen
    assert {name for name, some in seen if not some}, "a month without rows has a header alone"


@case
def ranges():
    """a part of a file, an ETag that is known, and a folder"""
    key = min(key for key, one in objects(s3).items() if one["Size"] > 100000)
    whole = body(s3, key)
    part = s3.get_object(Bucket=BUCKET, Key=key, Range="bytes=1000-1999")
    assert part["Body"].read() == whole[1000:2000]
    assert part["ResponseMetadata"]["HTTPStatusCode"] == 206
    etag = s3.head_object(Bucket=BUCKET, Key=key)["ETag"]
    fails("304", s3.get_object, Bucket=BUCKET, Key=key, IfNoneMatch=etag)
    some = objects(s3, Prefix="BillingEventFeed_V1/year=")
    assert len(some) == 25
    folders = s3.list_objects_v2(Bucket=BUCKET, Delimiter="/")["CommonPrefixes"]
    assert len(folders) == 13 and {"Prefix": "TaxItemFeed_V1/"} in folders


feeds = {}
billing = []


@case
def versions():
    """rows have versions; their times are in order, and each stands in the month in which it was written"""
    feeds.update(read_all(s3))
    counts = defaultdict(lambda: defaultdict(int))
    keys = {"billingeventfeed": "billing_event_id", "dailyusagefeed": "usage_feed_id",
            "addressfeed": "address_id", "agreementfeed": "agreement_id",
            "productfeed": "product_id"}
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, rows in feeds.items():
        for row in rows:
            assert row["insert_date"] <= row["update_date"] <= now, row
            assert f"year={row['update_date'][:4]}/month={row['update_date'][5:7]}/" in row["file"]
            if name in keys:
                counts[name][row[keys[name]]] += 1
    for name in keys:
        assert max(counts[name].values()) > 1, f"{name} has one version of everything"
    assert any(row["delete_date"] for row in feeds["dailyusagefeed"])
    assert any(row["valid_to"] for row in feeds["addressfeed"])
    titles = [row["title"] for row in current(feeds["productfeed"], "product_id")]
    assert "Depot Roll Call" in titles and "Depot Headcount" not in titles, titles
    assert len(feeds["dailyusagefeed"]) > 5000 and len(feeds["billingeventfeed"]) > 3000
    print(f"# {sum(map(len, feeds.values()))} rows:",
          {name: len(rows) for name, rows in feeds.items()})


@case
def joins():
    """what one feed refers to, another has"""
    def ids(name, key):
        return {row[key] for row in feeds[name]}

    accounts, products = ids("accountfeed", "account_id"), ids("productfeed", "product_id")
    agreements, offers = ids("agreementfeed", "agreement_id"), ids("offerfeed", "offer_id")
    addresses = ids("addressfeed", "address_id")
    assert ids("accountfeed", "mailing_address_id") <= addresses
    for row in feeds["agreementfeed"]:
        assert row["acceptor_account_id"] in accounts and row["offer_id"] in offers
        assert row["preceding_agreement_id"] in agreements | {""}
    for row in feeds["dailyusagefeed"]:
        assert row["agreement_id"] in agreements and row["product_id"] in products
        assert {row["end_user_account_id"], row["payer_account_id"]} <= accounts
        assert row["offer_id"] in offers
    events = ids("billingeventfeed", "billing_event_id")
    for row in feeds["billingeventfeed"]:
        assert {row["from_account_id"], row["to_account_id"]} <= accounts
        assert row["product_id"] in products | {""} and row["offer_id"] in offers | {""}
        assert row["parent_billing_event_id"] in events | {""}
        assert row["disbursement_billing_event_id"] in events | {""}
        assert row["billing_address_id"] in addresses | {""}
    assert ids("offerproductfeed", "product_id") <= products
    assert ids("offertargetfeed", "value") <= accounts
    assert ids("agreementtermfeed", "agreement_id") == agreements
    for row in feeds["agreementtermfeed"]:
        json.loads(row["term_configuration"])
    invoices = ids("billingeventfeed", "invoice_id")
    assert ids("taxitemfeed", "invoice_id") <= invoices
    assert {row["legacy_id"].count("-") for row in feeds["legacyidmappingfeed"]} == {4}


@case
def variety():
    """currencies, countries, types of instances; refunds, credits, what was forgiven, failed, adjusted"""
    billing.extend(current(feeds["billingeventfeed"], "billing_event_id"))
    kinds = {(row["action"], row["transaction_type"]) for row in billing}
    for kind in (("INVOICED", "SELLER_REV_SHARE"), ("INVOICED", "AWS_REV_SHARE"),
                 ("INVOICED", "AWS_TAX_SHARE"), ("INVOICED", "SELLER_TAX_SHARE"),
                 ("INVOICED", "SELLER_REV_SHARE_REFUND"), ("INVOICED", "AWS_REV_SHARE_REFUND"),
                 ("INVOICED", "SELLER_REV_SHARE_CREDIT"), ("INVOICED", "AWS_REV_SHARE_CREDIT"),
                 ("INVOICED", "BALANCE_ADJUSTMENT"), ("FORGIVEN", "SELLER_REV_SHARE"),
                 ("COLLECTED", "SELLER_REV_SHARE"), ("DISBURSED", "SELLER_REV_SHARE"),
                 ("DISBURSED", "AWS_REV_SHARE"), ("DISBURSED", "DISBURSEMENT"),
                 ("DISBURSED", "DISBURSEMENT_FAILURE")):
        assert kind in kinds, (kind, sorted(kinds))
    assert {row["currency"] for row in billing} == {"USD", "EUR", "GBP", "JPY", "AUD"}
    assert {row["broker_id"] for row in billing} >= {"AWS_INC", "AWS_EUROPE", "AWS_JAPAN"}
    assert len({row["country_code"] for row in feeds["addressfeed"]}) > 6
    usage = current(feeds["dailyusagefeed"], "usage_feed_id")
    assert len({row["dimension_key"] for row in usage}) > 8
    assert {row["dimension_key"].rsplit(".", 1)[1] for row in usage} == {"r", "b", "c"}
    assert any(len(row["amount"].partition(".")[2]) >= 8 for row in billing
               if row["transaction_type"] == "AWS_REV_SHARE")
    terms = {row["term_type"] for row in feeds["agreementtermfeed"]}
    assert terms >= {"UsageBasedPricingTerm", "FreeTrialPricingTerm", "FixedUpfrontPricingTerm",
                     "PaymentScheduleTerm"}, terms
    states = {row["status"] for row in current(feeds["agreementfeed"], "agreement_id")}
    assert states >= {"ACTIVE", "CANCELLED", "EXPIRED"}, states
    today = datetime.date.today().isoformat()
    settled = {row["parent_billing_event_id"] for row in billing
               if row["action"] in ("COLLECTED", "FORGIVEN")}
    assert [row for row in billing if row["action"] == "INVOICED" and row["payment_due_date"]
            and row["payment_due_date"] < today and row["billing_event_id"] not in settled], \
        "nothing is overdue"
    assert any(row["nontaxable_amount"] != "0.00" for row in feeds["taxitemfeed"])
    assert {row["transaction_type_code"] for row in feeds["taxitemfeed"]} == {"AWS", "REFUND"}


@case
def usage_is_invoiced():
    """usage × price, summed by agreement, dimension and month, is what was invoiced"""
    usage = current(feeds["dailyusagefeed"], "usage_feed_id")
    check_usage(usage)
    sums = defaultdict(Decimal)
    for row in usage:
        name = (row["product_id"], row["end_user_account_id"], row["offer_id"],
                row["pricing_currency"], row["usage_date"][:7])
        sums[name] += Decimal(row["estimated_revenue_in_pricing_currency"])
    upfront = {row["agreement_id"] for row in feeds["agreementtermfeed"]
               if row["term_type"] == "FixedUpfrontPricingTerm"}
    contracts = {(row["offer_id"], row["acceptor_account_id"]) for row in feeds["agreementfeed"]
                 if row["agreement_id"] in upfront}
    invoiced = defaultdict(Decimal)
    for row in billing:
        if (row["action"], row["transaction_type"]) != ("INVOICED", "SELLER_REV_SHARE") or (
                row["offer_id"], row["end_user_account_id"]) in contracts:
            continue
        name = (row["product_id"], row["end_user_account_id"], row["offer_id"], row["currency"],
                row["usage_period_start_date"][:7])
        invoiced[name] += Decimal(row["amount"])
    assert invoiced
    for name, amount in invoiced.items():
        assert sums[name] == amount, (name, sums[name], amount)
    month = max(name[4] for name in invoiced)
    missing = {name for name, amount in sums.items()
               if amount and name[4] < month and name not in invoiced}
    assert not missing, missing


@case
def invoices_balance():
    """fees are a part of the revenue; collected and forgiven are what was invoiced; taxes are their items"""
    by_id = {row["billing_event_id"]: row for row in billing}
    for row in billing:
        amount, parent = Decimal(row["amount"]), by_id.get(row["parent_billing_event_id"])
        kind = row["transaction_type"]
        if row["action"] == "INVOICED" and kind.startswith("AWS_REV_SHARE"):
            rate = -amount / Decimal(parent["amount"])
            assert rate in (Decimal("0.2"), Decimal("0.03"), Decimal("0.015")), (rate, row)
        if row["action"] in ("COLLECTED", "FORGIVEN"):
            assert parent["action"] == "INVOICED" and Decimal(parent["amount"]) == amount
            assert parent["currency"] == row["currency"]
        if row["action"] == "DISBURSED" and not kind.startswith("DISBURSEMENT"):
            assert parent["action"] == "INVOICED" and Decimal(parent["amount"]) == -amount
            assert parent["balance_impacting"] == "1"
    taxes, items = defaultdict(Decimal), defaultdict(Decimal)
    for row in billing:
        if row["action"] == "INVOICED" and "_TAX_" in row["transaction_type"]:
            taxes[row["invoice_id"], row["currency"]] += Decimal(row["amount"])
    for row in current(feeds["taxitemfeed"], "tax_item_id"):
        items[row["invoice_id"], row["tax_currency"]] += Decimal(row["tax_amount"])
    assert taxes == {name: amount for name, amount in items.items() if amount or name in taxes}


@case
def disbursements_balance():
    """what is disbursed is what was collected less fees; a disbursement that failed is paid again"""
    parts, paid, failed = defaultdict(list), {}, set()
    collected = {row["parent_billing_event_id"] for row in billing if row["action"] == "COLLECTED"}
    for row in billing:
        if row["transaction_type"] == "DISBURSEMENT":
            paid[row["billing_event_id"]] = row
        elif row["transaction_type"] == "DISBURSEMENT_FAILURE":
            failed.add(row["parent_billing_event_id"])
        elif row["action"] == "DISBURSED":
            parts[row["disbursement_billing_event_id"]].append(row)
    assert set(parts) == set(paid) and failed <= set(paid)
    for name, row in paid.items():
        assert Decimal(row["amount"]) == -sum(Decimal(one["amount"]) for one in parts[name])
        assert {one["currency"] for one in parts[name]} == {row["currency"]}
        if name in failed:
            assert not row["bank_trace_id"]
    assert len({row["bank_trace_id"] for row in paid.values() if row["bank_trace_id"]}) > 20
    once = [one["parent_billing_event_id"] for name in paid if name not in failed
            for one in parts[name]]
    assert len(once) == len(set(once)), "a row was paid twice"
    adjusted = {row["billing_event_id"] for row in billing
                if row["transaction_type"] == "BALANCE_ADJUSTMENT"}
    assert set(once) <= collected | adjusted
    # by currency: collected, less what waits for the next disbursement, is what was paid
    balance = defaultdict(Decimal)
    for row in billing:
        if row["action"] == "INVOICED" and row["balance_impacting"] == "1" and (
                row["billing_event_id"] in set(once)):
            balance[row["currency"]] += Decimal(row["amount"])
    got = defaultdict(Decimal)
    for name, row in paid.items():
        if name not in failed:
            got[row["currency"]] += Decimal(row["amount"])
    assert balance == got, (balance, got)
    last = max(row["action_date"] for row in billing
               if row["transaction_type"] == "DISBURSEMENT_FAILURE")
    now = datetime.datetime.now(datetime.timezone.utc)
    assert (now - datetime.datetime.fromisoformat(last)).days < 60, "no failure of late"


@case
def the_same_past():
    """the same seed has the same past, another seed another, and a restart changes nothing"""
    again = Server("--seed", "17")
    other = Server("--seed", "18")
    mine = {key: one["ETag"] for key, one in objects(s3).items()}
    twin = {key: one["ETag"] for key, one in objects(again.client("s3", "seller")).items()}
    third = {key: one["ETag"] for key, one in objects(other.client("s3", "seller")).items()}
    assert mine == twin
    assert sum(mine[key] == third[key] for key in mine) < len(mine) / 2
    currencies = {row["currency"] for row in read_all(other.client("s3", "seller"))
                  ["billingeventfeed"]}
    assert currencies == {"USD", "EUR", "GBP", "JPY", "AUD"}, currencies
    again.stop()
    again.start()
    assert twin == {key: one["ETag"]
                    for key, one in objects(again.client("s3", "seller")).items()}


@case
def quick():
    """the past is written within seconds"""
    fresh = Server("--seed", "19")
    client = fresh.client("s3", "seller")
    began = time.monotonic()
    client.list_objects_v2(Bucket=BUCKET, MaxKeys=1)
    first = time.monotonic() - began
    began = time.monotonic()
    client.list_objects_v2(Bucket=BUCKET, MaxKeys=1)
    print(f"# first look {first:.2f} s, second {time.monotonic() - began:.3f} s")
    assert first < 30


run()
