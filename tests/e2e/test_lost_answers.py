#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are lost on the way back, for each call that changes something: one effect."""

from kit import LISTING, SAMPLES, Home, case, check_settled, run

home = Home(speed=1800)
home.cli("search")

# in place of an answer, after half of it, and before anything happened
LOSSES = ({"kind": "reset", "when": "after"}, {"kind": "cut"}, {"kind": "reset", "when": "before"},
          {"kind": "error500", "when": "after"})


def lose(operation, loss):
    home.faults({"operation": operation, "count": 1, **loss})


def all_taken(operation):
    assert home.pending_faults() == [], f"{operation} was never called"


def each(operations, act):
    for operation in operations:
        for loss in LOSSES:
            lose(operation, loss)
            try:
                act()
            except AssertionError as error:
                raise AssertionError(f"{operation}, {loss}: {error}") from error
            all_taken(operation)


@case
def subscribing():
    """subscribe: one agreement, whatever was lost"""
    def act():
        home.subscribe()
        active = [one for one, status in home.agreements() if status == "ACTIVE"]
        assert len(active) == 1, home.agreements()
        assert home.open_entries() == []
        home.cli("unsubscribe", LISTING)

    each(("CreateAgreementRequest", "AcceptAgreementRequest"), act)
    assert home.rows("SELECT count(*) FROM quotes")[0][0] <= 8 + 4, "quotes were asked for twice"


@case
def cancelling():
    """unsubscribe: cancelled, whatever was lost"""
    for loss in LOSSES:
        home.subscribe()
        lose("CancelAgreement", loss)
        home.cli("unsubscribe", LISTING)
        all_taken("CancelAgreement")
        assert all(status != "ACTIVE" for _, status in home.agreements())
        assert home.open_entries() == []


@case
def deploying():
    """deploy: one model, one configuration, one endpoint, whatever was lost"""
    home.subscribe()

    def act():
        home.cli("deploy", LISTING, "--name", "iris", "--wait")
        check_settled(home, "iris")
        home.cli("delete-endpoint", "iris")
        check_settled(home)

    each(("CreateModel", "CreateEndpointConfig", "CreateEndpoint"), act)


@case
def deleting():
    """delete-endpoint: all of it is gone, whatever was lost"""
    for operation in ("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"):
        for loss in LOSSES:
            home.cli("deploy", LISTING, "--name", "iris", "--wait")
            lose(operation, loss)
            home.cli("delete-endpoint", "iris")
            all_taken(operation)
            check_settled(home)


@case
def invoking():
    """invoke: what may have arrived is never sent again"""
    home.cli("deploy", LISTING, "--name", "iris", "--wait")

    def served():
        return home.rows("SELECT count(*) FROM events WHERE message LIKE '%/invocations%'")[0][0]

    before = served()
    home.cli("invoke", "iris", SAMPLES / "iris-4.csv")
    once = served() - before
    assert once > 0, "the container's log does not tell of invocations"
    before = served()
    lose("InvokeEndpoint", {"kind": "reset", "when": "after"})
    done = home.cli("invoke", "iris", SAMPLES / "iris-4.csv", status=1)
    assert done.stderr, "no word about what happened"
    assert served() - before == once
    home.faults({"operation": "InvokeEndpoint", "kind": "throttle", "count": 1})
    home.cli("invoke", "iris", SAMPLES / "iris-4.csv")
    assert served() - before == 2 * once


run()
