#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice account's catalogue keeps the rules of data/practice/README.md and AWS's limits for listings."""

import collections
import datetime
import decimal
import json
import os
import pathlib
import re
import struct
import sys

SOURCE = pathlib.Path(os.environ.get("TRESTLE_SOURCE", pathlib.Path(__file__).parents[2]))
DATA = SOURCE / "data/practice"
SAMPLES = SOURCE / "data/samples"
ENGINES = set(
    "iris palette pitch blobs vehicles denoise edges sentiment language embed forecast anomaly"
    " cluster keywords redact failing slow".split()
)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MONEY = re.compile(r"(0|[1-9][0-9]*)\.[0-9]{2,8}")
INFRASTRUCTURE = re.compile(r"[0-9]+\.[0-9]{10}")
NAME = re.compile(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}")

catalogue = json.loads((DATA / "catalogue.json").read_text(encoding="utf-8"))
listings = catalogue["listings"]
problems = []


def need(condition, message):
    if not condition:
        problems.append(message)


def within(text, low, high, what):
    need(low <= len(text) <= high, f"{what}: {len(text)} characters, {low} to {high} are allowed")
    need(text == text.strip(), f"{what}: blanks at an end")


def unique(values, what):
    for value, n in collections.Counter(values).items():
        need(n == 1, f"{what}: {value} occurs {n} times")


def test_counts():
    need(len(listings) >= 66, f"{len(listings)} listings")
    need(len(catalogue["sellers"]) >= 25, f"{len(catalogue['sellers'])} sellers")
    need(len(catalogue["categories"]) >= 14, f"{len(catalogue['categories'])} categories")
    need(len(catalogue["instances"]) >= 20, f"{len(catalogue['instances'])} instance types")
    need(sum(item["kind"] == "algorithm" for item in listings) >= 8, "too few algorithms")
    for model, least in (("free", 5), ("per-inference", 5), ("hourly", 20), ("contract", 2)):
        n = sum(item["pricing"]["model"] == model for item in listings)
        need(n >= least, f"{n} listings are {model}")
    need(sum(bool(item["free_trial"]) for item in listings) >= 5, "too few trials")
    need(any(item["rating"] is None for item in listings), "all are rated")
    need({item["engine"] for item in listings} == ENGINES, "not every engine has a listing")
    need(any(item.get("private_offers") for item in listings), "no private offer")


def test_categories():
    ids = [item["id"] for item in catalogue["categories"]]
    unique(ids, "category id")
    unique([item["name"] for item in catalogue["categories"]], "category name")
    for item in catalogue["categories"]:
        need(UUID.fullmatch(item["id"]), f"{item['name']}: id {item['id']}")
        need(item["parent"] is None or item["parent"] in ids, f"{item['name']}: no such parent")
        need(item["parent"] != item["id"], f"{item['name']}: its own parent")
    named = {c for item in listings for c in item["categories"]}
    parents = {item["parent"] for item in catalogue["categories"]}
    for item in catalogue["categories"]:
        need(item["id"] in named | parents, f"{item['name']}: empty")


def test_sellers():
    unique([item["id"] for item in catalogue["sellers"]], "seller id")
    unique([item["name"] for item in catalogue["sellers"]], "seller name")
    unique([item["account"] for item in catalogue["sellers"]], "seller account")
    need("444455556666" in [s["account"] for s in catalogue["sellers"]], "the practice seller sells nothing")
    for item in catalogue["sellers"]:
        need(UUID.fullmatch(item["id"]), f"{item['name']}: id {item['id']}")
        need(re.fullmatch(r"\d{12}", item["account"]), f"{item['name']}: account {item['account']}")
        need(any(l["seller"] == item["id"] for l in listings), f"{item['name']}: sells nothing")


