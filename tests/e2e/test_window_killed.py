#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is killed in mid-deploy; the next window makes good what it left."""

from window import Role, Window

from kit import LISTING, Home, case, check_settled, run, wait_for

home = Home(speed=1800)
home.cli("search")
home.subscribe()
home.cli("arn", LISTING)


def open_window(section):
    """Opens the window on @section."""
    settings = home.path / "config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "keyfile").write_text(f"[dev/trestle/Trestle]\nsection='{section}'\n",
                                      encoding="utf-8")
    window = Window(home, GSETTINGS_BACKEND="keyfile")
    window.connect()
    return window


def deploy():
    """Deploys, as a person does."""
    window = open_window("subscriptions")

    def is_open():
        # a second click would close it again
        if not window.reads("Agreement"):
            window.click(Role.LIST_ITEM, "Iris Classifier")
        return window.find(Role.BUTTON, "Deploy…")

    wait_for(is_open, f"the row to open in\n{window}")
    window.act("Deploy…")
    window.act("Deploy · about")
    return window


def start_again(shows):
    """Nobody but the window settles; afterwards it is compared with what there is."""
    window = open_window("endpoints")
    wait_for(lambda: not home.open_entries(), f"everything to be settled: {home.open_entries()}")
    wait_for(lambda: window.reads(shows), f"“{shows}” in\n{window}")
    window.close()


def killed_before(operation):
    home.hold_before(operation)
    window = deploy()
    home.wait_held()
    window.close()
    home.kill_server()
    home.serve("--speed", "1800")


def killed_after(operation):
    home.hold(operation)
    window = deploy()
    home.wait_held()
    window.close()


def delete():
    wait_for(lambda: home.is_status(LISTING, "InService"), "the endpoint to come up")
    home.cli("delete-endpoint", LISTING)
    check_settled(home)


@case
def before_model():
    """killed before CreateModel: nothing is there"""
    killed_before("CreateModel")
    start_again("Nothing Is Running")
    check_settled(home)


@case
def after_model():
    """killed after CreateModel: the model is taken back"""
    killed_after("CreateModel")
    assert home.at_aws()["models"] == [LISTING]
    start_again("Nothing Is Running")
    check_settled(home)


@case
def after_config():
    """killed after CreateEndpointConfig: both are taken back"""
    killed_after("CreateEndpointConfig")
    assert len(home.at_aws()["configs"]) == 1
    start_again("Nothing Is Running")
    check_settled(home)


@case
def before_endpoint():
    """killed before CreateEndpoint: both are taken back, and the ledger is clean"""
    killed_before("CreateEndpoint")
    assert list(home.ledger()) == [LISTING], "what costs was not in the ledger before it was sent"
    start_again("Nothing Is Running")
    check_settled(home)


@case
def after_endpoint():
    """killed after CreateEndpoint: the endpoint is adopted with its delete-by"""
    killed_after("CreateEndpoint")
    start_again(LISTING)
    check_settled(home, LISTING)
    delete()


@case
def while_waiting():
    """killed while it waits: the endpoint comes up all the same"""
    home.restart(60)
    window = deploy()
    wait_for(lambda: home.is_status(LISTING, "Creating"), "the endpoint to be there")
    window.close()
    start_again(LISTING)
    check_settled(home, LISTING)
    home.restart(1800)
    delete()


run()
