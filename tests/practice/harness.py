# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a practice account of its own for a test, with AWS's official clients, and prints TAP."""

import atexit
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
import warnings

SOURCE = pathlib.Path(os.environ.get("TRESTLE_SOURCE", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("TRESTLE_BUILD", SOURCE / "_build"))
PROGRAM = BUILD / "src/practice/trestle-practice"
SHARED = pathlib.Path(os.environ.get("TRESTLE_SHARED", SOURCE.parent / "shared"))
SAMPLES = SOURCE / "data/samples"
BUYER, SELLER, TESTER = "111122223333", "444455556666", "777788889999"
ROLE = f"arn:aws:iam::{BUYER}:role/trestle-practice-execution"

# Nothing of the user's own may reach a client, and nothing a proxy.
for name in list(os.environ):
    if name.startswith("AWS_") or name.lower().endswith("_proxy"):
        del os.environ[name]

scratch = tempfile.mkdtemp(prefix="trestle-practice-")
atexit.register(shutil.rmtree, scratch, True)
os.environ["G_DEBUG"] = "fatal-criticals"
os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = scratch
cases = []
running = []


def case(function):
    """Marks a test: its first line of documentation is its name."""
    cases.append(function)
    return function


def skip_all(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


def need_models():
    """The service models, laid out as botocore wants them; without them the whole file skips."""
    source = SHARED / "aws/models"
    if not source.is_dir():
        skip_all("no service models: TRESTLE_SHARED is not set and ../shared is not there")
    target = pathlib.Path(scratch, "models")
    for path in source.glob("*.json"):
        name, _, kind = path.name.removesuffix(".json").partition(".")
        if name in ("s3", "sagemaker-seller"):
            continue
        model = json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
        folder = target / name / model["metadata"]["apiVersion"]
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / {"": "service-2.json", "paginators": "paginators-1.json",
                                    "waiters": "waiters-2.json"}[kind])
    os.environ["AWS_DATA_PATH"] = str(target)
    return target


def server_logs():
    """What the servers had to complain about."""
    lines = []
    for server in running:
        path = pathlib.Path(server.state, "practice.log")
        if path.exists():
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()[-40:]
    return lines


def no_complaints():
    """the servers ended well and had nothing to complain about"""
    for server in running:
        if alive(server.pid):
            assert server.stop() == 0
        text = pathlib.Path(server.state, "practice.log").read_text(encoding="utf-8",
                                                                    errors="replace")
        for word in ("CRITICAL", "Sanitizer: detected", "ERROR: AddressSanitizer",
                     "runtime error:", "WARNING **"):
            assert word not in text or "is damaged" in text, text


def run():
    """Runs the cases in order as TAP."""
    cases.append(no_complaints)
    print(f"1..{len(cases)}")
    failed = 0
    for number, function in enumerate(cases, 1):
        name = (function.__doc__ or function.__name__).strip().splitlines()[0]
        try:
            function()
            print(f"ok {number} - {name}")
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} - {name}")
            for line in traceback.format_exc().splitlines() + server_logs():
                print(f"# {line}")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def check_output(http_response, parsed, model, **_):
    """Every answer holds what the service model requires, in its types, ranges and enums."""
    from botocore.validate import ParamValidator

    if (http_response.status_code >= 300 or model.output_shape is None
            or model.name == "GetBucketLocation"):
        return
    payload = model.output_shape.serialization.get("payload")
    found = {name: b"" if name == payload else value for name, value in parsed.items()
             if name != "ResponseMetadata"}
    problems = ParamValidator().validate(found, model.output_shape).generate_report()
    unknown = set(found) - set(model.output_shape.members)
    assert not problems and not unknown, f"{model.name} answered: {problems} {unknown}"
    check_enums(found, model.output_shape, model.name)


def check_enums(value, shape, place):
    if getattr(shape, "is_document_type", False):
        return
    if shape.type_name == "structure":
        for name, member in value.items():
            check_enums(member, shape.members[name], f"{place}.{name}")
    elif shape.type_name == "list":
        for number, one in enumerate(value):
            check_enums(one, shape.member, f"{place}[{number}]")
    elif shape.type_name == "string" and shape.enum:
        assert value in shape.enum, f"{place}: {value}"


class Server:
    """One practice account with a state folder of its own; @rates: it throttles as AWS does."""

    def __init__(self, *options, state=None, env=None, speed="18000", rates=False):
        self.state = str(state or tempfile.mkdtemp(dir=scratch))
        self.env = dict(os.environ, **(env or {}))
        self.options = ["--state", self.state, "--speed", speed, *options,
                        *([] if rates else ["--no-rates"])]
        self.start()
        running.append(self)

    def start(self):
        done = subprocess.run([PROGRAM, *self.options], env=self.env, capture_output=True,
                              text=True, timeout=120, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"status {done.returncode}: {done.stderr}")
        self.line = json.loads(done.stdout)
        self.endpoint, self.pid = self.line["endpoint"], self.line["pid"]
        self.port = urllib.parse.urlsplit(self.endpoint).port

    def stop(self):
        done = subprocess.run([PROGRAM, "--state", self.state, "--stop"], env=self.env,
                              capture_output=True, text=True, timeout=120, check=False)
        return done.returncode

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        wait_for(lambda: not alive(self.pid), "the process to be gone")

    def http(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())

    def faults(self, *faults):
        status, body, _ = self.http("POST", "/practice/faults", json.dumps(faults))
        assert status == 200, body

    def clear_faults(self):
        assert self.http("DELETE", "/practice/faults")[0] == 200

    def client(self, service, account="buyer", region="us-east-1", retries=0, **options):
        import boto3
        from botocore.config import Config

        warnings.simplefilter("ignore")
        keys = self.line["accounts"][account]
        settings = {"access": keys["access_key_id"], "secret": keys["secret_access_key"]}
        settings.update(options)
        client = boto3.session.Session().client(
            service, region_name=region, endpoint_url=self.endpoint,
            aws_access_key_id=settings["access"], aws_secret_access_key=settings["secret"],
            aws_session_token=settings.get("token"),
            config=Config(signature_version=settings.get("signature"),
                          retries={"max_attempts": retries}, read_timeout=90, parameter_validation=settings.get("validate", True),
                          s3={"addressing_style": "path"}))
        # botocore makes documents of IAM's texts before anybody else sees them
        if service != "iam":
            client.meta.events.register_first("after-call", check_output)
        return client