def test_instances():
    unique([item["type"] for item in catalogue["instances"]], "instance type")
    for item in catalogue["instances"]:
        name = item["type"]
        need(re.fullmatch(r"ml\.[a-z0-9]+\.[a-z0-9]+", name), name)
        need(item["vcpu"] >= 1 and item["gpu"] >= 0, f"{name}: vcpu, gpu")
        need(re.fullmatch(r"\d+ GiB", item["memory"]), f"{name}: memory {item['memory']}")
        for use, quota in (("hosting", "endpoint"), ("transform", "transform"), ("training", "training"), ("async", None)):
            price = item[use]
            need(price is None or INFRASTRUCTURE.fullmatch(price), f"{name}: {use} {price}")
            if quota:
                need(item["quota"][quota] >= 0, f"{name}: quota {quota}")
                need(price is not None or item["quota"][quota] == 0, f"{name}: quota without price for {use}")
        need(item["hosting"] is not None, f"{name}: no price for hosting")
    need(any(item["quota"]["endpoint"] == 0 for item in catalogue["instances"]), "no quota is zero")


def test_names():
    unique([item["slug"] for item in listings], "slug")
    unique([item["title"] for item in listings], "title")
    unique([v["package"] for item in listings for v in item["versions"]], "package")
    for item in listings:
        slug = item["slug"]
        need(slug == re.sub(r"[^a-z0-9]+", "-", item["title"].lower()).strip("-"), f"{slug}: not the title's slug")
        need(item["kind"] in ("model", "algorithm"), f"{slug}: kind {item['kind']}")
        need(item["engine"] in ENGINES, f"{slug}: engine {item['engine']}")


def test_references():
    sellers = {item["id"] for item in catalogue["sellers"]}
    categories = {item["id"] for item in catalogue["categories"]}
    for item in listings:
        slug = item["slug"]
        need(item["seller"] in sellers, f"{slug}: seller {item['seller']}")
        need(1 <= len(item["categories"]) <= 3, f"{slug}: {len(item['categories'])} categories")
        unique(item["categories"], f"{slug}: category")
        for category in item["categories"]:
            need(category in categories, f"{slug}: category {category}")


def test_texts():
    for item in listings:
        slug = item["slug"]
        within(item["title"], 1, 72, f"{slug}: title")
        within(item["short"], 1, 120, f"{slug}: short")
        within(item["long"], 300, 5000, f"{slug}: long")
        need("\n\n" in item["long"], f"{slug}: long is one paragraph")
        need(1 <= len(item["highlights"]) <= 3, f"{slug}: highlights")
        for text in item["highlights"]:
            within(text, 1, 500, f"{slug}: highlight")
        need(1 <= len(item["keywords"]) <= 15, f"{slug}: keywords")
        unique(item["keywords"], f"{slug}: keyword")
        need(sum(map(len, item["keywords"])) <= 250, f"{slug}: keywords together")
        for word in item["keywords"]:
            within(word, 1, 50, f"{slug}: keyword")
        within(item["refund_policy"], 1, 500, f"{slug}: refund_policy")
        need(re.fullmatch(r"[ -~]*", item["refund_policy"]), f"{slug}: refund_policy is not plain ASCII")
        within(item["support"]["description"], 1, 2000, f"{slug}: support")
        need(len(item["resources"]) <= 3, f"{slug}: resources")
        for link in item["resources"]:
            within(link["text"], 1, 500, f"{slug}: resource")
    for text in strings(catalogue):
        need(not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text), f"control character in {text[:40]!r}")


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


def test_addresses():
    for text in strings(catalogue):
        for host in re.findall(r"https?://([^/\s]+)", text):
            need(re.fullmatch(r"[a-z.]+\.example", host), f"address at {host}")
        for host in re.findall(r"[\w.]+@([\w.]+\w)", text):
            need(host.endswith(".example"), f"mail at {host}")


def test_ratings():
    for item in listings:
        rating = item["rating"]
        if rating is not None:
            need(re.fullmatch(r"[0-4]\.[0-9]|5\.0", rating["average"]), f"{item['slug']}: {rating['average']}")
            need(rating["count"] > 0, f"{item['slug']}: rated by nobody")
            need(rating["url"].endswith(item["slug"]), f"{item['slug']}: rated at {rating['url']}")


def check_prices(slug, prices, types, what):
    need(set(prices) == set(types), f"{slug}: prices and types differ for {what}")
    for kind, price in prices.items():
        need(MONEY.fullmatch(price), f"{slug}: {what} on {kind}: {price}")


