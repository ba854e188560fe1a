#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commerce Analytics: data sets that are asked for, written later, and agree with the feeds."""

import csv
import datetime
import io
import json
from collections import defaultdict
from decimal import Decimal

from feeds import BUCKET, current, read_all
from harness import SELLER, Server, case, fails, need_models, run, wait_for

need_models()
server = Server("--seed", "17")
s3 = server.client("s3", "seller")
client = server.client("marketplacecommerceanalytics", "seller")
#: the same account, which takes its time: what is asked for meanwhile is written at once
slow = Server("--seed", "17", speed="90")
slow_s3 = slow.client("s3", "seller")
slow_client = slow.client("marketplacecommerceanalytics", "seller")
ROLE = f"arn:aws:iam::{SELLER}:role/MarketplaceCommerceAnalyticsRole"
TOPIC = f"arn:aws:sns:us-east-1:{SELLER}:reports"
TODAY = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0,
                                                             microsecond=0)
#: the disbursement before the last one, whose month is over
PAID = (TODAY.replace(day=1) - datetime.timedelta(days=1)).replace(day=10)
DAY = TODAY - datetime.timedelta(days=40)
feeds = {}


def ask(kind, date, prefix="sets", caller=client, **more):
    arguments = {"dataSetType": kind, "dataSetPublicationDate": date, "roleNameArn": ROLE,
                 "destinationS3BucketName": BUCKET, "destinationS3Prefix": prefix,
                 "snsTopicArn": TOPIC}
    arguments.update(more)
    return caller.generate_data_set(**arguments)["dataSetRequestId"]


def there(key, store=s3):
    found = store.list_objects_v2(Bucket=BUCKET, Prefix=key).get("Contents", [])
    return bool(found)


def read(number, kind, date, prefix, store=s3):
    """Waits for a set that was asked for, and gives its rows and what is told of it."""
    base = f"{prefix}/{kind}_{date:%Y-%m-%d}"
    meta = {}

    def written():
        if there(f"{base}.meta.json", store):
            body = store.get_object(Bucket=BUCKET, Key=f"{base}.meta.json")["Body"].read()
            meta.update(json.loads(body))
        return meta.get("dataSetRequestId") == number

    wait_for(written, f"{base} of {number}", 60)
    text = store.get_object(Bucket=BUCKET, Key=f"{base}.csv")["Body"].read().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    return rows, meta, text


def get(kind, date, prefix="sets"):
    """One set: asked for, waited for and read."""
    return read(ask(kind, date, prefix), kind, date, prefix)


def get_all(wanted, prefix):
    """Many sets, each a pair of kind and date, asked for together."""
    numbers = [ask(kind, date, prefix, slow_client) for kind, date in wanted]
    return [read(number, kind, date, prefix, slow_s3)
            for number, (kind, date) in zip(numbers, wanted)]


def total(rows, amount, currency="Currency"):
    sums = defaultdict(Decimal)
    for row in rows:
        sums[row[currency]] += Decimal(row[amount])
    return {name: value for name, value in sums.items() if value}


def events(action, kinds, date, start, end):
    """Sums by currency of the feed's rows whose `date` lies in the range."""
    sums = defaultdict(Decimal)
    for row in feeds["billing"]:
        if row["action"] == action and row["transaction_type"] in kinds and (
                start <= row[date][:10] < end):
            sums[row["currency"]] += Decimal(row["amount"])
    return {name: value for name, value in sums.items() if value}


@case
def read_feeds():
    """the feeds of the same account"""
    found = read_all(s3)
    feeds["billing"] = current(found["billingeventfeed"], "billing_event_id")
    feeds["usage"] = current(found["dailyusagefeed"], "usage_feed_id")
    feeds["agreements"] = found["agreementfeed"]
    feeds["taxes"] = current(found["taxitemfeed"], "tax_item_id")
    assert feeds["billing"]


