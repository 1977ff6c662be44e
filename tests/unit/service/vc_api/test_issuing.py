"""Issuing by the VC-API: every suite, refusals, keys of its own (S-KEY-3)."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.errors import ConflictError, InvalidError, NotFoundError
from issuer_service.services.records import AffiliateState
from issuer_service.services.vc_credentials import read_suite
from issuer_service.services.vc_instances import is_instance
from openbadges.errors import OpenBadgesError

SUITES = (
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-rdfc-2019:P-384",
    "ecdsa-jcs-2019:P-256",
    "Ed25519Signature2020",
    "vc-jwt",
    "vc-jwt:P-256",
    "vc-jwt:P-384",
)


@pytest.mark.parametrize("suite", SUITES)
def test_what_was_issued_verifies(desk: Any, suite: str) -> None:
    signed = desk.issued(suite)
    answer = desk.verify(signed)
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json


def test_the_issuer_becomes_the_instance_and_its_other_members_stay(desk: Any) -> None:
    signed = desk.issued("ecdsa-rdfc-2019:P-384")
    assert signed["issuer"] == {"id": desk.instance.dids["P-384"], "name": "Somebody"}
    assert signed["proof"]["verificationMethod"].startswith(desk.instance.dids["P-384"])


def test_a_bare_issuer_becomes_a_bare_did(desk: Any, credential: Any) -> None:
    signed = desk.issued("eddsa-rdfc-2022", {**credential, "issuer": "did:example:other"})
    assert signed["issuer"] == desk.instance.dids["Ed25519"]


def test_vc_jwt_is_enveloped_with_no_claims_beside_the_credential(desk: Any, credential: Any) -> None:
    signed = desk.issued("vc-jwt:P-256")
    assert signed["type"] == "EnvelopedVerifiableCredential"
    head, body, _ = (
        base64.urlsafe_b64decode(part + "==")
        for part in signed["id"].removeprefix("data:application/vc+jwt,").split(".")
    )
    assert json.loads(head)["typ"] == "vc+jwt"
    assert json.loads(head)["alg"] == "ES256"
    assert json.loads(body) == {**credential, "issuer": {**credential["issuer"], "id": desk.instance.dids["P-256"]}}


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022:status", "ecdsa-rdfc-2019:P-384:status", "vc-jwt:status"])
def test_status_adds_an_entry_whose_list_is_served(desk: Any, suite: str) -> None:
    signed = desk.issued(suite)
    answer = desk.verify(signed)
    assert answer.status_code == 200, answer.text
    assert [check["outcome"] for check in answer.json["checks"] if check["id"] == "status.revocation"] == ["pass"]
    if "credentialStatus" in signed:
        url = signed["credentialStatus"]["statusListCredential"]
        served = desk.app.test_client().get(url, base_url="https://badges.example.org")
        assert served.status_code == 200


def test_status_is_added_beside_one_that_is_there(desk: Any, credential: Any) -> None:
    own = {"id": "urn:uuid:6f1c1b0e-1a68-4d8a-9a51-0f8a6d3b0f00", "type": "BitstringStatusListEntry",
           "statusPurpose": "message", "statusListIndex": "4", "statusListCredential": "https://x.example/l",
           "statusSize": 1}  # fmt: skip
    signed = desk.issued("eddsa-rdfc-2022:status", {**credential, "credentialStatus": own})
    assert len(signed["credentialStatus"]) == 2


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "Ed25519Signature2020", "eddsa-rdfc-2022:status"])
def test_a_credential_of_the_first_data_model_gets_the_terms_of_the_proof(
    desk: Any, credential: Any, suite: str
) -> None:
    old = {
        **credential,
        "issuer": "did:example:issuer",
        "@context": "https://www.w3.org/2018/credentials/v1",
        "issuanceDate": "2020-01-01T00:00:00Z",
    }
    signed = desk.issued(suite, old)
    answer = desk.verify(signed)
    assert answer.status_code == 200, answer.text


def test_vc_jwt_is_not_made_of_the_first_data_model(desk: Any, credential: Any) -> None:
    old = {**credential, "@context": ["https://www.w3.org/2018/credentials/v1"], "issuanceDate": "2020-01-01T00:00:00Z"}
    assert desk.issue("vc-jwt", old).status_code == 400


def test_a_member_that_is_a_registered_claim_is_refused_in_a_token(desk: Any, credential: Any) -> None:
    assert desk.issue("vc-jwt", {**credential, "exp": 5}).status_code == 400


WRONG = {
    "no type": {"type": []},
    "undefined type": {"type": ["VerifiableCredential", "Nonsense"]},
    "undefined term": {"nonsense": "x"},
    "no subject": {"credentialSubject": {}},
    "issuer null": {"issuer": None},
    "issuer without id": {"issuer": {"name": "Somebody"}},
    "issuer not a URL": {"issuer": "somebody"},
    "issuer id not a URL": {"issuer": {"id": "somebody"}},
    "date": {"validFrom": "yesterday"},
    "id": {"id": "not a url"},
    "context order": {"@context": ["https://www.w3.org/ns/credentials/examples/v2"]},
    "status without type": {"credentialStatus": {"id": "https://x.example/1"}},
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jwt"])
def test_what_is_malformed_is_refused(desk: Any, credential: Any, name: str, suite: str) -> None:
    answer = desk.issue(suite, {**credential, **WRONG[name]})
    assert answer.status_code == 400, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"]


@pytest.mark.parametrize(
    "suite",
    ["nonsense", "ecdsa-rdfc-2019:Ed25519", "eddsa-rdfc-2022:P-256", "eddsa-2022", "vc-jwt:RSA",
     "eddsa-rdfc-2022:status:status", "ecdsa-rdfc-2019:P-256:P-384"],
)  # fmt: skip
def test_an_unknown_suite_is_refused(desk: Any, suite: str) -> None:
    assert desk.issue(suite).status_code == 400
    with pytest.raises(OpenBadgesError):
        read_suite(suite)


@pytest.mark.parametrize(
    "body", [None, [], {}, {"credential": []}, {"credential": "x"}, {"credential": {}, "more": 1},
             {"credential": {"issuer": "did:a:b"}, "options": 1}],
)  # fmt: skip
def test_a_malformed_body_is_refused(desk: Any, body: Any) -> None:
    answer = desk.call("POST", "/issuers/lab/vc-jwt/credentials/issue", body)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_selective_disclosure_from_base_to_derived(desk: Any, credential: Any) -> None:
    own = {**credential, "@context": [*credential["@context"], "https://www.w3.org/ns/credentials/examples/v2"],
           "name": "A credential", "description": "Not shown"}  # fmt: skip
    base = desk.issued("ecdsa-sd-2023", own, mandatoryPointers=["/credentialSubject"])
    answer = desk.call(
        "POST",
        "/credentials/derive",
        {"verifiableCredential": base, "options": {"selectivePointers": ["/name"]}},
    )
    assert answer.status_code == 201
    assert answer.json["name"] == "A credential"
    assert "description" not in answer.json
    assert answer.json["credentialSubject"] == own["credentialSubject"]
    assert desk.verify(answer.json).status_code == 200


@pytest.mark.parametrize("pointers", ["/name", [1], ["name"], ["/nowhere"]])
def test_a_pointer_that_is_none_is_refused(desk: Any, pointers: Any) -> None:
    base = desk.issued("ecdsa-sd-2023")
    body = {"verifiableCredential": base, "options": {"selectivePointers": pointers}}
    assert desk.call("POST", "/credentials/derive", body).status_code == 400


def test_mandatory_pointers_have_to_be_a_list(desk: Any) -> None:
    assert desk.issue("ecdsa-sd-2023", mandatoryPointers="/issuer").status_code == 400


def test_nothing_is_derived_from_another_kind_of_proof(desk: Any) -> None:
    body = {"verifiableCredential": desk.issued("eddsa-rdfc-2022"), "options": {"selectivePointers": ["/issuer"]}}
    assert desk.call("POST", "/credentials/derive", body).status_code == 400


# instances


def test_s_key_3_an_instance_is_no_issuer_of_badges(desk: Any) -> None:
    with desk.services.store.read() as work:
        rows = [one for one in work.list_affiliates() if is_instance(one)]
    assert len(rows) == 3
    assert {one.issuer_id for one in rows} == {None}
    for row in rows:
        with pytest.raises(ConflictError):
            desk.services.awarding.give(row.id, "x", "Ada", user_id="me")


def test_s_key_3_an_instance_that_became_an_issuer_signs_nothing(desk: Any) -> None:
    row = desk.services.affiliates.by_slug("vc-api.lab.ed25519")
    assert desk.issue("eddsa-rdfc-2022").status_code == 201
    with desk.services.store.write() as work:  # no page can do this; somebody with the database could
        work.save_affiliate(replace(row, state=AffiliateState.APPROVED, issuer_id="did:key:z6Mk"))
    assert desk.issue("eddsa-rdfc-2022").status_code == 404
    desk.services.affiliates.close(row.id)
    assert desk.issue("eddsa-rdfc-2022").status_code == 404


def test_an_instance_has_a_key_of_each_type_and_is_listed_once(desk: Any) -> None:
    assert set(desk.instance.dids) == {"Ed25519", "P-256", "P-384"}
    assert len(set(desk.instance.dids.values())) == 3
    assert desk.instances.all() == ["lab"]


def test_an_instance_is_made_once(desk: Any) -> None:
    with pytest.raises(ConflictError):
        desk.instances.create("lab")


@pytest.mark.parametrize("slug", ["", "Lab", "a.b", "a--b", "x" * 41])
def test_the_name_of_an_instance_is_plain(desk: Any, slug: str) -> None:
    with pytest.raises(InvalidError):
        desk.instances.create(slug)


def test_another_token_of_an_instance(desk: Any) -> None:
    secret, _ = desk.instances.new_token("lab")
    path = "/issuers/lab/vc-jwt/credentials/issue"
    assert desk.call("POST", path, {}, token=secret).status_code == 400
    with pytest.raises(NotFoundError):
        desk.instances.new_token("nobody")


def test_s_tok_1_the_token_is_of_this_instance(desk: Any, credential: Any) -> None:
    other = desk.instances.create("other")
    body = {"credential": credential}
    path = "/issuers/lab/eddsa-rdfc-2022/credentials/issue"
    assert desk.call("POST", path, body, token=other.token).status_code == 404
    assert desk.call("POST", path.replace("lab", "nobody"), body).status_code == 404
    assert desk.call("POST", path, body, token=None).status_code == 401
    assert desk.call("POST", path, body, token="obk_x").status_code == 401


def test_s_tok_1_a_token_of_an_affiliate_does_not_open_the_vc_api(desk: Any, credential: Any) -> None:
    made = desk.services.affiliates.create({"name": "Riverside"})
    secret, _ = desk.services.tokens.create(made.id, "x", ["awards:write"], 5)
    answer = desk.call("POST", "/credentials/verify", {"verifiableCredential": credential}, token=secret)
    assert answer.status_code == 403


def test_off_there_is_nothing(desk_off: Any, credential: Any) -> None:
    assert desk_off.verify(credential).status_code == 404
    assert replace(desk_off.instance).slug == "lab"