def test_prices():
    offered = {i["type"]: i for i in catalogue["instances"]}
    uses = {"realtime": "hosting", "batch": "transform", "training": "training"}
    for item in listings:
        slug, pricing = item["slug"], item["pricing"]
        need(pricing["model"] in ("hourly", "per-inference", "free", "contract"), f"{slug}: {pricing['model']}")
        need(set(item["instances"]) == set(item["recommended"]), f"{slug}: uses differ")
        need(("training" in item["instances"]) == (item["kind"] == "algorithm"), f"{slug}: training")
        for use, types in item["instances"].items():
            unique(types, f"{slug}: {use}")
            need(item["recommended"][use] in types, f"{slug}: recommends {item['recommended'][use]} for {use}")
            for kind in types:
                need(kind in offered and offered[kind][uses[use]], f"{slug}: no {kind} for {use}")
            free = pricing["model"] == "free" or (pricing["model"] == "per-inference" and use == "realtime")
            check_prices(slug, pricing[use], [] if free else types, use)
        need(("inference" in pricing) == (pricing["model"] == "per-inference"), f"{slug}: inference")
        need(MONEY.fullmatch(pricing.get("inference", "0.00")) or re.fullmatch(r"0\.\d{1,8}", pricing["inference"]), f"{slug}: inference")
        need(("upfront" in pricing) == (pricing["model"] == "contract"), f"{slug}: upfront")
        if "upfront" in pricing:
            need(MONEY.fullmatch(pricing["upfront"]["price"]), f"{slug}: upfront price")
            need(re.fullmatch(r"P\d+[DMY]", pricing["upfront"]["duration"]), f"{slug}: upfront duration")
        trial = item["free_trial"]
        need(trial is None or 5 <= trial <= 31, f"{slug}: trial of {trial} days")
        need(trial is None or pricing["model"] in ("hourly", "per-inference"), f"{slug}: trial of what is {pricing['model']}")
        for offer in item.get("private_offers", []):
            need(offer["buyer"] == "111122223333", f"{slug}: private offer to {offer['buyer']}")
            for use in item["instances"]:
                check_prices(slug, offer[use], item["instances"][use], f"private {use}")
                for kind, price in offer[use].items():
                    need(float(price) < float(pricing[use][kind]), f"{slug}: private {use} on {kind} is no cheaper")


def test_versions():
    for item in listings:
        slug, versions = item["slug"], item["versions"]
        need(1 <= len(versions) <= 4, f"{slug}: {len(versions)} versions")
        dates = [datetime.date.fromisoformat(v["date"]) for v in versions]
        need(dates == sorted(dates, reverse=True), f"{slug}: versions are not newest first")
        for version in versions:
            need(version["title"].startswith(item["title"]), f"{slug}: title {version['title']}")
            within(version["title"], 1, 64, f"{slug}: version title")
            within(version["notes"], 1, 30000, f"{slug}: notes")
            within(version["instructions"], 1, 10000, f"{slug}: instructions")
            need(NAME.fullmatch(version["package"]), f"{slug}: package {version['package']}")
            # a hyphen and 32 hex digits follow in the ARN, and a resource's name has at most 63
            need(len(version["package"]) <= 63 - 33, f"{slug}: package {version['package']} is too long")


def test_usage():
    for item in listings:
        slug, usage = item["slug"], item["usage"]
        for side in ("inputs", "outputs"):
            within(usage[side]["description"], 1, 10000, f"{slug}: {side}")
            need(usage[side]["content_types"], f"{slug}: {side} of no type")
            need(len(usage[side]["parameters"]) <= 24, f"{slug}: {side}: parameters")
            unique([p["name"] for p in usage[side]["parameters"]], f"{slug}: parameter")
            for parameter in usage[side]["parameters"]:
                within(parameter["name"], 1, 100, f"{slug}: parameter")
                within(parameter["description"], 1, 1000, f"{slug}: parameter {parameter['name']}")
        within(usage["inputs"]["limitations"], 1, 1000, f"{slug}: limitations")
        for attribute in usage["inputs"]["attributes"]:
            what = f"{slug}: attribute {attribute['name']}"
            within(attribute["constraints"], 1, 1500, what)
            if attribute["type"] == "range":
                need(attribute["min"] <= attribute["default"] <= attribute["max"], what)
                need(attribute["step"] > 0, what)
            elif attribute["type"] == "set":
                need(set(attribute["default"]) <= set(attribute["values"]), what)
            elif attribute["type"] == "choice":
                need(attribute["default"] in attribute["values"], what)
            else:
                need(attribute["type"] == "on-off" and isinstance(attribute["default"], bool), what)


