#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data sets of Commerce Analytics: each one that the practice account makes is read, or refused by its name."""
import csv
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import boto3
from botocore.config import Config

from cases import ASAN, case, results

CLI, PRACTICE = sys.argv[1], sys.argv[2]
HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-sets-"))
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
    "HOME": str(HOME),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "TRESTLE_PRACTICE": PRACTICE,
    "LC_ALL": "C.UTF-8",
}
SELLER = "444455556666"
BUCKET = f"sagemaker-us-east-1-{SELLER}"
TODAY = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
#: a month whose sets have all come out, and the days on which its daily ones do
MONTH = (TODAY.replace(day=1) - datetime.timedelta(days=20)).replace(day=1)
PUBLISHED = (MONTH + datetime.timedelta(days=32)).replace(day=15)
MONTHLY = PUBLISHED if PUBLISHED < TODAY else MONTH.replace(day=15)
STANDING = TODAY - datetime.timedelta(days=2)
DAYS = [TODAY - datetime.timedelta(days=n) for n in range(2, 33)]
#: contracts are not paid for in every month
MONTHS = [(MONTHLY - datetime.timedelta(days=30 * n)).replace(day=15) for n in range(12)]
CONTRACTS = ("monthly_revenue_annual_subscriptions", "monthly_revenue_flexible_payment_schedule")
EVERY_DAY = ("daily_business_usage_by_instance_type", "daily_business_fees",
             "daily_business_new_product_subscribers", "daily_business_canceled_product_subscribers")
ONCE = {"customer_subscriber_hourly_monthly_subscriptions": STANDING,
        "customer_subscriber_annual_subscriptions": STANDING,
        "disbursed_amount_by_uncollected_funds_breakdown": STANDING,
        "disbursed_amount_by_product": STANDING, "disbursed_amount_by_customer_geo": STANDING,
        "monthly_revenue_billing_and_revenue_data": MONTHLY,
        "monthly_revenue_annual_subscriptions": MONTHLY,
        "monthly_revenue_field_demonstration_usage": MONTHLY,
        "monthly_revenue_flexible_payment_schedule": MONTHLY,
        "sales_compensation_billed_revenue": MONTHLY, "us_sales_and_use_tax_records": MONTHLY}
UNREAD = ("daily_business_free_trial_conversions", "daily_business_new_instances",
          "disbursed_amount_by_instance_hours", "disbursed_amount_by_age_of_uncollected_funds",
          "disbursed_amount_by_age_of_disbursed_funds", "disbursed_amount_by_age_of_past_due_funds")
ENDED = ("disbursed_amount_by_product_with_uncollected_funds", "customer_profile_by_industry",
         "customer_profile_by_revenue", "customer_profile_by_geography")
files = {}


def seller(*args, status=0):
    done = subprocess.run([CLI, "--practice", "--account", "seller", "reports", *map(str, args)],
                          capture_output=True, text=True, env=ENV, timeout=120, check=False)
    done.stderr = ASAN.sub("", done.stderr)
    assert done.returncode == status, f"{args}: exit {done.returncode}, not {status}\n{done.stdout}\n{done.stderr}"
    return done


def as_json(*args, status=0):
    return json.loads(seller(*args, "--json", status=status).stdout)


def refused(*args, status=1):
    return json.loads(seller(*args, "--json", status=status).stderr)["error"]


def clients():
    line = json.loads(next(HOME.rglob("server.json")).read_text(encoding="utf-8"))
    keys = line["accounts"]["seller"]
    return [boto3.client(name, region_name="us-east-1", endpoint_url=line["endpoint"],
                         aws_access_key_id=keys["access_key_id"], aws_secret_access_key=keys["secret_access_key"],
                         config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}))
            for name in ("marketplacecommerceanalytics", "s3")]


def make_all():
    """Has every set made, and keeps it in a folder of its own."""
    analytics, s3 = clients()
    wanted = {(name, day) for name in EVERY_DAY for day in DAYS} | set(ONCE.items())
    wanted |= {(name, STANDING) for name in UNREAD} | {(name, day) for name in CONTRACTS for day in MONTHS}
    for name, day in sorted(wanted):
        analytics.generate_data_set(
            dataSetType=name, dataSetPublicationDate=day, destinationS3BucketName=BUCKET, destinationS3Prefix="sets",
            roleNameArn=f"arn:aws:iam::{SELLER}:role/MarketplaceCommerceAnalyticsRole",
            snsTopicArn=f"arn:aws:sns:us-east-1:{SELLER}:reports")
    for name, day in sorted(wanted):
        key = f"{name}_{day:%Y-%m-%d}.csv"
        for _ in range(600):
            if s3.list_objects_v2(Bucket=BUCKET, Prefix=f"sets/{key}").get("Contents"):
                break
            time.sleep(0.1)
        place = HOME / "sets" / name / key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(s3.get_object(Bucket=BUCKET, Key=f"sets/{key}")["Body"].read())
        files[name, day] = place


