#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The seller's data feeds grow with what the practice accounts subscribe to and use."""

import datetime
from decimal import Decimal

from feeds import check_usage, current, objects, read_all
from harness import (BUYER, SAMPLES, SELLER, TESTER, Server, case, deploy, need_models, package_arn,
                     run, subscribe, wait_for)

need_models()
server = Server("--seed", "23")
s3 = server.client("s3", "seller")
MONTH = datetime.datetime.now(datetime.timezone.utc).strftime("year=%Y/month=%m")
known = {}


def news():
    """Rows that were not there before, and what files changed."""
    before = dict(known.get("etags", {}))
    known["etags"] = {key: one["ETag"] for key, one in objects(s3).items()}
    changed = {key for key, tag in known["etags"].items() if before and before.get(key) != tag}
    feeds = read_all(s3)
    rows = {}
    for name, found in feeds.items():
        found = [{key: value for key, value in row.items() if key != "file"} for row in found]
        old = {tuple(row.values()) for row in known.get(name, [])}
        rows[name] = [row for row in found if tuple(row.values()) not in old] if old else []
        known[name] = found
    known["feeds"] = feeds
    return rows, changed


def grown(name, wanted=1):
    """News, as soon as they have what is waited for."""
    all_rows, all_changed = {}, set()

    def there():
        rows, changed = news()
        all_changed.update(changed)
        for key, value in rows.items():
            all_rows.setdefault(key, []).extend(value)
        return len(all_rows[name]) >= wanted

    wait_for(there, f"{wanted} rows of {name}")
    return all_rows, all_changed


def accounts():
    return {row["aws_account_id"]: row["account_id"] for row in known["feeds"]["accountfeed"]}


@case
def subscribed():
    """a subscription is in the agreement feed, its buyer, address and terms in theirs; older months stay"""
    news()
    assert BUYER not in accounts()
    agreement, product = subscribe(server, "petal-sorter-mini")
    known["agreement"], known["product"] = agreement, product
    rows, changed = grown("agreementfeed")
    (row,) = rows["agreementfeed"]
    assert (row["agreement_id"], row["status"], row["intent"]) == (agreement, "ACTIVE", "NEW")
    assert row["acceptor_account_id"] == accounts()[BUYER]
    assert row["proposer_account_id"] == accounts()[SELLER]
    assert {one["company_name"] for one in rows["addressfeed"]} == {"Practice Buyer"}
    assert "UsageBasedPricingTerm" in {one["term_type"] for one in rows["agreementtermfeed"]}
    assert not rows["dailyusagefeed"] and not rows["billingeventfeed"]
    assert changed and all(MONTH in key for key in changed), changed


@case
def endpoint_hours():
    """an endpoint's minutes are hours of usage and a line of an invoice, with fee and tax"""
    deploy(server, "count", package_arn(server, known["product"]), "ml.m5.large")
    sagemaker = server.client("sagemaker")
    sagemaker.delete_endpoint(EndpointName="count")
    rows, changed = grown("dailyusagefeed")
    assert all(MONTH in key for key in changed), changed
    (row,) = rows["dailyusagefeed"]
    check_usage([row])
    assert row["dimension_key"] == "ml.m5.large.m.i.r" and row["usage_unit"] == "HostHrs"
    assert row["agreement_id"] == known["agreement"]
    assert Decimal("0.016") < Decimal(row["usage_quantity"]) < Decimal("0.1")
    assert row["usage_rate_per_unit_in_pricing_currency"] == "0.30"
    billed = {one["transaction_type"]: one for one in rows["billingeventfeed"]}
    revenue = billed["SELLER_REV_SHARE"]
    assert revenue["amount"] == row["estimated_revenue_in_pricing_currency"]
    assert Decimal(billed["AWS_REV_SHARE"]["amount"]) == -Decimal(revenue["amount"]) / 5
    assert billed["AWS_REV_SHARE"]["parent_billing_event_id"] == revenue["billing_event_id"]
    assert revenue["from_account_id"] == accounts()[BUYER]
    assert {one["action"] for one in rows["billingeventfeed"]} == {"INVOICED"}


