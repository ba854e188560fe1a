#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seller's whole way by the command line: draft, linter, submission, publication; then a buyer's."""

import json
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import kit  # noqa: E402  pylint: disable=wrong-import-position
from kit import case  # noqa: E402  pylint: disable=wrong-import-position

SELLER = ("--account", "seller")
EXAMPLE = kit.SOURCE / "data/examples/listing.yaml"
TITLE = "Meadow Sorter"
SLUG = "meadow-sorter"


def seller(home, *args, **kwargs):
    return home.cli(*SELLER, *args, **kwargs)


def seller_json(home, *args, **kwargs):
    return json.loads(seller(home, *args, "--json", **kwargs).stdout)


def new_draft(home):
    return pathlib.Path(seller_json(home, "listing", "new", "--from", EXAMPLE)["path"])


@case
def test_whole_way():
    """A listing is written, sent, published, found, bought, deployed and invoked"""
    home = kit.Home()
    draft = new_draft(home)
    assert draft.is_file() and list(draft.parent.glob("*logo.png")), draft
    findings = seller_json(home, "listing", "lint", draft.stem)["items"]
    assert not [one for one in findings if one["severity"] == "error"], findings

    sent = seller_json(home, "listing", "submit", draft.stem, "--wait")
    assert sent["Status"] == "SUCCEEDED" and sent["slug"] == SLUG, sent
    assert len(sent["ChangeSet"]) == 11, [one["ChangeType"] for one in sent["ChangeSet"]]
    text = draft.read_text(encoding="utf-8")
    product = sent["ChangeSet"][0]["Entity"]["Identifier"].partition("@")[0]
    assert f"Identifier: {product}" in text, text[:300]

    # nothing is left to send, so nothing can be sent twice
    again = seller(home, "listing", "submit", draft.stem, "--wait", status=1)
    assert "nothing to send" in again.stderr, again.stderr
    assert not seller_json(home, "listing", "diff", draft.stem)["items"]

    # limited: the tester sees it, the buyer does not
    assert home.cli("search", TITLE).stdout == ""
    found = json.loads(home.cli("--account", "tester", "search", TITLE, "--json").stdout)["items"]
    assert [one["slug"] for one in found] == [SLUG], found

    done = seller_json(home, "publish", SLUG, "--wait")
    assert done["Status"] == "SUCCEEDED", done
    listed = {one["slug"]: one for one in seller_json(home, "listing", "list")["items"]}
    assert listed[SLUG]["Visibility"] == "Public", listed[SLUG]

    found = home.json("search", TITLE)["items"]
    assert [one["slug"] for one in found] == [SLUG], found
    home.cli("subscribe", SLUG, "--accept")
    home.cli("deploy", SLUG, "--name", "meadow", "--wait")
    line = home.json_lines("invoke", "meadow", kit.SAMPLES / "iris-4.csv")[0]
    species = [one["species"] for one in line["body"]["predictions"]]
    assert line["status"] == 200 and set(species) <= {"setosa", "versicolor", "virginica"}, line
    home.cli("delete-endpoint", "meadow")

    seller(home, "unpublish", SLUG, "--wait")
    listed = {one["slug"]: one for one in seller_json(home, "listing", "list")["items"]}
    assert listed[SLUG]["Visibility"] == "Restricted", listed[SLUG]


@case
def test_findings():
    """The linter finds every fault at once, and says so by its exit status"""
    home = kit.Home()
    draft = new_draft(home)
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("ProductTitle: Meadow Sorter", "ProductTitle: " + "x" * 80)
                     .replace("Price: ", "Price: x", 1)
                     .replace("'777788889999'", "'77778888'"), encoding="utf-8")
    done = seller(home, "listing", "lint", draft, "--json", status=1)
    fields = {one["field"] for one in json.loads(done.stdout)["items"]
              if one["severity"] == "error"}
    assert {"Product.ProductTitle", "Product.BuyerAccounts[0]"} <= fields, fields
    assert any(field.startswith("Offer.RateCard[0]") for field in fields), fields
    refused = seller(home, "listing", "submit", draft, "--wait", status=1)
    assert "AWS would refuse it" in refused.stderr, refused.stderr
    assert not seller_json(home, "changes")["items"] or \
        all(TITLE not in one["ChangeSetName"] for one in seller_json(home, "changes")["items"])
    broken = home.path / "broken.yaml"
    broken.write_text("Product: [", encoding="utf-8")
    failed = seller(home, "listing", "lint", broken, status=1)
    assert "broken.yaml" in failed.stderr and ":1:" in failed.stderr.replace("broken.yaml", ""), \
        failed.stderr
    seller(home, "listing", status=2)
    seller(home, "listing", "fly", status=2)