def rows(name, day=None):
    found = []
    for (each, date), place in files.items():
        if each == name and day in (None, date):
            with open(place, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, strict=True):
                    found.append({**row, "_day": date})
    return found


def read(*names, change=None):
    """Forgets all, and reads these sets alone."""
    seller("forget")
    folder = Path(tempfile.mkdtemp(dir=HOME))
    for (name, _), place in files.items():
        if name in names:
            text = place.read_text(encoding="utf-8")
            (folder / place.name).write_text(change(text) if change else text, encoding="utf-8")
    return as_json("fetch", "--folder", folder)


def sums(rows_, place, columns, sign=None):
    """Sums of columns by a place and a currency."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in rows_:
        for name, headers in columns.items():
            for header in headers:
                value = Decimal(row[header])
                found[place(row), row.get("Currency", "USD")][name] += (sign or {}).get(name, 1) * value
    return clean(found)


def clean(found):
    found = {place: {n: v for n, v in values.items() if v} for place, values in found.items()}
    return {place: values for place, values in found.items() if values}


def shown(report, *args, only=None):
    skip = {"key", "label", "detail", "currency", "before", "parts"}
    return clean({(row["key"], row["currency"]): {n: Decimal(v) for n, v in row.items()
                                                  if n not in skip and (only is None or n in only)}
                  for row in as_json("show", report, *args)["items"]})


def same(got, wanted, about):
    assert wanted, f"{about}: nothing to compare"
    for place in got.keys() | wanted.keys():
        assert got.get(place) == wanted.get(place), f"{about} {place}: {got.get(place)}, not {wanted.get(place)}"


def revenue(rows_, place):
    """What the two sets of a month's revenue say, with the sum that is left."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in rows_:
        cell = found[place(row), row["Currency"]]
        for name, header, sign in (("billed", "Customer Billed Amount", 1), ("aws-fee", "AWS Listing Fee", -1),
                                   ("refunds", "Refunds Amount", -1), ("fee-refunds", "AWS Fee Refund", 1)):
            value = sign * abs(Decimal(row[header]))
            cell[name] += value
            cell["net"] += value
        cell["tax"] += abs(Decimal(row["U.S. Sales Tax Customer Billed Amount"]))
        cell["tax"] -= abs(Decimal(row["U.S. Sales Tax Refunds Amount"]))
    return clean(found)


def month_of(row):
    """The month that a monthly set is of."""
    return f"{row['_day'].replace(day=1) - datetime.timedelta(days=1):%Y-%m}"