@case
def written_later():
    """the answer is a number; both files come some time after it and say what was asked"""
    store = slow_s3
    number = slow_client.generate_data_set(
        dataSetType="daily_business_usage_by_instance_type", dataSetPublicationDate=DAY,
        roleNameArn=ROLE, destinationS3BucketName=BUCKET, destinationS3Prefix="a/b/",
        snsTopicArn=TOPIC, customerDefinedValues={"who": "me"})["dataSetRequestId"]
    key = f"a/b/daily_business_usage_by_instance_type_{DAY:%Y-%m-%d}"
    fails("404", store.head_object, Bucket=BUCKET, Key=key + ".csv")

    def written():
        return "Contents" in store.list_objects_v2(Bucket=BUCKET, Prefix=key + ".meta.json")

    wait_for(written, key, 30)
    meta = json.loads(store.get_object(Bucket=BUCKET, Key=key + ".meta.json")["Body"].read())
    assert meta["dataSetRequestId"] == number
    asked = meta["dataSetRequestParameters"]
    assert asked["sellerAccountId"] == SELLER and asked["customerDefinedValues"] == {"who": "me"}
    assert asked["dataSetPublicationDate"] == f"{DAY:%Y-%m-%d}T00:00:00Z", asked
    assert meta["dataSetS3Location"] == {"bucketName": BUCKET, "key": key + ".csv"}
    day = DAY - datetime.timedelta(days=1)
    assert meta["dataSetCoverageRange"] == {"startDateTime": f"{day:%Y-%m-%d}T00:00:00Z",
                                            "endDateTime": f"{DAY:%Y-%m-%d}T00:00:00Z"}


@case
def usage():
    """a day's usage is the feed's, line for line"""
    rows, _, text = get("daily_business_usage_by_instance_type", DAY)
    day = f"{DAY - datetime.timedelta(days=1):%Y-%m-%d}"
    wanted = [row for row in feeds["usage"] if row["usage_date"][:10] == day]
    assert wanted and len(rows) == len(wanted)
    assert sorted(Decimal(row["Usage Units"]) for row in rows) == sorted(
        Decimal(row["usage_quantity"]) for row in wanted)
    by_feed = defaultdict(Decimal)
    for row in wanted:
        by_feed[row["pricing_currency"]] += Decimal(row["estimated_revenue_in_pricing_currency"])
    assert total(rows, "Estimated Revenue") == {k: v for k, v in by_feed.items() if v}
    assert text.startswith("Customer Reference ID,User's State,User's Country,Product Title,"
                           "Product Code,Instance Type,Usage Units,"), text[:200]
    assert rows[0]["Solution ID"] == "" and rows[0]["Customer AWS Account Number"].isdigit()


@case
def revenue():
    """a month's revenue, in all its sets, is what the feed has as invoiced"""
    date = TODAY.replace(day=1) - datetime.timedelta(days=20)
    end = f"{date:%Y-%m}-01"
    start = f"{date.replace(day=1) - datetime.timedelta(days=1):%Y-%m}-01"
    parts = (("Customer Billed Amount", ("SELLER_REV_SHARE",)),
             ("AWS Listing Fee", ("AWS_REV_SHARE",)),
             ("Refunds Amount", ("SELLER_REV_SHARE_REFUND", "SELLER_REV_SHARE_CREDIT")),
             ("AWS Fee Refund", ("AWS_REV_SHARE_REFUND", "AWS_REV_SHARE_CREDIT")),
             ("U.S. Sales Tax Customer Billed Amount", ("SELLER_TAX_SHARE",)))
    rows = get("monthly_revenue_billing_and_revenue_data", date)[0]
    rows += get("monthly_revenue_annual_subscriptions", date)[0]
    assert rows
    for column, kinds in parts:
        assert total(rows, column) == events("INVOICED", kinds, "invoice_date", start, end), column
    sold = get("sales_compensation_billed_revenue", date)[0]
    assert total(sold, "Gross Revenue") == total(rows, "Customer Billed Amount")
    assert total(sold, "Net Revenue") == total(rows, "Partner Revenue Amount")
    taxes = get("us_sales_and_use_tax_records", date)[0]
    wanted = sum(Decimal(row["tax_amount"]) for row in feeds["taxes"]
                 if start <= row["invoice_date"][:10] < end and row["taxed_customer_country"] == "US")
    assert taxes and sum(Decimal(row["Tax Amount"]) for row in taxes) == wanted