@case
def more_of_the_day():
    """more usage on the same day is another version of its row, and another line"""
    deploy(server, "again", package_arn(server, known["product"]), "ml.m5.large")
    server.client("sagemaker").delete_endpoint(EndpointName="again")
    rows, _ = grown("dailyusagefeed")
    (row,) = rows["dailyusagefeed"]
    mine = [one for one in known["feeds"]["dailyusagefeed"]
            if one["agreement_id"] == known["agreement"]]
    if len({one["usage_date"] for one in mine}) == 1:  # not over midnight
        assert len({one["usage_feed_id"] for one in mine}) == 1 and len(mine) == 2
        assert len({one["insert_date"] for one in mine}) == 1
    now = current(mine, "usage_feed_id")
    lines = [one for one in known["feeds"]["billingeventfeed"]
             if one["transaction_type"] == "SELLER_REV_SHARE" and one["action"] == "INVOICED"
             and one["end_user_account_id"] == accounts()[BUYER]]
    assert len(lines) == 2
    assert sum(Decimal(one["estimated_revenue_in_pricing_currency"]) for one in now) == sum(
        Decimal(one["amount"]) for one in lines)


@case
def trials():
    """usage in a trial is counted and costs nothing"""
    agreement, product = subscribe(server, "depot-roll-call", trial=True)
    grown("agreementfeed")
    deploy(server, "tried", package_arn(server, product), "ml.c5.2xlarge")
    server.client("sagemaker").delete_endpoint(EndpointName="tried")
    rows, _ = grown("dailyusagefeed")
    (row,) = rows["dailyusagefeed"]
    assert row["agreement_id"] == agreement and Decimal(row["usage_quantity"]) > 0
    assert row["estimated_revenue_in_pricing_currency"] == "0.00"
    assert not [one for one in rows["billingeventfeed"]
                if one["transaction_type"] == "SELLER_REV_SHARE"]


@case
def calls():
    """inferences are counted where they are what is sold, those of the tester too; failed ones are not"""
    agreement, product = subscribe(server, "lot-occupancy-counter", "tester")
    deploy(server, "lot", package_arn(server, product, TESTER), "ml.c5.2xlarge", account="tester")
    runtime = server.client("sagemaker-runtime", "tester")
    for _ in range(3):
        runtime.invoke_endpoint(EndpointName="lot", ContentType="image/jpeg",
                                Body=(SAMPLES / "lot-b-dusk.jpg").read_bytes())
    try:
        runtime.invoke_endpoint(EndpointName="lot", ContentType="image/jpeg", Body=b"no picture")
        raise RuntimeError("nonsense was answered")
    except runtime.exceptions.ModelError:
        pass
    server.client("sagemaker", "tester").delete_endpoint(EndpointName="lot")

    def counted():
        news()
        mine = [row for row in known["feeds"]["dailyusagefeed"] if row["agreement_id"] == agreement]
        rows = current(mine, "usage_feed_id")
        return sum(Decimal(row["usage_quantity"]) for row in rows) == 3 and rows

    wait_for(counted, "three requests")
    rows = counted()
    check_usage(rows)
    assert {(row["dimension_key"], row["usage_unit"]) for row in rows} == {("m.i.c", "Requests")}
    assert {row["end_user_account_id"] for row in rows} == {accounts()[TESTER]}


@case
def others_are_not_ours():
    """what other sellers sell is not in these feeds"""
    subscribe(server, "iris-classifier")
    agreement, _ = subscribe(server, "depot-roll-call", "tester")
    rows, _ = grown("agreementfeed")
    assert [row["agreement_id"] for row in rows["agreementfeed"]] == [agreement]


@case
def cancelled():
    """the end of a subscription is a second version of its row"""
    server.client("marketplace-agreement").cancel_agreement(agreementId=known["agreement"])
    rows, _ = grown("agreementfeed")
    (row,) = rows["agreementfeed"]
    assert (row["agreement_id"], row["status"]) == (known["agreement"], "CANCELLED")
    assert row["end_time"] and row["status_reason_code"] == "BUYER_INITIATED"
    (last,) = [one for one in current(known["feeds"]["agreementfeed"], "agreement_id")
               if one["agreement_id"] == known["agreement"]]
    assert last["status"] == "CANCELLED"


@case
def as_slow_as_aws():
    """at speed 1 the feeds are written once a day"""
    slow = Server("--seed", "23", speed="1")
    client = slow.client("s3", "seller")
    before = objects(client)
    subscribe(slow, "depot-roll-call", wait=False)
    assert objects(client) == before


run()
