# SPDX-License-Identifier: GPL-3.0-or-later
"""Data feeds made by chance, and the same reports once more, reckoned with decimal from the rows themselves."""
import csv
import datetime
import random
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 60
UTC = datetime.timezone.utc
COUNTRIES = ("DE", "FR", "JP", "US", "BR")
CURRENCIES = ("USD", "EUR", "JPY", "AUD")
DIMENSIONS = (("ml.m5.large.m.i.r", "HostHrs", "real-time"), ("ml.m5.large.m.i.b", "HostHrs", "batch"),
              ("ml.c5.xlarge.a.t", "Hours", "training"), ("inference.count.m.i.c", "Requests", "per-request"),
              ("something.new", "Units", None))
REVENUE = {"SELLER_REV_SHARE": "billed", "SELLER_REV_SHARE_REFUND": "refunds", "SELLER_REV_SHARE_CREDIT": "refunds",
           "AWS_REV_SHARE": "aws-fee", "AWS_REV_SHARE_REFUND": "fee-refunds", "AWS_REV_SHARE_CREDIT": "fee-refunds",
           "SELLER_TAX_SHARE": "tax", "SELLER_TAX_SHARE_REFUND": "tax"}


class Feeds:
    """Rows by feed; write() lays them out as AWS does, with the versions of a row in the months of their update."""

    def __init__(self, seed, first=(2025, 1), months=8, events=240):
        self.chance = random.Random(seed)
        self.first, self.months = first, months
        self.rows = defaultdict(list)
        self.number = 0
        self.make_names()
        self.make_agreements()
        self.make_usage(events)
        self.make_billing(events)
        self.make_tax(events)

    def key(self, kind):
        self.number += 1
        return f"{kind}-{self.chance.getrandbits(80):020x}{self.number}"

    def day(self, month=None):
        month = self.chance.randrange(self.months) if month is None else month
        year, number = divmod(self.first[0] * 12 + self.first[1] - 1 + month, 12)
        return datetime.datetime(year, number + 1, self.chance.randint(1, 28), self.chance.randrange(24), tzinfo=UTC)

    def stamp(self, when):
        form = self.chance.choice(("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.0"))
        return when.strftime(form)

    def amount(self, sign=1):
        places = self.chance.choice((0, 2, 4, 8, 10, 12, 18))
        value = sign * Decimal(self.chance.randrange(1, 10 ** (places + 3))).scaleb(-places)
        if self.chance.random() < 0.05:
            return "0E-10" if self.chance.random() < 0.5 else f"{value:E}"
        return f"{value:f}"

    def put(self, feed, key, when, row, wrong=None, stays=False):
        """One version, sometimes several: an older one that was corrected, one valid before, one deleted again."""
        valid = when - datetime.timedelta(hours=2)
        versions = [(valid, when, "", row)]
        dice = self.chance.random()
        if dice < 0.12:
            versions.append((valid, when + datetime.timedelta(days=self.chance.randint(1, 40)), "", {**row, **(wrong or {})}))
        elif dice < 0.2:
            versions.append((valid - datetime.timedelta(days=3), when + datetime.timedelta(days=50), "",
                             {**row, **(wrong or {})}))
        elif dice < 0.25 and not stays:
            gone = when + datetime.timedelta(days=1)
            versions.append((valid, gone, gone, row))
        elif dice < 0.28:
            # the newest version is taken back, so the one before it is valid again
            later = valid + datetime.timedelta(days=2)
            versions.append((later, when + datetime.timedelta(days=2), "", {**row, **(wrong or {})}))
            gone = when + datetime.timedelta(days=4)
            versions.append((later, gone, gone, {**row, **(wrong or {})}))
        self.chance.shuffle(versions)
        for valid_from, update, deleted, version in versions:
            self.rows[feed].append({
                **version, **key, "valid_from": self.stamp(valid_from), "insert_date": self.stamp(update),
                "update_date": self.stamp(update), "delete_date": self.stamp(deleted) if deleted else
                self.chance.choice(("", "", "null")), "_month": (update.year, update.month),
                "_order": (valid_from, update), "_deleted": bool(deleted), "_key": tuple(key.values())})

    def make_names(self):
        self.products = [(self.key("prod"), title) for title in
                         ("Iris, the \"Classic\" one", "Two\nLines", "Déjà Vu", "Plain", "=SUM(A1)", "Sixth", "Seventh")]
        for product, title in self.products:
            self.put("ProductFeed", {"product_id": product}, self.day(0), {"title": title, "product_code": "x"}, stays=True)
        self.buyers = []
        for n in range(9):
            account, address = self.key("acct"), self.key("addr")
            aws, country = f"{100000000000 + n}", COUNTRIES[n % len(COUNTRIES)]
            company = "" if n % 4 == 3 else f"Buyer {n}, Ltd."
            self.buyers.append(account)
            self.put("AccountFeed", {"account_id": account}, self.day(0),
                     {"aws_account_id": aws, "mailing_address_id": address}, stays=n > 5)
            self.put("AddressFeed", {"address_id": address}, self.day(0),
                     {"company_name": company, "country_code": country, "email_domain": "example.com"})
        legacy = self.key("legacy")
        self.rows["LegacyIdMappingFeed"].append(
            {"mapping_type": "PRODUCT", "legacy_id": legacy, "new_id": self.products[0][0], "valid_from": "2025-01-01T00:00:00Z",
             "insert_date": "", "update_date": "2025-01-01T00:00:00Z", "delete_date": "", "_month": self.first,
             "_order": (0, 0), "_deleted": False, "_key": ("PRODUCT", legacy)})
        self.sold = [product for product, _ in self.products] + [legacy]

    def make_agreements(self):
        self.agreements = []
        for n in range(60):
            agreement, offer = self.key("agmt"), self.key("offer")
            when = self.day()
            ended = self.chance.random() < 0.4
            self.agreements.append(agreement)
            self.put("AgreementFeed", {"agreement_id": agreement}, when, {
                "status": self.chance.choice(("CANCELLED", "EXPIRED")) if ended else "ACTIVE",
                "acceptor_account_id": self.chance.choice(self.buyers), "offer_id": offer,
                "start_time": self.stamp(when), "acceptance_time": self.stamp(when),
                "end_time": self.stamp(when + datetime.timedelta(days=self.chance.randint(1, 90))) if ended or n % 5 == 0 else ""})
            self.put("OfferProductFeed", {"offer_id": offer, "product_id": self.chance.choice(self.products)[0]},
                     when, {"offer_revision": "1"})
            for kind in ["UsageBasedPricingTerm"] + ["FreeTrialPricingTerm"] * (n % 3 == 0):
                self.put("AgreementTermFeed", {"agreement_id": agreement, "term_id": self.key("term")}, when,
                         {"term_type": kind, "term_configuration": '{"a": "b, c"}'})

    def make_usage(self, events):
        for _ in range(events):
            dimension, unit, _ = self.chance.choice(DIMENSIONS)
            when = self.day()
            self.put("DailyUsageFeed", {"usage_feed_id": self.key("usage")}, when, {
                "usage_date": self.stamp(when), "product_id": self.chance.choice(self.sold),
                "agreement_id": self.chance.choice(self.agreements), "end_user_account_id": self.chance.choice(self.buyers),
                "dimension_key": dimension, "usage_unit": unit, "usage_quantity": self.amount(),
                "pricing_currency": self.chance.choice(CURRENCIES),
                "estimated_revenue_in_pricing_currency": self.amount()}, {"usage_quantity": "7.5"})

    def make_billing(self, events):
        chance = self.chance
        for n in range(events):
            when, parent = self.day(), self.key("bill")
            shared = {"from_account_id": chance.choice(self.buyers), "end_user_account_id": chance.choice(self.buyers),
                      "product_id": chance.choice(self.sold), "currency": chance.choice(CURRENCIES),
                      "invoice_date": self.stamp(when), "invoice_id": f"INV{n // 3}",
                      "payment_due_date": self.stamp(when + datetime.timedelta(days=30))}
            kind = chance.choice(("SELLER_REV_SHARE",) * 4 + tuple(REVENUE) + ("BALANCE_ADJUSTMENT", "AWS_TAX_SHARE"))
            sign = -1 if kind.startswith("AWS") != kind.endswith(("REFUND", "CREDIT")) else 1
            row = {**shared, "action": "INVOICED", "transaction_type": kind, "amount": self.amount(sign)}
            self.put("BillingEventFeed", {"billing_event_id": parent}, when, row, {"amount": "3.00000001"})
            for action in chance.choice(((), ("COLLECTED",), ("COLLECTED", "FORGIVEN"))):
                child = {**row, "action": action, "parent_billing_event_id": parent, "amount": self.amount(sign)}
                if chance.random() < 0.1:
                    child["currency"] = "GBP"
                self.put("BillingEventFeed", {"billing_event_id": self.key("bill")}, when, child)
        for month in range(self.months):
            for currency in CURRENCIES[:2]:
                when, transfer = self.day(month), self.key("paid")
                lines = []
                for _ in range(12):
                    kind = chance.choice(("SELLER_REV_SHARE",) * 3 + tuple(REVENUE) + ("BALANCE_ADJUSTMENT", "AWS_TAX_SHARE"))
                    sign = 1 if kind.startswith("AWS") != kind.endswith(("REFUND", "CREDIT")) else -1
                    lines.append(self.amount(sign))
                    self.put("BillingEventFeed", {"billing_event_id": self.key("line")}, when, {
                        "from_account_id": chance.choice(self.buyers), "end_user_account_id": chance.choice(self.buyers),
                        "product_id": chance.choice(self.sold), "currency": currency, "invoice_date": self.stamp(when),
                        "action": "DISBURSED", "transaction_type": kind, "amount": lines[-1],
                        "disbursement_billing_event_id": transfer})
                row = {"currency": currency, "invoice_date": self.stamp(when), "action": "DISBURSED",
                       "transaction_type": "DISBURSEMENT", "amount": f"{-sum(map(Decimal, lines)):f}",
                       "bank_trace_id": f"T{month}{currency}"}
                if Decimal(row["amount"]) <= 0:
                    row["amount"] = "1000.5"
                self.put("BillingEventFeed", {"billing_event_id": transfer}, when, row)
                if month == 3:
                    self.put("BillingEventFeed", {"billing_event_id": self.key("back")}, when, {
                        **row, "transaction_type": "DISBURSEMENT_FAILURE", "parent_billing_event_id": transfer,
                        "amount": f"-{row['amount']}"})

    def make_tax(self, events):
        for _ in range(events):
            when = self.day()
            self.put("TaxItemFeed", {"tax_item_id": self.key("tax")}, when, {
                "invoice_id": "x", "product_id": self.chance.choice(self.sold),
                "taxed_customer_account_id": self.chance.choice(self.buyers), "taxed_customer_country": self.chance.choice(COUNTRIES),
                "taxed_jurisdiction": self.chance.choice(("TEXAS", "OHIO", "KYŌTO", "")), "invoice_date": self.stamp(when),
                "transaction_type_code": self.chance.choice(("AWS", "REFUND")), "taxable_amount": self.amount(),
                "nontaxable_amount": self.chance.choice(("", self.amount())), "tax_amount": self.amount(),
                "tax_currency": self.chance.choice(CURRENCIES)}, {"tax_amount": "0.07"})

    def write(self, folder):
        """Columns in any order and any case, some that nobody knows; folders in any case."""
        by_month = defaultdict(list)
        for feed, rows in self.rows.items():
            for row in rows:
                by_month[feed, row["_month"]].append(row)
        for feed in self.rows:
            names = sorted({name for row in self.rows[feed] for name in row if name[0] != "_"}) + ["of_tomorrow"]
            self.chance.shuffle(names)
            shown = [self.chance.choice((str.upper, str.lower))(name) for name in names]
            place = self.chance.choice((str.upper, str.lower, str))(f"{feed}_V1")
            for month in sorted({m for f, m in by_month if f == feed} | {(2024, 12)}):
                file = folder / place / f"year={month[0]}" / f"month={month[1]:02}" / "data.csv"
                file.parent.mkdir(parents=True, exist_ok=True)
                with open(file, "w", newline="", encoding="utf-8") as out:
                    writer = csv.writer(out, lineterminator=self.chance.choice(("\n", "\r\n")))
                    writer.writerow(shown)
                    for row in by_month[feed, month]:
                        writer.writerow([row.get(name, "") for name in names])

    def current(self, feed):
        """AWS's own rule, row by row."""
        newest = {}
        for row in self.rows[feed]:
            place = (row["_key"], row["_order"][0])
            if place not in newest or row["_order"][1] > newest[place]["_order"][1]:
                newest[place] = row
        valid = {}
        for (key, valid_from), row in newest.items():
            if not row["_deleted"] and (key not in valid or valid_from > valid[key]["_order"][0]):
                valid[key] = row
        return list(valid.values())