@case
def paid():
    """what was disbursed, by product and by place, is the feed's disbursement"""
    rows, meta, _ = get("disbursed_amount_by_product", PAID)
    start, end = (meta["dataSetCoverageRange"][name][:10] for name in ("startDateTime",
                                                                       "endDateTime"))
    failed = {row["parent_billing_event_id"] for row in feeds["billing"]
              if row["transaction_type"] == "DISBURSEMENT_FAILURE"}
    wanted = defaultdict(Decimal)
    for row in feeds["billing"]:
        if row["transaction_type"] == "DISBURSEMENT" and row["billing_event_id"] not in failed and (
                start <= row["action_date"][:10] < end):
            wanted[row["currency"]] += Decimal(row["amount"])
    got = total(rows, "Net Amount")
    for column in ("SellerUSSalesTax", "SellerUSSalesTaxRefund"):
        for currency, value in total(rows, column).items():
            got[currency] += value
    assert wanted and got == wanted, (got, wanted)
    places = get("disbursed_amount_by_customer_geo", PAID)[0]
    assert total(places, "Net Amount by Tax Location") == total(rows, "Net Amount")
    ages = get("disbursed_amount_by_age_of_disbursed_funds", PAID)[0]
    assert {row["Currency"]: Decimal(row["Collected Funds Overall"]) for row in ages} == wanted
    hours = get("disbursed_amount_by_instance_hours", PAID)[0]
    assert hours and all(Decimal(row["Instance Hours"]) > 0 for row in hours)


@case
def owed():
    """what is open and what is past due, by age and by invoice"""
    ages, meta, _ = get("disbursed_amount_by_age_of_uncollected_funds", PAID)
    end = meta["dataSetCoverageRange"]["endDateTime"]
    settled = {row["parent_billing_event_id"]: row["action_date"] for row in feeds["billing"]
               if row["action"] in ("COLLECTED", "FORGIVEN")}
    wanted, late = defaultdict(Decimal), defaultdict(Decimal)
    for row in feeds["billing"]:
        if row["action"] == "INVOICED" and row["balance_impacting"] == "1" and (
                row["payment_due_date"] and row["invoice_date"] < end
                and settled.get(row["billing_event_id"], "9") >= end):
            wanted[row["currency"]] += Decimal(row["amount"])
            if row["payment_due_date"] < end:
                late[row["currency"]] += Decimal(row["amount"])
    assert wanted and late
    assert {row["Currency"]: Decimal(row["Uncollected Funds Overall"]) for row in ages} == wanted
    for row in ages:
        buckets = [Decimal(value) for name, value in row.items() if name.endswith("Days")]
        assert len(buckets) == 5 and sum(buckets) == wanted[row["Currency"]]
    past = get("disbursed_amount_by_age_of_past_due_funds", PAID)[0]
    assert {row["Currency"]: Decimal(row["Past Due Funds Overall"]) for row in past} == late
    rows = get("disbursed_amount_by_uncollected_funds_breakdown", PAID)[0]
    assert {row["Payment Due date" if "Payment Due date" in row else "Payment Due Date"]
            for row in rows}
    assert set(total(rows, "Net Revenue")) == set(wanted)


