# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the practice seller's data feeds, for the tests of them."""

import csv
import io
from collections import defaultdict
from decimal import Decimal

from harness import SELLER

BUCKET = f"marketplace-feeds-{SELLER}"


def objects(client, **more):
    found = []
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, **more):
        found += page.get("Contents", [])
    return {one["Key"]: one for one in found}


def body(client, key):
    return client.get_object(Bucket=BUCKET, Key=key)["Body"].read()


def read_all(client):
    """Every row of every feed, by the feed's name in small letters."""
    feeds = defaultdict(list)
    for key in objects(client):
        text = body(client, key).decode("utf-8")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        for row in rows:
            row["file"] = key
            feeds[key.split("_V1/")[0].lower()].append(row)
    return feeds


def current(rows, *key):
    """The rule of the guide: per key the greatest valid_from, then update_date; not what is deleted."""
    best = {}
    for row in rows:
        name = tuple(row[part] for part in key)
        rank = (row["valid_from"], row["update_date"])
        if name not in best or rank > best[name][0]:
            best[name] = (rank, row)
    return [row for _, row in best.values() if not row["delete_date"]]


def check_usage(usage):
    for row in usage:
        quantity, rate = Decimal(row["usage_quantity"]), Decimal(
            row["usage_rate_per_unit_in_pricing_currency"])
        assert Decimal(row["estimated_revenue_in_pricing_currency"]) == quantity * rate, row
