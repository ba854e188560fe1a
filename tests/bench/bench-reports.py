#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A million billing rows, read and reported: Trestle, and Python's csv and sqlite3 on the same files.

    bench-reports.py REPORT-RUN

The Python half does what somebody with a notebook would: csv.reader, executemany in one transaction, an index on the
key, the valid rows by a window function as AWS's own queries have it, sums with decimal. Aims: reading in at most a
fifth of its time, a report in at most a tenth, at most 300 MB of memory; the sums have to be the same.
"""
import csv
import decimal
import io
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
MONTHS = [(2024 + m // 12, m % 12 + 1) for m in range(24)]
HEADER = (
    "valid_from,insert_date,update_date,delete_date,billing_event_id,from_account_id,to_account_id,"
    "end_user_account_id,product_id,action,transaction_type,parent_billing_event_id,"
    "disbursement_billing_event_id,amount,currency,disbursement_amount,disbursement_currency,"
    "balance_impacting,invoice_date,payment_due_date,usage_period_start_date,usage_period_end_date,"
    "invoice_id,billing_address_id,transaction_reference_id,bank_trace_id,broker_id,"
    "buyer_transaction_reference_id,action_date,recipient_account_id,offer_id,buyer_invoice_date,"
    "line_item_id,buyer_line_item_id,charge_variant,charge_side"
)
TYPES = (("SELLER_REV_SHARE", 1), ("AWS_REV_SHARE", -1), ("SELLER_TAX_SHARE", 1),
         ("SELLER_REV_SHARE_REFUND", -1))


def generate(folder):
    """Rows of MONTHS, with some in two versions and some deleted."""
    chance = random.Random(20260807)
    bits = chance.getrandbits
    accounts = [f"{bits(128):032x}" for _ in range(400)]
    products = [f"prod-{bits(64):016x}" for _ in range(8)]
    offers = [f"offer-{bits(64):016x}" for _ in range(40)]
    seller = f"{bits(128):032x}"
    each = ROWS // len(MONTHS)
    for year, month in MONTHS:
        place = folder / "BillingEventFeed_V1" / f"year={year}" / f"month={month:02}"
        place.mkdir(parents=True)
        with open(place / "data.csv", "w", encoding="utf-8", newline="\n") as out:
            out.write(HEADER + "\n")
            parent = ""
            for n in range(each):
                key = f"{bits(256):064x}"
                day = f"{year}-{month:02}-{n * 28 // each + 1:02}T"
                kind, sign = TYPES[n % 4] if n % 16 == 3 else TYPES[n % 3]
                action = ("INVOICED", "INVOICED", "COLLECTED", "DISBURSED")[n // 3 % 4]
                amount = f"{sign * bits(34) / 1e8:.8f}"
                currency = ("USD", "USD", "USD", "EUR", "JPY")[bits(8) % 5]
                account = accounts[bits(16) % 400]
                update = f"{day}{n % 24:02}:{n % 60:02}:00Z"
                deleted = update if n % 500 == 7 else ""
                row = (
                    f"{day}00:00:00Z,{update},{update},{deleted},{key},{account},{seller},{account},"
                    f"{products[bits(16) % 8]},{action},{kind},{parent if action == 'COLLECTED' else ''},"
                    f",{amount},{currency},,,1,{day}00:00:00Z,{day}00:00:00Z,"
                    f"{day}00:00:00Z,{day}23:59:59Z,{bits(40)},{bits(64):016x},{bits(128):032x},"
                    f"{bits(48) if action == 'DISBURSED' else ''},AWS_INC,{bits(128):032x},{day}00:00:00Z,,"
                    f"{offers[bits(16) % 40]},{day}00:00:00Z,{bits(64):016x},{bits(64):016x},,\n"
                )
                out.write(row)
                if n % 200 == 11:
                    out.write(row.replace(update, f"{day}23:59:59Z", 2).replace(amount, "1.00000001"))
                if action == "INVOICED":
                    parent = key


def twin(folder, path):
    """Read and report with Python alone; prints both times and the sums."""
    begun = time.monotonic()
    db = sqlite3.connect(path)
    names = HEADER.split(",")
    db.execute(f"CREATE TABLE billing ({', '.join(name + ' TEXT' for name in names)})")
    marks = ", ".join("?" * len(names))
    for file in sorted(Path(folder).rglob("data.csv")):
        with open(file, newline="", encoding="utf-8") as source:
            rows = csv.reader(source)
            next(rows)
            db.executemany(f"INSERT INTO billing VALUES ({marks})", rows)
    db.execute("CREATE INDEX billing_key ON billing (billing_event_id, valid_from, update_date)")
    db.commit()
    read = time.monotonic()
    sums = {}
    for month, product, currency, kind, amount in db.execute(
        "WITH versions AS (SELECT *, row_number () OVER (PARTITION BY billing_event_id, valid_from"
        " ORDER BY update_date DESC) AS version FROM billing),"
        "valid AS (SELECT *, row_number () OVER (PARTITION BY billing_event_id"
        " ORDER BY valid_from DESC) AS newest FROM versions WHERE version = 1 AND delete_date = '')"
        "SELECT substr (invoice_date, 1, 7), product_id, currency, transaction_type, amount"
        " FROM valid WHERE newest = 1 AND action = 'INVOICED'"
    ):
        place = sums.setdefault((month, product, currency), {})
        place[kind] = place.get(kind, 0) + decimal.Decimal(amount)
    end = time.monotonic()
    print(f"{read - begun:.4f} {end - read:.4f}", file=sys.stderr)
    for (month, _, currency), kinds in sums.items():
        print(month, currency, kinds.get("SELLER_REV_SHARE", 0))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in done.stderr.split()[-3:]], done.stdout


def main():
    if sys.argv[1] == "--twin":
        decimal.getcontext().prec = 40
        twin(sys.argv[2], sys.argv[3])
        return
    with tempfile.TemporaryDirectory(prefix="trestle-bench-") as temporary:
        folder = Path(temporary)
        generate(folder / "feeds")
        size = sum(f.stat().st_size for f in (folder / "feeds").rglob("data.csv"))
        ours, table = run(sys.argv[1], str(folder / "own.db"), str(folder / "feeds"))
        theirs, lines = run(sys.executable, __file__, "--twin", str(folder / "feeds"), str(folder / "py.db"))
        kept = (folder / "own.db").stat().st_size
    expected = {}
    for month, currency, amount in map(str.split, lines.splitlines()):
        place = (month, currency)
        expected[place] = expected.get(place, 0) + decimal.Decimal(amount)
    got = {(row["key"], row["currency"]): decimal.Decimal(row["billed"])
           for row in csv.DictReader(io.StringIO(table))}
    same = got == expected
    print(f"{ROWS:,} billing rows, {size / 1e6:.0f} MB of CSV")
    print(f"import  Trestle {ours[0]:6.2f} s   Python {theirs[-2]:6.2f} s   {theirs[-2] / ours[0]:5.1f} times as fast (aim 5)")
    print(f"report  Trestle {ours[1]:6.3f} s   Python {theirs[-1]:6.2f} s   {theirs[-1] / ours[1]:5.1f} times as fast (aim 10)")
    print(f"memory  Trestle {ours[2] / 1024:6.0f} MiB (aim 286 = 300 MB); kept {kept / 1e6:.0f} MB")
    print(f"sums    {'the same' if same else 'DIFFERENT'}: {len(got)} months and currencies")
    if not same or theirs[-2] < 5 * ours[0] or theirs[-1] < 10 * ours[1] or ours[2] * 1024 > 300e6:
        sys.exit(1)


main()