def contracts(name, header):
    """What a set of contracts' prices alone says is billed, by month."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in rows(name):
        day = row["_day"] - datetime.timedelta(days=1)
        month = row["Invoice Date"][:7] if "Invoice Date" in row else f"{day:%Y-%m}"
        found[month, row["Currency"]]["billed"] += Decimal(row[header])
        found[month, row["Currency"]]["net"] += Decimal(row[header])
    return clean(found)


def main():
    seller("list")

    @case("every set that AWS still makes is made")
    def _():
        make_all()
        assert len({name for name, _ in files}) == len(EVERY_DAY) + len(ONCE) + len(UNREAD) == 21
        for name in (set(EVERY_DAY) | set(ONCE) | set(UNREAD)) - {"monthly_revenue_field_demonstration_usage"}:
            if name not in ("daily_business_new_instances", "daily_business_free_trial_conversions"):
                assert rows(name) or name in ("daily_business_fees", "monthly_revenue_flexible_payment_schedule",
                                              "daily_business_canceled_product_subscribers"), name

    @case("use by instance type, told apart by what the offering is")
    def _():
        read("daily_business_usage_by_instance_type")
        found = defaultdict(lambda: defaultdict(Decimal))
        modes = {"Inference": "per-request", "Inference (Batch)": "batch", "Inference (Real-Time)": "real-time"}
        for row in rows("daily_business_usage_by_instance_type"):
            cell = found[row["Instance Type"] or "requests", row["Currency"]]
            cell["hours" if row["Usage Unit Type"] == "Hrs" else "requests"] += Decimal(row["Usage Units"])
            cell[modes[row["Offering Description"]]] += Decimal(row["Estimated Revenue"])
            cell["estimated-revenue"] += Decimal(row["Estimated Revenue"])
        assert any("batch" in cell for cell in found.values()) and any("real-time" in cell for cell in found.values())
        same(shown("daily-usage", "--by", "instance"), clean(found), "use")
        days = sums(rows("daily_business_usage_by_instance_type"),
                    lambda row: f"{row['_day'] - datetime.timedelta(days=1):%Y-%m-%d}",
                    {"estimated-revenue": ["Estimated Revenue"]})
        same(shown("daily-usage", "--by", "day", only={"estimated-revenue"}), days, "use by day")

    @case("billed revenue of a month, by usage and by contract")
    def _():
        names = "monthly_revenue_billing_and_revenue_data", "monthly_revenue_annual_subscriptions"
        read(*names)
        both = [row for name in names for row in rows(name)]
        same(shown("billed-revenue", "--by", "month"), revenue(both, month_of), "by month")
        same(shown("billed-revenue", "--by", "product"), revenue(both, lambda row: row["Product Title"]), "by product")
        same(shown("billed-revenue", "--by", "buyer"), revenue(both, lambda row: row["Customer AWS Account Number"]),
             "by buyer")
        assert as_json("show", "collected")["items"] == [], "who was invoiced is not known to have paid or not"
        whole = shown("billed-revenue", "--by", "month")
        read(*names, "sales_compensation_billed_revenue", "monthly_revenue_flexible_payment_schedule",
             "daily_business_fees")
        months = {month for month, _ in whole}
        same({p: v for p, v in shown("billed-revenue", "--by", "month").items() if p[0] in months}, whole,
             "with lesser sets")

    @case("billed revenue from the set for sales compensation alone")
    def _():
        read("sales_compensation_billed_revenue")
        found = defaultdict(lambda: defaultdict(Decimal))
        for row in rows("sales_compensation_billed_revenue"):
            cell = found[row["Product Title"], row["Currency"]]
            for name, header, sign in (("billed", "Gross Revenue", 1), ("aws-fee", "AWS Revenue Share", -1),
                                       ("refunds", "Gross Refunds", -1), ("fee-refunds", "AWS Refunds Share", 1)):
                cell[name] += sign * abs(Decimal(row[header]))
                cell["net"] += sign * abs(Decimal(row[header]))
        same(shown("billed-revenue", "--by", "product"), clean(found), "sales compensation")

    @case("prices of contracts, by instalment and by day")
    def _():
        for name, header in (("monthly_revenue_flexible_payment_schedule", "Invoice Amount (USD)"),
                             ("daily_business_fees", "Amount")):
            read(name)
            wanted = contracts(name, header)
            if wanted:
                same(shown("billed-revenue", "--by", "month"), wanted, name)
            else:
                assert shown("billed-revenue", "--by", "month") == {}, name

    @case("what is open, from the list of what is not collected; the newest counts")
    def _():
        name = "disbursed_amount_by_uncollected_funds_breakdown"
        read(name)
        found = defaultdict(lambda: defaultdict(Decimal))
        for row in rows(name):
            amount = abs(Decimal(row["Gross Revenue"])) - abs(Decimal(row["Gross Refunds"]))
            cell = found[row["AR Period"], row["Currency"]]
            cell["open"] += amount
            late = f"{row['Payment Due Date']:.10}" < f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}"
            if late and Decimal(row["Gross Revenue"]):
                cell["overdue"] += abs(Decimal(row["Gross Revenue"]))
        same(shown("collected", "--by", "month", only={"open", "overdue"}), clean(found), "open")
        report = as_json("show", "collected", "--by", "month")
        assert all("collected" not in row for row in report["items"]), report["items"][0]
        place = files[name, STANDING]
        older = place.with_name(place.name.replace(f"{STANDING:%Y-%m-%d}", "2026-01-05"))
        shutil.copy(place, older)
        as_json("fetch", "--folder", place.parent)
        same(shown("collected", "--by", "month", only={"open", "overdue"}), clean(found), "two lists")
        older.unlink()

    @case("disbursements by product, with what they were for; the same once more does not count twice")
    def _():
        name = "disbursed_amount_by_product"
        read(name)
        columns = {"revenue": ["SellerRev"], "refunds": ["SellerRevRefund", "SellerRevCredit"],
                   "aws-fee": ["AWSRefFee", "AWSRefFeeRefund", "AWSRefFeeCredit"],
                   "tax": ["SellerUSSalesTax", "SellerUSSalesTaxRefund"],
                   "net": ["Net Amount", "SellerUSSalesTax", "SellerUSSalesTaxRefund"]}
        lines = sums(rows(name), lambda row: row["Product"], columns)
        same(shown("disbursement", "--by", "product"), lines, "by product")
        paid = sums(rows(name), lambda row: f"{STANDING:%Y-%m}",
                    {"paid": ["Net Amount", "SellerUSSalesTax", "SellerUSSalesTaxRefund"]})
        same(shown("disbursement", "--by", "month", only={"paid"}), paid, "by month")
        place = files[name, STANDING]
        later = place.with_name(f"{name}_{STANDING + datetime.timedelta(days=40):%Y-%m-%d}.csv")
        shutil.copy(place, later)
        as_json("fetch", "--folder", place.parent)
        same(shown("disbursement", "--by", "product"), lines, "two dates of one disbursement")
        later.unlink()

    @case("disbursements by place are the transfers with their settlements")
    def _():
        name = "disbursed_amount_by_customer_geo"
        read(name)
        found = {}
        for row in rows(name):
            found[f"{row['Deposit Date']} {row['Settlement ID']}", row["Currency"]] = {
                "paid": Decimal(row["Disbursed Amount"])}
        same(shown("disbursement", "--by", "disbursement"), found, "settlements")
        alone = shown("disbursement", "--by", "month", only={"paid"})
        read(name, "disbursed_amount_by_product")
        both = shown("disbursement", "--by", "month", only={"paid"})
        assert sorted(map(str, alone.values())) == sorted(map(str, both.values())), (alone, both)

    @case("subscribers: who is there, who came, who left")
    def _():
        standing = [name for name in ONCE if name.startswith("customer_subscriber")]
        there = [row for name in standing for row in rows(name)]
        came, left = rows("daily_business_new_product_subscribers"), rows("daily_business_canceled_product_subscribers")
        read(*standing)
        by_product = shown("subscribers", "--by", "product")
        wanted = defaultdict(lambda: defaultdict(Decimal))
        for row in there:
            wanted[row["Product Title"], ""]["new"] += 1
            wanted[row["Product Title"], ""]["active"] += 1
        same(by_product, clean(wanted), "standing")
        for row in left:
            wanted[row["Product Title"], ""]["new"] += 1
            wanted[row["Product Title"], ""]["ended"] += 1
        read(*standing, "daily_business_canceled_product_subscribers", "daily_business_new_product_subscribers")
        same(shown("subscribers", "--by", "product"), clean(wanted), "all four")
        read("daily_business_canceled_product_subscribers", "daily_business_new_product_subscribers")
        wanted = defaultdict(lambda: defaultdict(Decimal))
        for name, found in (("new", came), ("ended", left)):
            for row in found:
                wanted[f"{row['_day'] - datetime.timedelta(days=1):%Y-%m-%d}", ""][name] += 1
        same(shown("subscribers", "--by", "day"), clean(wanted), "came and left")
        assert all("active" not in row for row in as_json("show", "subscribers")["items"])

    @case("tax of the United States")
    def _():
        read("us_sales_and_use_tax_records")
        found = sums([{**row, "Currency": row["Base Currency Code"]} for row in rows("us_sales_and_use_tax_records")],
                     lambda row: row["Taxed Jurisdiction"],
                     {"taxable": ["Taxable Sale Amount"], "nontaxable": ["Nontaxable Sale Amount"], "tax": ["Tax Amount"]})
        same(shown("tax", "--by", "jurisdiction"), found, "tax")

    @case("use for demonstrations brings nothing, and is use")
    def _():
        seller("forget")
        folder = HOME / "demonstrations"
        folder.mkdir()
        (folder / "monthly_revenue_field_demonstration_usage_2026-03-15.csv").write_text(
            "PRODUCT TITLE,Product Code,Instance Type,usage units,Usage Unit Types\nIris,abc,ml.m5.large,7.5,Hrs\n",
            encoding="utf-8")
        assert as_json("fetch", "--folder", folder)["rows"] == 1
        assert shown("daily-usage", "--by", "month") == {("2026-02", "USD"): {"hours": Decimal("7.5")}}
        assert as_json("show", "daily-usage")["alarms"] == []

    @case("prices of contracts that somebody wrote down")
    def _():
        folder = HOME / "instalments"
        folder.mkdir()
        (folder / "monthly_revenue_flexible_payment_schedule_2026-03-15.csv").write_text(
            "Customer AWS Account Number,Product Title,Invoice Date,Invoice Amount (USD),Currency\n"
            "1,Iris,2026-02-07,100.10,USD\n2,Iris,2026-02-09,0.000000000000000001,USD\n2,Tulip,2026-02-28,7,EUR\n",
            encoding="utf-8")
        (folder / "daily_business_fees_2026-02-08.csv").write_text(
            "Customer AWS Account Number,Product Title,Amount,Currency\n1,Iris,100.10,USD\n", encoding="utf-8")
        (folder / "daily_business_fees_2026-04-02.csv").write_text(
            "Customer AWS Account Number,Product Title,Amount\n1,Iris,55\n", encoding="utf-8")
        seller("forget")
        assert as_json("fetch", "--folder", folder)["read"] == 3
        assert shown("billed-revenue", "--by", "month", only={"billed"}) == {
            ("2026-02", "USD"): {"billed": Decimal("100.100000000000000001")}, ("2026-02", "EUR"): {"billed": Decimal(7)},
            ("2026-04", "USD"): {"billed": Decimal(55)}}

    @case("columns in any case and order, unknown ones, and sets in dollars that do not say so")
    def _():
        def change(text):
            table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            at = table[0].index("Currency") if "Currency" in table[0] else None
            out = io.StringIO(newline="")
            writer = csv.writer(out, lineterminator="\r\n")
            for number, line in enumerate(table):
                if at is not None and number > 0 and line[at] != "USD":
                    continue
                kept = [value for n, value in enumerate(line) if n != at]
                kept = kept[::-1] + (["Of Tomorrow"] if number == 0 else ["x, y"])
                writer.writerow([name.upper() for name in kept] if number == 0 else kept)
            return out.getvalue()

        for name, report in (("disbursed_amount_by_product", "disbursement"),
                             ("monthly_revenue_billing_and_revenue_data", "billed-revenue"),
                             ("disbursed_amount_by_uncollected_funds_breakdown", "collected"),
                             ("daily_business_usage_by_instance_type", "daily-usage"),
                             ("customer_subscriber_annual_subscriptions", "subscribers")):
            read(name)
            wanted = {p: v for p, v in shown(report, "--by", "product").items() if p[1] in ("USD", "")}
            read(name, change=change)
            same(shown(report, "--by", "product"), wanted, name)

    @case("sets of which no report is made are named, with the reason")
    def _():
        done = read(*EVERY_DAY, *ONCE, *UNREAD)
        assert set(done["unread"]) == set(UNREAD) and done["failed"] == 0, done
        assert done["read"] == len(files) - len(UNREAD), done
        said = seller("fetch", "--folder", HOME / "sets").stderr
        for name in UNREAD:
            assert f"No report is made of the data set {name}: " in said, said
            error = refused("fetch", "--folder", files[name, STANDING])
            assert name in error["message"] and error["code"] == "Input", error
            error = refused("order", name, status=2)
            assert name in error["message"] and error["code"] == "Usage", error
        for name in ENDED:
            error = refused("order", name, status=2)
            assert name in error["message"] and "any more" in error["message"], error
        error = refused("order", "no_such_set", status=2)
        assert "no_such_set" in error["message"] and "sales_compensation_billed_revenue" in error["message"], error

    @case("an order goes to the bucket that is named, and AWS's refusal is told in its words")
    def _():
        seller("forget")
        done = as_json("order", "us_sales_and_use_tax_records", "--date", f"{MONTHLY:%Y-%m-%d}", "--bucket", BUCKET,
                       "--prefix", "mine/")
        assert done["rows"] == len(rows("us_sales_and_use_tax_records")), done
        assert as_json("list")["parts"][0]["source"].startswith(f"s3://{BUCKET}/mine/us_sales"), as_json("list")
        error = refused("order", "us_sales_and_use_tax_records", "--topic", "arn:aws:sns:us-east-1:111122223333:x")
        assert "not the account's" in error["message"], error
        error = refused("order", "us_sales_and_use_tax_records", "--role", f"arn:aws:iam::{SELLER}:role/nothing")
        assert "cannot be assumed" in error["message"], error

    @case("a set twice in a month is one month")
    def _():
        read("monthly_revenue_billing_and_revenue_data")
        once = shown("billed-revenue", "--by", "month")
        place = files["monthly_revenue_billing_and_revenue_data", MONTHLY]
        again = place.with_name(f"{place.name.rpartition('_')[0]}_{MONTHLY + datetime.timedelta(days=5):%Y-%m-%d}.csv")
        shutil.copy(place, again)
        as_json("fetch", "--folder", place.parent)
        same(shown("billed-revenue", "--by", "month"), once, "twice")
        again.unlink()


try:
    main()
finally:
    subprocess.run([PRACTICE, "--stop"], env=ENV, capture_output=True, timeout=30, check=False)
    shutil.rmtree(HOME, ignore_errors=True)
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