@case
def test_edit():
    """What differs from the live listing is sent, and nothing else"""
    home = kit.Home()
    path = pathlib.Path(seller_json(home, "listing", "new", "--product", "petal-sorter")["path"])
    text = path.read_text(encoding="utf-8")
    plan = seller_json(home, "listing", "submit", path.stem, "--dry-run")
    assert not plan["ChangeSet"], plan
    lines = [line for line in text.splitlines() if not line.startswith("  Sku:")]
    lines.insert(lines.index("Product:") + 1, "  Sku: NEW-1")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plan = seller_json(home, "listing", "submit", path.stem, "--dry-run")
    assert [one["ChangeType"] for one in plan["ChangeSet"]] == ["UpdateInformation"], plan
    assert plan["ChangeSet"][0]["DetailsDocument"] == {"Sku": "NEW-1"}, plan
    sent = seller_json(home, "listing", "submit", path.stem, "--wait")
    assert sent["Status"] == "SUCCEEDED", sent
    shown = seller_json(home, "listing", "show", "petal-sorter")
    assert shown["DetailsDocument"]["Description"]["Sku"] == "NEW-1", shown["DetailsDocument"]


@case
def test_left_alone():
    """A submission that nobody waited for is known again, and the product is not made twice"""
    home = kit.Home()
    draft = new_draft(home)
    seller(home, "listing", "submit", draft.stem)
    kit.wait_for(lambda: all(one["Status"] not in ("PREPARING", "APPLYING")
                             for one in seller_json(home, "changes")["items"]), "the change set")
    again = seller(home, "listing", "submit", draft.stem, "--wait", status=1)
    assert "nothing to send" in again.stderr, again.stderr
    listed = [one for one in seller_json(home, "listing", "list")["items"] if one["slug"] == SLUG]
    assert len(listed) == 1, listed


def as_references(changes):
    """What a set that was carried out was when it was sent: entities that it made stand by reference."""
    names = {"CreateProduct": "CreateProductChange", "CreateOffer": "CreateOfferChange"}
    made = {one["Entity"]["Identifier"].partition("@")[0]: names[one["ChangeType"]]
            for one in changes if one["ChangeType"] in names}
    sent = []
    for one in changes:
        again = {"ChangeType": one["ChangeType"], "Entity": {"Type": one["Entity"]["Type"]},
                 "DetailsDocument": one["DetailsDocument"]}
        name = made[one["Entity"]["Identifier"].partition("@")[0]]
        if one["ChangeType"] in names:
            again["ChangeName"] = name
        else:
            again["Entity"]["Identifier"] = f"${name}.Entity.Identifier"
        sent.append(again)
    return sent


def without_ids(node):
    """An entity's document without what AWS gives each of its own."""
    own = {"Id", "SourceId", "ProductCode", "CreationDate", "ProductId", "LogoUrl", "ReleaseDate"}
    if isinstance(node, dict):
        return {key: without_ids(value) for key, value in node.items() if key not in own}
    if isinstance(node, list):
        return [without_ids(value) for value in node]
    return node


@case
def test_same_by_boto3():
    """What trestle-cli sent, boto3 sends once more, and AWS has two listings of the same content"""
    home = kit.Home()
    sent = seller_json(home, "listing", "submit", new_draft(home).stem, "--wait")
    catalog = home.client("marketplace-catalog", "seller")
    first = catalog.describe_change_set(Catalog="AWSMarketplace", ChangeSetId=sent["ChangeSetId"])
    changes = as_references(first["ChangeSet"])
    assert len(changes) == 11, changes
    again = catalog.start_change_set(Catalog="AWSMarketplace", ChangeSet=changes,
                                     ChangeSetName="By boto3", ClientRequestToken="by-boto3")

    def ended():
        # AWS takes ten of these a second
        time.sleep(0.2)
        second = catalog.describe_change_set(Catalog="AWSMarketplace",
                                             ChangeSetId=again["ChangeSetId"])
        return second["Status"] not in ("PREPARING", "APPLYING") and second
    second = kit.wait_for(ended, "the set that boto3 sent")
    assert second["Status"] == "SUCCEEDED", second
    for place in (0, next(i for i, one in enumerate(changes)
                          if one["ChangeType"] == "CreateOffer")):
        documents = [without_ids(catalog.describe_entity(
            Catalog="AWSMarketplace",
            EntityId=one["ChangeSet"][place]["Entity"]["Identifier"].partition("@")[0])
            ["DetailsDocument"]) for one in (first, second)]
        assert documents[0] == documents[1], documents
        assert documents[0], "nothing was compared"


@case
def test_packages():
    """A package is made, validated and scanned; one whose image has findings cannot be listed"""
    home = kit.Home()
    packages = {one["ModelPackageArn"].rpartition("/")[2]: one
                for one in seller_json(home, "package", "list")["items"]}
    assert packages["meadow-sorter-v1"]["listable"], packages["meadow-sorter-v1"]
    assert not packages["spot-count-v2-beta"]["listable"]
    assert packages["petal-sorter-v3-raw"]["obstacles"], packages["petal-sorter-v3-raw"]
    shown = seller_json(home, "package", "show", "meadow-sorter-v1")
    assert shown["listable"], shown
    seller(home, "package", "show", "no-such-package", status=1)


@case
def test_example_is_current():
    """The example names what the practice seller has"""
    home = kit.Home()
    copy = home.path / "elsewhere"
    shutil.copytree(EXAMPLE.parent, copy)
    done = seller(home, "listing", "lint", copy / "listing.yaml", "--json")
    assert json.loads(done.stdout)["items"] == [], done.stdout


if __name__ == "__main__":
    kit.run()