def when(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "").split(".")[0]).replace(tzinfo=UTC)


class Reckoner:
    """The reports, from the valid rows."""

    def __init__(self, feeds):
        self.feeds = feeds
        rows = {feed: feeds.current(feed) for feed in feeds.rows}
        self.rows = rows
        self.titles = {r["product_id"]: r["title"] for r in rows["ProductFeed"]}
        self.legacy = {r["legacy_id"]: r["new_id"] for r in rows["LegacyIdMappingFeed"]}
        self.aws = {r["account_id"]: r["aws_account_id"] for r in rows["AccountFeed"]}
        address = {r["account_id"]: r["mailing_address_id"] for r in rows["AccountFeed"]}
        country = {r["address_id"]: r["country_code"] for r in rows["AddressFeed"]}
        self.country = {account: country.get(place, "") for account, place in address.items()}

    def product(self, text):
        return text if text in self.titles else self.legacy.get(text, text)

    def place(self, group, date, product, account, **more):
        if group == "month":
            return f"{date:%Y-%m}"
        if group == "day":
            return f"{date:%Y-%m-%d}"
        if group == "product":
            return self.product(product)
        if group == "buyer":
            return self.aws.get(account, account)
        if group == "country" and "country" not in more:
            return self.country.get(account, "")
        return more[group]

    def usage(self, group, keep=lambda row, date: True):
        sums = defaultdict(lambda: defaultdict(Decimal))
        modes = {dimension: mode for dimension, _, mode in DIMENSIONS}
        for r in self.rows["DailyUsageFeed"]:
            date = when(r["usage_date"])
            if not keep(r, date):
                continue
            dimension = r["dimension_key"]
            instance = dimension.split(".m.i.")[0].split(".a.t")[0]
            cell = sums[self.place(group, date, r["product_id"], r["end_user_account_id"],
                                   instance="requests" if dimension.startswith("inference") else instance),
                        r["pricing_currency"]]
            cell["hours" if r["usage_unit"] in ("HostHrs", "Hours") else "requests"] += Decimal(r["usage_quantity"])
            revenue = Decimal(r["estimated_revenue_in_pricing_currency"])
            if modes[dimension]:
                cell[modes[dimension]] += revenue
            cell["estimated-revenue"] += revenue
        return sums

    def billed(self, group, keep=lambda row, date: True):
        sums = defaultdict(lambda: defaultdict(Decimal))
        for r in self.rows["BillingEventFeed"]:
            date = when(r["invoice_date"])
            column = REVENUE.get(r["transaction_type"])
            if r["action"] != "INVOICED" or not column or not keep(r, date):
                continue
            cell = sums[self.place(group, date, r["product_id"], r["end_user_account_id"], invoice=r["invoice_id"]), r["currency"]]
            cell[column] += Decimal(r["amount"])
            if column != "tax":
                cell["net"] += Decimal(r["amount"])
        return sums

    def collected(self, group, today):
        sums = defaultdict(lambda: defaultdict(Decimal))
        paid = defaultdict(lambda: defaultdict(Decimal))
        for r in self.rows["BillingEventFeed"]:
            if r["action"] in ("COLLECTED", "FORGIVEN"):
                paid[r["parent_billing_event_id"], r["currency"]][r["action"]] += Decimal(r["amount"])
        for r in self.rows["BillingEventFeed"]:
            if r["action"] != "INVOICED" or REVENUE.get(r["transaction_type"]) not in ("billed", "refunds"):
                continue
            amount, date = Decimal(r["amount"]), when(r["invoice_date"])
            cell = sums[self.place(group, date, r["product_id"], r["end_user_account_id"], invoice=r["invoice_id"]), r["currency"]]
            collected, forgiven = (abs(paid[r["billing_event_id"], r["currency"]][action]).copy_sign(amount)
                                   for action in ("COLLECTED", "FORGIVEN"))
            still = amount - collected - forgiven
            for name, value in (("invoiced", amount), ("collected", collected), ("forgiven", forgiven), ("open", still)):
                cell[name] += value
            due = when(r["payment_due_date"])
            if still > 0 and due < today:
                cell["overdue"] += still
                days = -(-(today - due).total_seconds() // 86400)
                name = next((str(n) for n in (30, 60, 90, 120) if days <= n), "more")
                cell[f"overdue-{name}"] += still
        return sums

    def disbursed(self, group):
        sums = defaultdict(lambda: defaultdict(Decimal))
        rows = self.rows["BillingEventFeed"]
        failed = {r["parent_billing_event_id"] for r in rows if r["transaction_type"] == "DISBURSEMENT_FAILURE"}
        transfers = {r["billing_event_id"]: r for r in rows if r["transaction_type"] == "DISBURSEMENT"}
        names = {key: f"{when(r['invoice_date']):%Y-%m-%d} {r['bank_trace_id']}" for key, r in transfers.items()}
        for key, r in transfers.items():
            if group in ("month", "day", "disbursement"):
                cell = sums[self.place(group, when(r["invoice_date"]), "", "", disbursement=names[key]), r["currency"]]
                cell["failed" if key in failed else "paid"] += Decimal(r["amount"])
        for r in rows:
            key = r.get("disbursement_billing_event_id")
            kind = r["transaction_type"]
            if r["action"] != "DISBURSED" or key not in transfers or key in failed:
                continue
            column = {"billed": "revenue", "fee-refunds": "aws-fee"}.get(REVENUE.get(kind), REVENUE.get(kind))
            column = {"BALANCE_ADJUSTMENT": "adjustments", "AWS_TAX_SHARE": "tax"}.get(kind, column)
            cell = sums[self.place(group, when(transfers[key]["invoice_date"]), r["product_id"], r["end_user_account_id"],
                                   disbursement=names[key]), r["currency"]]
            cell[column] -= Decimal(r["amount"])
            cell["net"] -= Decimal(r["amount"])
        return sums

    def tax(self, group):
        sums = defaultdict(lambda: defaultdict(Decimal))
        for r in self.rows["TaxItemFeed"]:
            cell = sums[self.place(group, when(r["invoice_date"]), r["product_id"], r["taxed_customer_account_id"],
                                   country=r["taxed_customer_country"], jurisdiction=r["taxed_jurisdiction"]), r["tax_currency"]]
            for name, column in (("taxable", "taxable_amount"), ("nontaxable", "nontaxable_amount"), ("tax", "tax_amount")):
                cell[name] += Decimal(r[column] or 0)
        return sums

    def subscribers(self, group, now):
        """What is counted by date; those active at the end apart."""
        sums = defaultdict(lambda: defaultdict(Decimal))
        products = {r["offer_id"]: r["product_id"] for r in self.rows["OfferProductFeed"]}
        trials = {r["agreement_id"] for r in self.rows["AgreementTermFeed"] if r["term_type"] == "FreeTrialPricingTerm"}
        for r in self.rows["AgreementFeed"]:
            product, account = products.get(r["offer_id"], ""), r["acceptor_account_id"]
            accepted = when(r["acceptance_time"])
            ended = when(r["end_time"]) if r["status"] != "ACTIVE" and r["end_time"] else None
            cell = sums[self.place(group, accepted, product, account), ""]
            cell["new"] += 1
            if r["agreement_id"] in trials:
                cell["trials"] += 1
            if ended:
                sums[self.place(group, ended, product, account), ""]["ended"] += 1
            if group == "month":
                month = (accepted.year * 12 + accepted.month - 1)
                last = (ended.year * 12 + ended.month - 2) if ended else now.year * 12 + now.month - 1
                for each in range(month, last + 1):
                    sums[f"{each // 12:04}-{each % 12 + 1:02}", ""]["active"] += 1
            elif group != "day" and not (ended and ended <= now):
                cell["active"] += 1
        return sums
