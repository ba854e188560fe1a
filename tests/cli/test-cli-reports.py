#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: every sum against an independent reckoning, files of all kinds, and a reading that is killed."""
import csv
import datetime
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from cases import ASAN, case, results
from report_feeds import UTC, Feeds, Reckoner

CLI, PRACTICE = sys.argv[1], sys.argv[2]
HOME = Path(tempfile.mkdtemp(prefix="trestle-cli-reports-"))
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith("AWS_")},
    "HOME": str(HOME),
    "XDG_DATA_HOME": str(HOME / "data"),
    "XDG_CACHE_HOME": str(HOME / "cache"),
    "XDG_CONFIG_HOME": str(HOME / "config"),
    "TRESTLE_PRACTICE": PRACTICE,
    "LC_ALL": "C.UTF-8",
}
DATABASE = HOME / "data" / "trestle" / "reports.db"
FEEDS = Feeds(20260807)
FOLDER = HOME / "feeds"


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


def sums_of(report, rows="items"):
    """By key and currency, without what is 0."""
    skip = {"key", "label", "detail", "currency", "before", "parts"}
    found = {}
    for row in report[rows]:
        values = {name: Decimal(value) for name, value in row.items() if name not in skip}
        place = (row["key"], row["currency"])
        assert place not in found, f"{place} twice"
        found[place] = {name: value for name, value in values.items() if value}
    return {place: values for place, values in found.items() if values}


def same(got, expected, about):
    expected = {place: {n: v for n, v in values.items() if v} for place, values in expected.items()}
    expected = {place: values for place, values in expected.items() if values}
    for place in got.keys() | expected.keys():
        assert got.get(place) == expected.get(place), f"{about} {place}: {got.get(place)}, not {expected.get(place)}"
    assert expected, f"{about}: nothing to compare"


def totals(expected):
    sums = {}
    for (_, currency), values in expected.items():
        cell = sums.setdefault(("total", currency), {})
        for name, value in values.items():
            cell[name] = cell.get(name, 0) + value
    return sums


def check_sums(name, groups, reckon, with_totals=True):
    for group in groups:
        report = as_json("show", name, "--by", group)
        expected = reckon(group)
        same(sums_of(report), expected, f"{name} by {group}")
        if with_totals:
            same(sums_of(report, "totals"), totals(expected), f"totals of {name} by {group}")