def test_training():
    for item in listings:
        slug = item["slug"]
        need(("training" in item) == (item["kind"] == "algorithm"), f"{slug}: training")
        if "training" not in item:
            continue
        training = item["training"]
        need(1 <= len(training["channels"]) <= 8, f"{slug}: channels")
        unique([p["name"] for p in training["hyperparameters"]], f"{slug}: hyperparameter")
        for p in training["hyperparameters"]:
            if p["type"] == "Categorical":
                need(p["default"] in p["values"], f"{slug}: {p['name']}")
            else:
                need(float(p["min"]) <= float(p["default"]) <= float(p["max"]), f"{slug}: {p['name']}")
        for metric in training["metrics"]:
            need(re.search(metric["regex"], f"{metric['name']}=0.25"), f"{slug}: {metric['regex']} does not match")


def test_samples():
    for item in listings:
        slug = item["slug"]
        need(item["samples"], f"{slug}: no sample")
        unique([s["file"] for s in item["samples"]], f"{slug}: sample")
        for sample in item["samples"]:
            need((SAMPLES / sample["file"]).is_file(), f"{slug}: no data/samples/{sample['file']}")
            need(sample["content_type"] in item["usage"]["inputs"]["content_types"], f"{slug}: {sample['file']} is no input")


def test_licences():
    standard = clauses("standard.txt")
    used = set()
    for item in listings:
        eula = item["eula"]
        used.add(eula["file"])
        need((DATA / "eula" / eula["file"]).is_file(), f"{item['slug']}: no {eula['file']}")
        need((eula["type"] == "standard") == (eula["file"] == "standard.txt"), f"{item['slug']}: {eula}")
    present = {path.name for path in (DATA / "eula").iterdir()}
    need(present == used, f"nobody uses {present - used}")
    need(len(present) == 4, f"{len(present)} licences")
    for name in present - {"standard.txt"}:
        other = clauses(name)
        changed = [k for k in standard.keys() | other.keys() if standard.get(k) != other.get(k)]
        need(2 <= len(changed) <= 8, f"{name}: {len(changed)} clauses differ")


