#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""trestle-cli is killed in mid-deploy; the next command makes good what it left."""

import time

from kit import LISTING, Home, case, check_settled, run, wait_for

home = Home(speed=1800)
home.cli("search")
home.subscribe()


def deploy(name="iris", *more):
    return home.start("deploy", LISTING, "--name", name, *more)


def delete(name="iris"):
    wait_for(lambda: home.is_status(name, "InService"), f"{name} to come up")
    home.cli("delete-endpoint", name)
    check_settled(home)


def is_open(operation):
    return lambda: any(one == f"sagemaker:{operation}" for one, _ in home.open_entries())


def killed_before(operation):
    """It was sent, but never came to anything."""
    home.hold_before(operation)
    program = deploy()
    home.wait_held()
    assert is_open(operation)()
    program.kill()
    home.kill_server()
    home.serve("--speed", "1800")


def killed_after(operation):
    """AWS did it, and its answer never came."""
    home.hold(operation)
    program = deploy()
    home.wait_held()
    assert is_open(operation)()
    program.kill()


def deploy_again():
    home.cli("deploy", LISTING, "--name", "iris", "--wait")
    check_settled(home, "iris")
    delete()


@case
def before_model():
    """killed before CreateModel: nothing is there"""
    killed_before("CreateModel")
    home.cli("whoami")
    check_settled(home)


@case
def after_model():
    """killed after CreateModel: the model is taken back"""
    killed_after("CreateModel")
    assert home.at_aws()["models"] == ["iris"]
    home.cli("whoami")
    check_settled(home)


@case
def before_config():
    """killed before CreateEndpointConfig: the model is taken back"""
    killed_before("CreateEndpointConfig")
    assert home.at_aws()["models"] == ["iris"]
    home.cli("whoami")
    check_settled(home)


@case
def after_config():
    """killed after CreateEndpointConfig: both are taken back"""
    killed_after("CreateEndpointConfig")
    assert len(home.at_aws()["configs"]) == 1
    home.cli("whoami")
    check_settled(home)


@case
def before_endpoint():
    """killed before CreateEndpoint: both are taken back, and the ledger is clean"""
    killed_before("CreateEndpoint")
    assert list(home.ledger()) == ["iris"], "what costs was not in the ledger before it was sent"
    home.cli("whoami")
    check_settled(home)
    deploy_again()


@case
def after_endpoint():
    """killed after CreateEndpoint: the endpoint is adopted with its delete-by"""
    killed_after("CreateEndpoint")
    home.cli("whoami")
    check_settled(home, "iris")
    delete()


@case
def while_waiting():
    """killed while it waits: the endpoint comes up all the same"""
    # slow enough that it is still coming up
    home.restart(90)
    program = deploy("iris", "--wait")
    wait_for(lambda: home.is_status("iris", "Creating"), "the endpoint to be there")
    program.kill()
    home.cli("whoami")
    check_settled(home, "iris")
    home.restart(1800)
    delete()


@case
def any_moment():
    """killed at any moment: it is there with everything, or not at all"""
    adopted = 0
    for step in range(40):
        program = deploy()
        time.sleep(0.004 * step)
        program.kill_if_running()
        home.cli("whoami")
        there = home.at_aws()["endpoints"] == ["iris"]
        check_settled(home, "iris" if there else None)
        if there:
            adopted += 1
            delete()
    assert adopted < 40, "every deployment was over before it was killed"


@case
def neighbour():
    """what another program is still at is left alone"""
    home.faults({"operation": "CreateEndpointConfig", "kind": "delay", "delay_ms": 3000,
                 "count": 1})
    program = deploy("iris")
    home.wait_held()
    home.cli("whoami")
    home.cli("endpoints")
    assert is_open("CreateEndpointConfig")(), "somebody else's call was settled"
    assert home.at_aws()["models"] == ["iris"], "somebody else's model was taken away"
    program.wait()
    check_settled(home, "iris")
    delete()


@case
def two_one_killed():
    """of two deployments one is killed: the other is not touched"""
    home.hold("CreateEndpointConfig")
    doomed = deploy("doomed")
    home.wait_held()
    other = deploy("iris")
    doomed.kill()
    home.cli("whoami")
    other.wait()
    home.cli("whoami")
    check_settled(home, "iris")
    delete()


@case
def kept_model():
    """a model that was kept from before is not taken for an orphan"""
    home.cli("deploy", LISTING, "--name", "iris", "--wait")
    home.cli("delete-endpoint", "iris", "--keep-model")
    (kept,) = home.at_aws()["configs"]
    killed_after("CreateEndpointConfig")
    home.cli("whoami")
    assert home.open_entries() == [] and home.ledger() == {}
    assert home.at_aws() == {"models": ["iris"], "configs": [kept], "endpoints": []}
    home.cli("cleanup", "--all", "--yes")
    check_settled(home)


@case
def server_gone_too():
    """killed together with the practice account: settled by the next start of both"""
    home.hold("CreateModel")
    program = deploy()
    home.wait_held()
    program.kill()
    home.kill_server()
    home.cli("whoami")
    check_settled(home)
    home.restart(1800)


@case
def deleting():
    """killed in mid-deletion: the next commands end it, configuration and model too"""
    for operation in ("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"):
        home.cli("deploy", LISTING, "--name", "iris", "--wait")
        home.hold(operation)
        program = home.start("delete-endpoint", "iris")
        home.wait_held()
        program.kill()

        def is_over():
            home.cli("whoami")
            return not home.open_entries()

        wait_for(is_over, f"the end of what was killed in {operation}")
        check_settled(home)


run()