@case
def subscribers():
    """who came, who left, who is there, what was tried: over a month they add up"""
    counts = defaultdict(int)
    last = TODAY - datetime.timedelta(days=3)
    wanted = [(kind, last - datetime.timedelta(days=number)) for number in range(25)
              for kind in ("daily_business_new_product_subscribers",
                           "daily_business_canceled_product_subscribers")]
    for (kind, _), (rows, _, _) in zip(wanted, get_all(wanted, "month")):
        counts[kind] += len(rows)
    start, end = (f"{last - datetime.timedelta(days=days):%Y-%m-%d}" for days in (25, 0))
    came = {row["agreement_id"] for row in feeds["agreements"]
            if start <= row["acceptance_time"][:10] < end}
    left = {row["agreement_id"] for row in feeds["agreements"]
            if row["status"] != "ACTIVE" and start <= row["end_time"][:10] < end}
    assert counts["daily_business_new_product_subscribers"] == len(came), (counts, came)
    assert counts["daily_business_canceled_product_subscribers"] == len(left), (counts, left)
    there_now = sum(len(get(kind, TODAY - datetime.timedelta(days=1))[0]) for kind in (
        "customer_subscriber_hourly_monthly_subscriptions",
        "customer_subscriber_annual_subscriptions"))
    assert there_now > 10
    trials = get("daily_business_free_trial_conversions", DAY)[0]
    assert all(int(row["Total Current Free Trials"]) >= 0 for row in trials)


@case
def all_of_them():
    """every data set that is not deprecated is written, with a header and a row of equal length"""
    kinds = client.meta.service_model.shape_for("DataSetType").enum
    old = {"disbursed_amount_by_product_with_uncollected_funds", "customer_profile_by_industry",
           "customer_profile_by_revenue", "customer_profile_by_geography"}
    assert len(kinds) == 25
    for kind in old:
        fails("MarketplaceCommerceAnalyticsException", ask, kind, PAID, text="deprecated")
    live = [(kind, PAID) for kind in kinds if kind not in old]
    assert len(live) == 21
    for (kind, _), (_, _, text) in zip(live, get_all(live, "all")):
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert {len(line) for line in lines} == {len(lines[0])}, kind
        assert len(set(lines[0])) == len(lines[0]), (kind, lines[0])


@case
def nothing_yet():
    """for a date without a data set no file comes"""
    date = datetime.datetime(2017, 1, 1, tzinfo=datetime.timezone.utc)
    ask("daily_business_fees", date, "never")
    get("daily_business_fees", DAY, "later")
    assert not there("never/")


@case
def refused():
    """the one error, for everything that cannot be"""
    kind = "daily_business_fees"
    for more, text in (
            ({"dataSetPublicationDate": TODAY + datetime.timedelta(days=2)}, "future"),
            ({"destinationS3BucketName": "nobodys-bucket"}, "does not exist"),
            ({"destinationS3BucketName": "sagemaker-us-east-1-111122223333"}, "not the account's"),
            ({"snsTopicArn": "arn:aws:sns:us-east-1:111122223333:reports"}, "Topic"),
            ({"roleNameArn": f"arn:aws:iam::{SELLER}:role/trestle-practice-execution"}, "assumed"),
            ({"roleNameArn": f"arn:aws:iam::{SELLER}:role/nothing"}, "assumed")):
        fails("MarketplaceCommerceAnalyticsException", ask, kind, DAY, text=text, **more)
    fails("MarketplaceCommerceAnalyticsException", ask, "no_such_set", DAY)
    buyer = server.client("marketplacecommerceanalytics", "buyer")
    fails("MarketplaceCommerceAnalyticsException", buyer.generate_data_set, dataSetType=kind,
          dataSetPublicationDate=DAY, roleNameArn=ROLE, destinationS3BucketName=BUCKET,
          snsTopicArn=TOPIC, text="not enrolled")
    fails("UnknownOperationException", client.start_support_data_export,
          dataSetType="customer_support_contacts_data", fromDate=DAY, roleNameArn=ROLE,
          destinationS3BucketName=BUCKET, snsTopicArn=TOPIC)


run()