def clauses(name):
    text = (DATA / "eula" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^(\d+\.\d+a?) (.+)$", text, re.M))


def png_size(path):
    head = path.read_bytes()[:24]
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else None


def test_pictures():
    pictures = DATA / "pictures"
    logos, covers = set(), set()
    for item in listings:
        slug, picture = item["slug"], item["picture"]
        logos |= {slug + ".png", slug + ".svg"}
        need(len(picture["colors"]) == 2 and all(re.fullmatch(r"#[0-9a-f]{6}", c) for c in picture["colors"]), f"{slug}: colors")
        path = pictures / "logo" / (slug + ".png")
        need(path.is_file() and png_size(path) == (192, 192), f"{slug}: logo")
        if picture["cover"]:
            covers.add(slug + ".jpg")
            path = pictures / "cover" / (slug + ".jpg")
            need(path.is_file() and path.read_bytes()[:3] == b"\xff\xd8\xff", f"{slug}: cover")
            need(path.is_file() and path.stat().st_size <= 80 * 1024, f"{slug}: cover over 80 KiB")
    # the practice seller's products have logos there too
    for logo in json.loads((DATA / "seller.json").read_text(encoding="utf-8"))["logos"]:
        logos |= {logo["slug"] + ".png", logo["slug"] + ".svg"}
    need({p.name for p in (pictures / "logo").iterdir()} == logos, "logos and listings differ")
    need({p.name for p in (pictures / "cover").iterdir()} == covers, "covers and listings differ")
    size = sum(p.stat().st_size for p in DATA.rglob("*") if p.is_file())
    need(size < 4_000_000, f"data/practice has {size} bytes")


def test_roles():
    accounts = json.loads((DATA / "roles.json").read_text(encoding="utf-8"))
    need(set(accounts) == {"111122223333", "444455556666", "777788889999"}, "accounts")
    for account, roles in accounts.items():
        unique([role["RoleName"] for role in roles], f"{account}: role")
        unique([role["RoleId"] for role in roles], f"{account}: role id")
        trusted = collections.Counter()
        for role in roles:
            need(role["Arn"] == f"arn:aws:iam::{account}:role{role['Path']}{role['RoleName']}", role["Arn"])
            need(re.fullmatch(r"AROA[A-Z2-7]{17}", role["RoleId"]), role["RoleId"])
            (principal,) = role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"].values()
            trusted[principal] += 1
        need(trusted["sagemaker.amazonaws.com"] >= 2 and trusted["ec2.amazonaws.com"] >= 1, f"{account}: {trusted}")


def test_books():
    books = json.loads((DATA / "books.json").read_text(encoding="utf-8"))
    everybody = [books["seller"], books["marketplace"], *books["practice"], *books["buyers"]]
    numbers = [one["account"] for one in everybody]
    unique(numbers, "books: account")
    for one in everybody:
        need(re.fullmatch(r"\d{12}", one["account"]), one["account"])
        need(one["domain"].endswith(".example"), one["domain"])
        need(one["currency"] in books["currencies"], one["company"])
        need(one.get("payer", one["account"]) in numbers, f"{one['company']}: payer")
    for buyer in books["buyers"]:
        need(1 <= buyer["size"] <= 9 and buyer["region"], buyer["company"])
    for place, tax in books["taxes"].items():
        need(tax["liable"] in ("AWS", "Seller"), place)
        for _, _, rate in tax["rates"]:
            need(0 < decimal.Decimal(rate) < decimal.Decimal("0.3"), f"{place}: {rate}")
    own = {one["id"] for one in catalogue["sellers"] if one["account"] == books["seller"]["account"]}
    slugs = {item["slug"] for item in listings if item["seller"] in own}
    history = json.loads((DATA / "seller.json").read_text(encoding="utf-8"))["history"]
    public = {
        change["Entity"]["Identifier"]
        for entry in history
        for change in entry["ChangeSet"]
        if change["DetailsDocument"].get("TargetVisibility") == "Public"
    }
    for product in books["products"]:
        need(product.get("slug") in slugs or product.get("product") in public, f"books: {product}")


def test_named_ones():
    by_slug = {item["slug"]: item for item in listings}
    for slug in ("iris-classifier", "palette", "pitch", "blobs"):
        need(by_slug[slug]["pricing"]["model"] == "free" and by_slug[slug]["samples"], slug)
    counter = by_slug["aerial-vehicle-counter"]
    need(
        counter["pricing"]["realtime"]
        == {"ml.g4dn.xlarge": "0.67", "ml.c5.2xlarge": "0.40", "ml.m5.2xlarge": "0.40", "ml.g5.xlarge": "0.92"},
        "aerial-vehicle-counter: prices",
    )
    need(counter["free_trial"] == 14 and counter["rating"]["average"] == "4.7", "aerial-vehicle-counter")
    clarion = by_slug["clarion-speech-denoise"]
    need(set(clarion["pricing"]["realtime"].values()) == {"0.30"}, "clarion-speech-denoise: prices")
    failing = [item["slug"] for item in listings if item["engine"] == "failing"]
    slow = [item["slug"] for item in listings if item["engine"] == "slow"]
    need(len(failing) == 1 and len(slow) == 1, f"failing {failing}, slow {slow}")


def main():
    tests = [(name, value) for name, value in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = False
    for number, (name, test) in enumerate(tests, 1):
        problems.clear()
        test()
        print(f"{'not ' if problems else ''}ok {number} {name[5:].replace('_', ' ')}")
        for problem in problems[:20]:
            print("#", problem)
        failed = failed or bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
