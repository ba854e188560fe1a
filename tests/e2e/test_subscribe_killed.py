#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""trestle-cli is killed while it subscribes or cancels: one agreement, never two."""

import json
import time

from kit import LISTING, Home, case, run, wait_for

home = Home(speed=1800)
home.cli("search")


def active():
    return [one for one, status in home.agreements() if status == "ACTIVE"]


def subscribe():
    return home.start("subscribe", LISTING, "--accept")


def settle():
    home.cli("whoami")
    assert home.open_entries() == [], home.open_entries()


def unsubscribe():
    home.cli("unsubscribe", LISTING)
    assert active() == []


@case
def after_accept():
    """killed after AcceptAgreementRequest: exactly one agreement, which is found again"""
    home.hold("AcceptAgreementRequest")
    program = subscribe()
    home.wait_held()
    program.kill()
    assert len(active()) == 1
    settle()
    assert len(active()) == 1
    shown = home.json("subscriptions")["items"]
    assert [one["agreementId"] for one in shown] == active(), shown
    again = home.cli("subscribe", LISTING, "--accept", "--json", status=1)
    assert json.loads(again.stderr.strip().splitlines()[-1])["error"]["code"] \
        == "AlreadySubscribed"
    assert len(active()) == 1
    # what the killed one was about to find out is found out by whoever needs it
    wait_for(lambda: home.cli("arn", LISTING, status=None).returncode == 0, "the entitlement")
    unsubscribe()


@case
def before_accept():
    """killed before AcceptAgreementRequest: no agreement, and subscribing works"""
    home.hold_before("AcceptAgreementRequest")
    program = subscribe()
    home.wait_held()
    assert home.open_entries()
    program.kill()
    home.kill_server()
    home.serve("--speed", "1800")
    settle()
    assert active() == []
    home.subscribe()
    assert len(active()) == 1
    unsubscribe()


@case
def quote():
    """killed in mid-quote: nothing was bought"""
    home.hold("CreateAgreementRequest")
    program = subscribe()
    home.wait_held()
    program.kill()
    settle()
    assert active() == []


@case
def in_entitlement():
    """killed while the entitlement is awaited: the agreement is there"""
    home.hold("GetAgreementEntitlements")
    program = subscribe()
    home.wait_held()
    program.kill()
    settle()
    assert len(active()) == 1
    unsubscribe()


@case
def cancel():
    """killed after CancelAgreement: it is cancelled, and settled"""
    home.subscribe()
    home.hold("CancelAgreement")
    program = home.start("unsubscribe", LISTING)
    home.wait_held()
    program.kill()
    settle()
    assert active() == []
    shown = home.json("subscriptions")["items"]
    assert all(one["status"] != "ACTIVE" for one in shown), shown


@case
def any_moment():
    """killed at any moment: one agreement or none, and the journal is closed"""
    made = 0
    for step in range(24):
        program = subscribe()
        time.sleep(0.006 * step)
        program.kill_if_running()
        settle()
        assert len(active()) <= 1, home.agreements()
        if active():
            made += 1
            unsubscribe()
    assert made < 24, "every subscription was over before it was killed"


@case
def two_at_once():
    """two that subscribe at once make one agreement"""
    for _ in range(4):
        programs = [subscribe() for _ in range(2)]
        for program in programs:
            program.process.wait(timeout=240)
        assert len(active()) == 1, home.agreements()
        assert 0 in [program.process.returncode for program in programs]
        settle()
        unsubscribe()


run()