@atexit.register
def _end():
    for server in running:
        with contextlib.suppress(Exception):
            server.stop()
        if alive(server.pid):
            with contextlib.suppress(OSError):
                os.kill(server.pid, signal.SIGKILL)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, what, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s for {what}")


def fails(code, function, *args, text=None, status=None, **kwargs):
    """Calls and expects AWS's error @code; gives the whole answer."""
    from botocore.exceptions import ClientError

    try:
        function(*args, **kwargs)
    except ClientError as error:
        answer = error.response
        assert answer["Error"]["Code"] == code, answer
        assert text is None or text in answer["Error"]["Message"], answer
        assert status is None or answer["ResponseMetadata"]["HTTPStatusCode"] == status, answer
        assert answer["ResponseMetadata"].get("RequestId") or code.isdigit(), answer
        return answer
    raise AssertionError(f"expected {code}, but the call went through")


def find(server, slug, account="buyer"):
    """The listing whose title makes @slug, as GetListing shows it."""
    discovery = server.client("marketplace-discovery", account)
    found = discovery.search_listings(searchText=slug.replace("-", " "), maxResults=100)
    for summary in found["listingSummaries"]:
        if summary["listingName"].lower().replace(" ", "-") == slug:
            return discovery.get_listing(listingId=summary["listingId"])
    raise AssertionError(f"{slug} is not found")


def offer_terms(server, offer_id, account="buyer"):
    discovery = server.client("marketplace-discovery", account)
    terms, token = [], {}
    while True:
        page = discovery.get_offer_terms(offerId=offer_id, **token)
        terms += page["offerTerms"]
        if "nextToken" not in page:
            return terms
        token = {"nextToken": page["nextToken"]}


def request_terms(terms, trial=False):
    wanted = []
    for term in terms:
        (kind, body), = term.items()
        if kind == "freeTrialPricingTerm" and not trial:
            continue
        one = {"id": body["id"]}
        if kind == "renewalTerm":
            one["configuration"] = {"renewalTermConfiguration": {"enableAutoRenew": False}}
        wanted.append(one)
    return wanted


def quote(server, slug, account="buyer", trial=False, **more):
    listing = find(server, slug, account)
    offer_id = listing["associatedEntities"][0]["offer"]["offerId"]
    offer = server.client("marketplace-discovery", account).get_offer(offerId=offer_id)
    return server.client("marketplace-agreement", account).create_agreement_request(
        intent="NEW", agreementProposalIdentifier=offer["agreementProposalId"],
        requestedTerms=request_terms(offer_terms(server, offer_id, account), trial), **more)


def subscribe(server, slug, account="buyer", wait=True, trial=False):
    """From the listing to a provisioned entitlement; gives agreement and product."""
    agreement = server.client("marketplace-agreement", account)
    request = quote(server, slug, account, trial)["agreementRequestId"]
    agreement_id = agreement.accept_agreement_request(agreementRequestId=request)["agreementId"]
    product = find(server, slug, account)["associatedEntities"][0]["product"]["productId"]

    def provisioned():
        found = agreement.get_agreement_entitlements(agreementId=agreement_id)
        return found["agreementEntitlements"][0]["status"] == "PROVISIONED"

    if wait:
        wait_for(provisioned, "the entitlement")
    return agreement_id, product


def package_arn(server, product, account=BUYER, region="us-east-1"):
    """The newest version's ARN, read off the Configure page."""
    import re

    status, body, _ = server.http("GET", f"/configure/{account}/{product}")
    assert status == 200, body
    pattern = r'data-arn="([^"]+)"[^>]*data-region="' + region + '"'
    return re.search(pattern, body.decode()).group(1)


def deploy(server, name, arn, instance="ml.t2.medium", wait=True, account="buyer"):
    sagemaker = server.client("sagemaker", account)
    role = ROLE.replace(BUYER, server.line["accounts"][account]["account"])
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=role, EnableNetworkIsolation=True,
                           PrimaryContainer={"ModelPackageName": arn})
    sagemaker.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[{"VariantName": "AllTraffic", "ModelName": name,
                             "InstanceType": instance, "InitialInstanceCount": 1}])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    if wait:
        wait_for(lambda: sagemaker.describe_endpoint(EndpointName=name)["EndpointStatus"]
                 == "InService", f"endpoint {name}")