def write_sales(place):
    """Buyers 1 to 5 are invoiced and use nothing: 1 pays by use; 2 has a contract; 3 has one, and another offer by which
    it is invoiced; 4 has one that its payer accepted; of 5 the invoice names no offer. 6 and 7 use what brings nothing, 6
    without a contract, 8 uses and pays."""
    when = "2026-03-10T00:00:00Z"
    tables = {
        "AccountFeed": [("account_id", "aws_account_id")] + [(f"a{n}", f"20000000000{n}") for n in range(10)],
        "ProductFeed": [("product_id", "title"), ("prod-sold", "Sold"), ("prod-used", "Used")],
        "OfferProductFeed": [("offer_id", "product_id"), ("o-use", "prod-sold"), ("o-year", "prod-sold"),
                             ("o-flat", "prod-used"), ("o-hours", "prod-used")],
        "AgreementFeed": [("agreement_id", "status", "acceptor_account_id", "offer_id", "end_time", "acceptance_time")] + [
            (f"g{n}", "ACTIVE", buyer, offer, "", when) for n, (buyer, offer) in enumerate((
                ("a1", "o-use"), ("a2", "o-year"), ("a3", "o-year"), ("a3", "o-use"), ("a9", "o-year"), ("a5", "o-year"),
                ("a6", "o-hours"), ("a7", "o-flat"), ("a8", "o-hours")))],
        "AgreementTermFeed": [("agreement_id", "term_id", "term_type")] + [
            (f"g{n}", f"t{n}", kind) for n, kind in enumerate((
                "UsageBasedPricingTerm", "FixedUpfrontPricingTerm", "ConfigurableUpfrontPricingTerm",
                "UsageBasedPricingTerm", "PaymentScheduleTerm", "FixedUpfrontPricingTerm", "UsageBasedPricingTerm",
                "RecurringPaymentTerm", "UsageBasedPricingTerm"))],
        "BillingEventFeed": [("billing_event_id", "from_account_id", "end_user_account_id", "product_id", "action",
                              "transaction_type", "amount", "currency", "invoice_date", "offer_id")] + [
            (f"b{n}", payer, user, "prod-sold", "INVOICED", "SELLER_REV_SHARE", "10", "USD", when, offer)
            for n, (payer, user, offer) in enumerate((("a1", "a1", "o-use"), ("a2", "a2", "o-year"), ("a3", "a3", "o-use"),
                                                      ("a9", "a4", "o-year"), ("a5", "a5", "")))],
        "DailyUsageFeed": [("usage_feed_id", "usage_date", "product_id", "agreement_id", "end_user_account_id",
                            "dimension_key", "usage_unit", "usage_quantity", "pricing_currency",
                            "estimated_revenue_in_pricing_currency")] + [
            (f"u{n}", when, "prod-used", agreement, buyer, "ml.m5.large.m.i.r", "HostHrs", "5", "USD", revenue)
            for n, (buyer, agreement, revenue) in enumerate((("a6", "g6", "0"), ("a7", "g7", "0"), ("a8", "g8", "4")))],
    }
    for feed, rows in tables.items():
        file = place / f"{feed}_V1" / "year=2026" / "month=03" / "data.csv"
        file.parent.mkdir(parents=True)
        with open(file, "w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out, lineterminator="\n")
            for number, row in enumerate(rows):
                writer.writerow(row + (("valid_from", "update_date") if number == 0 else (when, when)))
        if feed == "AgreementTermFeed":
            terms = file
    return terms


def main():
    reckoner = Reckoner(FEEDS)
    FEEDS.write(FOLDER)
    now = datetime.datetime.now(UTC)

    @case("before anything is read, reports are empty and say so")
    def _():
        listed = as_json("list")
        assert {item["report"] for item in listed["items"]} >= {"daily-usage", "billed-revenue", "tax", "ref-tags"}, listed
        assert listed["parts"] == [] and listed["bucket"].startswith("marketplace-feeds-"), listed
        assert as_json("show", "billed-revenue")["items"] == []
        assert "reports fetch" in seller("show", "billed-revenue").stderr

    @case("a folder of feeds is read once, and then only what changed")
    def _():
        files = len(list(FOLDER.rglob("data.csv")))
        first = as_json("fetch", "--folder", FOLDER)
        assert first["read"] == files and first["unchanged"] == 0, (first, files)
        assert first["rows"] == sum(map(len, FEEDS.rows.values())), first
        again = as_json("fetch", "--folder", FOLDER)
        assert again["read"] == 0 and again["unchanged"] == files, again

    @case("daily usage is what the rows say")
    def _():
        check_sums("daily-usage", ("month", "day", "product", "instance", "buyer", "country"), reckoner.usage)

    @case("billed revenue is what the rows say")
    def _():
        check_sums("billed-revenue", ("month", "day", "product", "buyer", "country", "invoice"), reckoner.billed)

    @case("collected and overdue are what the rows say")
    def _():
        check_sums("collected", ("month", "day", "product", "buyer", "country", "invoice"),
                   lambda group: reckoner.collected(group, now))

    @case("disbursements are what the rows say")
    def _():
        check_sums("disbursement", ("month", "day", "disbursement", "product", "buyer", "country"), reckoner.disbursed)
        failed = [a for a in as_json("show", "disbursement")["alarms"] if a["rule"] == "disbursement-failed"]
        rows = [r for r in reckoner.rows["BillingEventFeed"] if r["transaction_type"] == "DISBURSEMENT_FAILURE"]
        assert len(failed) == len(rows) > 0, (failed, rows)

    @case("tax is what the rows say")
    def _():
        check_sums("tax", ("month", "day", "product", "buyer", "country", "jurisdiction"), reckoner.tax)

    @case("subscribers are what the rows say")
    def _():
        check_sums("subscribers", ("month", "day", "product", "buyer", "country"),
                   lambda group: reckoner.subscribers(group, now), with_totals=False)
        total = as_json("show", "subscribers", "--by", "product")
        same(sums_of(total, "totals"), totals(reckoner.subscribers("product", now)), "totals of subscribers")

    @case("filters leave what they say")
    def _():
        product, title = FEEDS.products[0]
        account = FEEDS.buyers[6]

        def keep(row, date):
            return (reckoner.product(row["product_id"]) == product and row["end_user_account_id"] == account
                    and "2025-02" <= f"{date:%Y-%m}" <= "2025-06")

        for what in (title, product):
            report = as_json("show", "billed-revenue", "--by", "month", "--product", what, "--buyer", reckoner.aws[account],
                             "--from", "2025-02", "--to", "2025-06")
            same(sums_of(report), reckoner.billed("month", keep), "filtered")
        report = as_json("show", "daily-usage", "--by", "day", "--instance", "ml.m5.large", "--country", "DE", "--currency", "EUR",
                         "--from", "2025-02-04", "--to", "2025-06-20")
        same(sums_of(report), reckoner.usage("day", lambda row, date: (
            row["dimension_key"].startswith("ml.m5.large") and row["pricing_currency"] == "EUR"
            and reckoner.country.get(row["end_user_account_id"]) == "DE"
            and "2025-02-04" <= f"{date:%Y-%m-%d}" <= "2025-06-20")), "filtered usage")

    @case("series add up to their row, and rows can be sorted")
    def _():
        report = as_json("show", "billed-revenue", "--by", "month", "--split", "product", "--from", "2025-02", "--to", "2025-04")
        assert report["items"], report
        for row in report["items"]:
            assert len(row["parts"]) == 6 and list(row["parts"])[-1] == "Other", row
            assert sum(map(Decimal, row["parts"].values())) == Decimal(row["billed"]), row
        for order in (("--sort", "net"), ("--sort", "net", "--ascending")):
            rows = as_json("show", "billed-revenue", "--by", "buyer", "--currency", "USD", *order)["items"]
            nets = [Decimal(row["net"]) for row in rows]
            assert nets == sorted(nets, reverse=len(order) == 2) and len(nets) > 2, nets
        months = [row["key"] for row in as_json("show", "billed-revenue", "--by", "month", "--currency", "USD")["items"]]
        assert months == sorted(months, reverse=True) and len(set(months)) == len(months), months

    @case("two periods stand side by side")
    def _():
        both = as_json("show", "billed-revenue", "--by", "product", "--from", "2025-04", "--to", "2025-05", "--compare", "before")
        then = as_json("show", "billed-revenue", "--by", "product", "--from", "2025-02", "--to", "2025-03")
        before = {(row["key"], row["currency"]): {n: Decimal(v) for n, v in row["before"].items() if Decimal(v)}
                  for row in both["items"]}
        same({p: v for p, v in before.items() if v}, sums_of(then), "the period before")
        months = as_json("show", "billed-revenue", "--by", "month", "--from", "2026-02", "--to", "2026-03", "--compare", "year")
        before = {row["key"]: row["before"] for row in months["items"] if row["currency"] == "USD"}
        then = {row["key"]: row for row in as_json("show", "billed-revenue", "--by", "month", "--from", "2025-02", "--to",
                                                   "2025-03", "--currency", "USD")["items"]}
        assert before["2026-02"]["net"] == then["2025-02"]["net"], (before, then)
        assert refused("show", "billed-revenue", "--compare", "year")["code"] == "Input"

    @case("CSV has all decimals, and names that a spreadsheet takes for no formula; the page escapes them")
    def _():
        text = seller("show", "billed-revenue", "--by", "product", "--csv").stdout
        rows = {(row["key"], row["currency"]): row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}
        for place, values in reckoner.billed("product").items():
            assert Decimal(rows[place]["net"]) == values["net"], (place, rows[place], values)
        names = {row["name"] for row in rows.values()}
        assert {'Iris, the "Classic" one', "Two\nLines", "'=SUM(A1)"} <= names, names
        page = seller("show", "billed-revenue", "--by", "product", "--html").stdout
        assert "Iris, the &quot;Classic&quot; one" in page and page.endswith("</html>\n"), page[:500]

    @case("currencies are never added up")
    def _():
        for name in ("daily-usage", "billed-revenue", "collected", "disbursement", "tax"):
            report = as_json("show", name)
            found = [row["currency"] for row in report["totals"]]
            assert len(found) == len(set(found)) and len(found) > 1, (name, found)
            assert all(len(row["currency"]) == 3 for row in report["items"]), name
        alarm, = [a for a in as_json("show", "collected")["alarms"] if a["rule"] == "payment-unmatched"]
        assert "another currency" in alarm["detail"], alarm

    @case("what is not there is refused with the reason")
    def _():
        error = refused("show", "ref-tags")
        assert error["code"] == "Input" and "ended" in error["message"], error
        assert refused("show", "billed-revenue", "--by", "instance")["code"] == "Input"
        assert refused("show", "billed-revenue", "--instance", "ml.m5.large")["code"] == "Input"
        for args in (("show",), ("show", "profits"), ("show", "tax", "--by", "mood"), ("show", "tax", "--from", "May"),
                     ("show", "tax", "--from", "2025-03", "--to", "2025-02"), ("show", "tax", "--sort", "x"),
                     ("show", "tax", "--compare", "x"), ("fly",), ("list", "x")):
            assert refused(*args, status=2)["code"] == "Usage", args
        assert refused("fetch", "--bucket", "No Such_Bucket")["code"] == "Input"
        assert refused("fetch", "--folder", HOME / "nowhere")["code"] == "Failed"
        (HOME / "empty").mkdir()
        assert refused("fetch", "--folder", HOME / "empty")["code"] == "NotFound"

    @case("revenue without use is told of those who pay by use, not of those with a contract")
    def _():
        seller("forget")
        place = HOME / "contracts"
        terms = write_sales(place)
        as_json("fetch", "--folder", place)
        told = {alarm["buyer"]: alarm for alarm in as_json("show", "billed-revenue")["alarms"]}
        assert set(told) == {"200000000001", "200000000003"}, told
        assert all(a["rule"] == "revenue-without-usage" and "not for a contract" in a["detail"]
                   for a in told.values()), told
        idle = as_json("show", "daily-usage")["alarms"]
        unbilled, = [a for a in idle if a["rule"] == "usage-unbilled"]
        assert unbilled["product"] == "prod-used" and unbilled["detail"].startswith("5 units"), idle
        seller("forget")
        terms.unlink()
        as_json("fetch", "--folder", place)
        told = {alarm["buyer"]: alarm for alarm in as_json("show", "billed-revenue")["alarms"]}
        assert set(told) == {f"20000000000{n}" for n in range(1, 6)}, told
        assert all("may be the price of a contract" in a["detail"] for a in told.values()), told
        seller("forget")
        as_json("fetch", "--folder", FOLDER)

    @case("broken files end in an error that names the place, and nothing is lost")
    def _():
        before = seller("show", "billed-revenue", "--csv").stdout
        head = "product_id,title,valid_from,update_date\n"
        good = "p1,One,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z\n"
        billing = ("billing_event_id,product_id,action,transaction_type,amount,currency,invoice_date,valid_from,update_date\n"
                   "b1,p,INVOICED,SELLER_REV_SHARE,{},{},2025-01-01,2025-01-01,2025-01-01\n")
        broken = {
            b"": "empty",
            b"\x00\x01\x02": "control character",
            b"PK\x03\x04 not a table": "control character",
            b"a,b\n1,2\n": "columns",
            (head + good + 'p2,"open,2025-01-01T00:00:00Z,x\n').encode(): "line 3, column title",
            (head + good + 'p2,x"y,2025-01-01T00:00:00Z,x\n').encode(): "line 3, column title",
            (head + good + 'p2,"x"y,2025-01-01T00:00:00Z,x\n').encode(): "behind the closing quote",
            (head + good + "p2,x\n").encode(): "2 fields",
            (head + good + "p2,x,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z,more\n").encode(): "5 fields",
            (head + good + "p2,\x07,2025-01-01T00:00:00Z,2025-01-01T00:00:00Z\n").encode(): "line 3, column title",
            (head + good + "p2,x,2025-13-01T00:00:00Z,2025-01-01T00:00:00Z\n").encode(): "line 3, column valid_from",
            (head + good + "p2,x,2025-02-30,2025-01-01T00:00:00Z\n").encode(): "not a date",
            (head + good + ",x,2025-02-20,2025-01-01T00:00:00Z\n").encode(): "line 3, column product_id",
            (head + good).encode() + b"p2,\xff\xfe,2025-02-20,2025-01-01\n": "UTF-8",
            (head + good + "p2," + "x" * 5000 + ",2025-02-20,2025-01-01\n").encode(): "longer than",
            (head + good + 'p2,"' + "x" * 6_000_000 + '",2025-02-20,2025-01-01\n').encode(): "longer than",
            (head + good + "p2,x\r,2025-02-20,2025-01-01\n").encode(): "carriage return",
            (",".join("abcdefgh"[i % 8] for i in range(600)) + "\n").encode(): "more than 512",
            billing.format("12,50", "USD").encode(): "10 fields",
            billing.format("1.0000000000000000001", "USD").encode(): "line 2, column amount",
            billing.format("1e40", "USD").encode(): "line 2, column amount",
            billing.format("NaN", "USD").encode(): "line 2, column amount",
            billing.format("$5", "USD").encode(): "line 2, column amount",
            billing.format("5", "Dollar").encode(): "line 2, column currency",
        }
        for number, (content, message) in enumerate(broken.items()):
            file = HOME / f"broken-{number}.csv"
            file.write_bytes(content)
            error = refused("fetch", "--folder", file)
            assert error["code"] == "Failed" and message in error["message"], (content[:80], error)
            assert file.name in error["message"], error
        assert seller("show", "billed-revenue", "--csv").stdout == before

    @case("one broken month does not keep the others away")
    def _():
        place = HOME / "half"
        shutil.copytree(FOLDER, place)
        bad = sorted(place.rglob("data.csv"))[5]
        bad.write_text(bad.read_text(encoding="utf-8") + '"', encoding="utf-8")
        os.utime(sorted(place.rglob("data.csv"))[7], (1, 1))
        done = as_json("fetch", "--folder", place, status=1)
        assert done["failed"] == 1 and str(bad) in done["failure"] and done["read"] >= 1, done

    @case("a month that changed is replaced whole")
    def _():
        as_json("fetch", "--folder", FOLDER)
        file = next(f for f in FOLDER.rglob("data.csv") if "billing" in str(f).lower() and f.stat().st_size > 5000)
        old = seller("show", "billed-revenue", "--csv").stdout
        text = file.read_text(encoding="utf-8")
        file.write_text(text[:text.index("\n") + 1], encoding="utf-8")
        done = as_json("fetch", "--folder", FOLDER)
        assert done["read"] == 1 and done["rows"] == 0, done
        assert seller("show", "billed-revenue", "--csv").stdout != old
        with open(file, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        assert as_json("fetch", "--folder", FOLDER)["read"] == 1
        assert seller("show", "billed-revenue", "--csv").stdout == old

    @case("a reading that is killed leaves whole months, and the next one goes on")
    def _():
        seller("forget")
        big = HOME / "big"
        head = ("billing_event_id,product_id,action,transaction_type,amount,currency,invoice_date,valid_from,update_date,"
                "end_user_account_id\n")
        for month in range(1, 9):
            file = big / "BillingEventFeed_V1" / "year=2025" / f"month={month:02}" / "data.csv"
            file.parent.mkdir(parents=True)
            day = f"2025-{month:02}-01T00:00:00Z"
            file.write_text(head + "".join(
                f"e{month}-{n},p{n % 7},INVOICED,SELLER_REV_SHARE,0.{n % 997 + 1:08},USD,{day},{day},{day},b{n % 5}\n"
                for n in range(90000)), encoding="utf-8")
        child = subprocess.Popen([CLI, "--practice", "--account", "seller", "reports", "fetch", "--folder", str(big)],
                                 env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        known = 0
        for _ in range(3000):
            with sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True) as db:
                known, = db.execute("SELECT count (*) FROM part").fetchone()
            if known >= 2 or child.poll() is not None:
                break
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        assert child.wait(20) == -signal.SIGKILL, "it was done before it could be killed"
        kept = as_json("list")["parts"]
        assert 2 <= len(kept) < 8 and all(part["rows"] == 90000 for part in kept), kept
        rest = as_json("fetch", "--folder", big)
        assert rest["read"] == 8 - len(kept) and rest["unchanged"] == len(kept), (rest, kept)
        expected = sum(Decimal(f"0.{n % 997 + 1:08}") for n in range(90000))
        rows = as_json("show", "billed-revenue", "--by", "month")["items"]
        assert len(rows) == 8 and {Decimal(row["billed"]) for row in rows} == {expected}, (rows, expected)

    @case("reports are whole while another program reads the feeds")
    def _():
        seller("forget")
        seller("fetch", "--folder", FOLDER)
        whole = seller("show", "billed-revenue", "--csv").stdout
        for turn in range(4):
            for file in FOLDER.rglob("data.csv"):
                os.utime(file, (1000 + turn, 1000 + turn))
            child = subprocess.Popen([CLI, "--practice", "--account", "seller", "reports", "fetch", "--folder",
                                      str(FOLDER)], env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                     text=True)
            while child.poll() is None:
                assert seller("show", "billed-revenue", "--csv").stdout == whole
            assert child.returncode == 0, child.stderr.read()
            child.stderr.close()

    @case("a store that cannot be read is set aside")
    def _():
        DATABASE.write_bytes(b"not a database " * 1000)
        for tail in ("-wal", "-shm"):
            DATABASE.with_name(DATABASE.name + tail).unlink(missing_ok=True)
        done = seller("list", "--json")
        assert "set aside" in done.stderr and json.loads(done.stdout)["parts"] == [], done
        assert list(DATABASE.parent.glob("reports.db.corrupt-*"))

    @case("data sets count where there is no feed")
    def _():
        seller("forget")
        first = datetime.date.today().replace(day=1)
        day = (first - datetime.timedelta(days=1)).replace(day=15)
        assert refused("order", "customer_profile_by_geography", status=2)["code"] == "Usage"
        assert refused("order", "us_sales_and_use_tax_records", "--date", "May", status=2)["code"] == "Usage"
        done = {}
        for name in ("monthly_revenue_billing_and_revenue_data", "monthly_revenue_annual_subscriptions",
                     "us_sales_and_use_tax_records"):
            done[name] = as_json("order", name, "--date", day)
            assert done[name]["read"] == 1, done
        month = (day.replace(day=1) - datetime.timedelta(days=1)).strftime("%Y-%m")
        of_sets = {name: as_json("show", name, "--by", "month") for name in ("billed-revenue", "tax")}
        assert {row["key"] for row in of_sets["billed-revenue"]["items"]} == {month}, of_sets
        parts = as_json("list")["parts"]
        assert {part["month"].rsplit(" ")[0] for part in parts} == set(done), parts
        fetched = as_json("fetch")
        assert fetched["read"] >= 200 and fetched["unchanged"] == 3, fetched
        for name, columns, only in (
                ("billed-revenue", ("billed", "refunds", "aws-fee", "fee-refunds", "net", "tax"), ()),
                ("tax", ("taxable", "nontaxable", "tax"), ("--country", "US"))):
            of_feeds = as_json("show", name, "--by", "month", "--from", month, "--to", month, *only)
            assert of_feeds["items"], of_feeds
            for row in of_feeds["items"]:
                twin = [r for r in of_sets[name]["items"] if r["currency"] == row["currency"]]
                assert len(twin) == 1, (row, of_sets[name])
                for column in columns:
                    assert Decimal(twin[0][column]) == Decimal(row[column]), (name, column, row, twin)
        seller("forget")

    @case("the practice seller's feeds come from S3, and their disbursements add up")
    def _():
        done = as_json("fetch")
        assert done["read"] >= 200 and done["failed"] == 0, done
        again = as_json("fetch")
        assert again["read"] <= 13 and again["unchanged"] >= 200, again
        rows = as_json("show", "disbursement")["items"]
        assert len(rows) > 10, rows
        for row in rows:
            assert Decimal(row["net"]) == Decimal(row["paid"]), row
        months = as_json("show", "billed-revenue", "--by", "month")["items"]
        assert len({row["key"] for row in months}) >= 20, months
        assert not list((HOME / "cache" / "trestle" / "reports").glob("*")), "left over"


try:
    main()
finally:
    subprocess.run([PRACTICE, "--stop"], env=ENV, capture_output=True, timeout=30, check=False)
    shutil.rmtree(HOME, ignore_errors=True)
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
