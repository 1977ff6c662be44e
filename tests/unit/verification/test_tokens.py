"""Badges as tokens: the issuer's key, and claims that mirror the badge (V-JWT-3, V-JWT-6, V-KEY-1 to V-KEY-3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from openbadges import Outcome
from openbadges.encoding.base import decode_base64url
from openbadges.errors import IssuingError
from openbadges.proofs.vc_jwt import create_vc_jwt
from openbadges.testing import add_proof, badge, fixed_key, sign, sign_token

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
DID_WEB = "did:web:badges.example.org"
ISSUER = "https://badges.example.org/issuers/1"
NBF = 1768467600  # 2026-01-15T09:00:00Z


def payload(**members: Any) -> dict[str, Any]:
    document = badge()
    claims = {"iss": KEY.did, "jti": document["id"], "sub": document["credentialSubject"]["id"], "nbf": NBF}
    return {name: value for name, value in {**document, **claims, **members}.items() if value is not None}


def old_payload(**members: Any) -> dict[str, Any]:
    document = badge(validFrom=None, awardedDate=None)
    document["@context"] = [
        "https://www.w3.org/2018/credentials/v1",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
    ]
    document["issuanceDate"] = "2026-01-15T09:00:00Z"
    claims = {"iss": KEY.did, "jti": document["id"], "sub": document["credentialSubject"]["id"], "nbf": NBF}
    return {name: value for name, value in {"vc": document, **claims, **members}.items() if value is not None}


@pytest.mark.parametrize(("kind", "algorithm"), [("Ed25519", "EdDSA"), ("P-256", "ES256"), ("RSA", "RS256")])
def test_badges_are_signed_with_three_algorithms(kind: Any, algorithm: str, check: Any) -> None:
    key = fixed_key(kind)
    token = sign(badge(issuer=key.did, validUntil="2030-01-01T00:00:00Z"), key, form="vc-jwt")
    report = check(token)
    assert report.outcome is Outcome.PASS
    assert report.notes == ()
    assert report.key == {"id": key.verification_method, "algorithm": algorithm}
    head, body = (json.loads(decode_base64url(part)) for part in token.text.split(".")[:2])
    assert head == {"alg": algorithm, "typ": "JWT", "kid": key.verification_method}
    assert {name: body[name] for name in ("iss", "jti", "nbf", "exp", "sub")} == {
        "iss": key.did, "jti": badge()["id"], "nbf": NBF, "exp": 1893456000, "sub": badge()["credentialSubject"]["id"],
    }  # fmt: skip


def test_another_algorithm_does_not_sign_badges_as_tokens() -> None:
    key = fixed_key("P-384")
    with pytest.raises(IssuingError, match="EdDSA, ES256 or RS256"):
        sign(badge(issuer=key.did), key, form="vc-jwt")
    with pytest.raises(IssuingError):
        create_vc_jwt(badge(), key)


def test_a_subject_without_an_id_has_no_sub_claim(check: Any) -> None:
    document = badge()
    del document["credentialSubject"]["id"]
    identity = {"type": "IdentityObject", "hashed": False, "identityHash": "a", "identityType": "name"}
    document["credentialSubject"]["identifier"] = [identity]
    token = sign(document, form="vc-jwt")
    assert "sub" not in json.loads(decode_base64url(token.text.split(".")[1]))
    assert check(token).outcome is Outcome.PASS


@pytest.mark.parametrize("name", ["iss", "jti", "sub", "nbf"])
def test_v_jwt_6_an_absent_claim_is_noted_and_does_not_decide(name: str, check: Any) -> None:
    report = check(sign_token(payload(**{name: None})))
    assert report.outcome is Outcome.PASS
    assert [(note.code, note.params["claim"]) for note in report.notes] == [("claims.absent", name)]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": OTHER.did}, "claims.mismatch"),
        ({"iss": [KEY.did]}, "claims.mismatch"),
        ({"jti": "urn:uuid:other"}, "claims.mismatch"),
        ({"sub": "did:example:other"}, "claims.mismatch"),
        ({"nbf": NBF + 1}, "claims.mismatch"),
        ({"nbf": str(NBF)}, "claims.malformed"),
        ({"nbf": True}, "claims.malformed"),
        ({"nbf": -1}, "claims.malformed"),
        ({"nbf": 1e30}, "claims.malformed"),
        ({"exp": "never"}, "claims.malformed"),
        ({"exp": 1893456000, "validUntil": "2030-01-01T00:00:01Z"}, "claims.mismatch"),
        ({"validFrom": None}, "claims.mismatch"),
    ],
)
def test_v_jwt_6_a_claim_that_disagrees_is_fatal(claims: Mapping[str, Any], code: str, check: Any, found: Any) -> None:
    report = check(sign_token(payload(**claims)))
    assert report.outcome is Outcome.FAIL
    assert report.key is None
    if "validFrom" not in claims:
        assert found(report, "proof.claims") == [("fail", code)]


def test_v_jwt_6_instants_are_compared_not_texts(check: Any) -> None:
    assert check(sign_token(payload(validFrom="2026-01-15T10:00:00+01:00"))).outcome is Outcome.PASS
    assert check(sign_token(payload(validFrom="2026-01-15T09:00:00.5Z", nbf=NBF + 0.5))).outcome is Outcome.PASS
    late = check(sign_token(payload(validFrom="tomorrow")))
    assert late.outcome is Outcome.FAIL


def test_v_jwt_6_the_earlier_end_rules(check: Any) -> None:
    assert check(sign_token(payload(exp=1893456000))).outcome is Outcome.PASS
    ended = check(sign_token(payload(exp=1790000000)))
    assert ended.verdict == "Genuine, but it expired on 21 September 2026."


@pytest.mark.parametrize("typ", ["JWT", "vc+jwt", None])
def test_v_jwt_3_types_that_badges_have(typ: str | None, check: Any) -> None:
    assert check(sign_token(payload(), typ=typ)).outcome is Outcome.PASS


@pytest.mark.parametrize("typ", ["at+jwt", "vp+jwt", "dpop+jwt", "jwt "])
def test_v_jwt_3_other_types_are_refused(typ: str, check: Any, found: Any) -> None:
    assert found(check(sign_token(payload(), typ=typ)), "proof.signature") == [("fail", "jws.type")]


@pytest.mark.parametrize(
    ("kid", "outcome", "code"),
    [
        (OTHER.verification_method, "fail", "binding.foreign"),
        (KEY.did, "fail", "did_url.no_fragment"),
        (KEY.did + "#other", "fail", "key.not_listed"),
        (KEY.verification_method + "?x=1", "fail", None),
        ("key-1", "fail", "binding.kid_short"),
        (KEY.verification_method[len(KEY.did) :], "fail", "binding.kid_short"),
        ("https://badges.example.org/keys#1", "fail", "binding.foreign"),
        (None, "fail", "binding.kid_missing"),
        ("did:web:badges.example.org#1", "fail", "binding.foreign"),
    ],
)
def test_v_key_1_the_kid_has_to_be_the_issuers(kid: Any, outcome: str, code: str | None, check: Any) -> None:
    report = check(sign_token(payload(), kid=kid))
    assert report.outcome.value == outcome
    assert code in (None, report.of("issuer.binding")[0].code)
    assert report.of("proof.signature")[0].outcome is Outcome.SKIPPED
    # that somebody else signed is said only where it is known
    somebody_else = report.of("issuer.binding")[0].code in {"binding.foreign", "key.not_listed"}
    assert (report.verdict == "Not signed by who it says.") == somebody_else


def test_a_signature_that_does_not_fit(check: Any, found: Any) -> None:
    report = check(sign_token(payload(), OTHER, kid=KEY.verification_method))
    assert found(report, "proof.signature") == [("fail", "signature.wrong")]
    assert found(report, "issuer.binding") == [("skipped", "proof.not_checked")]


def test_v_key_2_a_key_in_the_header_counts_only_if_it_is_the_issuers(check: Any, web: Any, found: Any) -> None:
    own, foreign = KEY.public_key.to_jwk(), OTHER.public_key.to_jwk()
    report = check(sign_token(payload(), kid=None, jwk=own))
    assert report.outcome is Outcome.PASS
    assert report.key is not None
    assert report.key["id"] == KEY.verification_method
    forged = check(sign_token(payload(), OTHER, kid=None, jwk=foreign))
    assert found(forged, "issuer.binding") == [("fail", "binding.jwk_not_bound")]
    both = check(sign_token(payload(), jwk=foreign))
    assert found(both, "issuer.binding") == [("fail", "binding.jwk_not_bound")]
    assert check(sign_token(payload(), jwk=own)).outcome is Outcome.PASS
    private = check(sign_token(payload(), kid=None, jwk=KEY.private_jwk()))
    assert found(private, "proof.signature")[0][0] == "fail"
    key = KEY.controlled_by(ISSUER)
    document = {**payload(iss=ISSUER), "issuer": {"id": ISSUER, "type": ["Profile"], "name": "R"}}
    assert check(sign_token(document, key, kid=None, jwk=own)).outcome is Outcome.UNKNOWN
    web.publish_key_set(ISSUER, OTHER.public_key)
    assert check(sign_token(document, key, kid=None, jwk=own)).outcome is Outcome.FAIL
    web.publish_key_set(ISSUER, OTHER.public_key, KEY.public_key)
    assert check(sign_token(document, key, kid=None, jwk=own)).outcome is Outcome.PASS


def test_v_key_2_a_key_listed_for_another_purpose_does_not_bind(check: Any, web: Any, found: Any) -> None:
    document = web.publish_did(DID_WEB, KEY.public_key)
    token = sign_token(
        {**payload(iss=DID_WEB), "issuer": {"id": DID_WEB, "type": ["Profile"]}}, kid=None, jwk=KEY.public_key.to_jwk()
    )
    assert check(token).outcome is Outcome.PASS
    web.publish("https://badges.example.org/.well-known/did.json", {**document, "assertionMethod": []})
    assert found(check(token), "proof.purpose") == [("fail", "key.wrong_purpose")]


def https_badge(kid: str | None = None, **header: Any) -> str:
    document = {**payload(iss=ISSUER), "issuer": {"id": ISSUER, "type": ["Profile"], "name": "R"}}
    return sign_token(document, KEY.controlled_by(ISSUER), **({"kid": kid} if kid else {}), **header)


def test_v_key_3_https_issuers_publish_their_keys_under_their_own_origin(check: Any, web: Any, found: Any) -> None:
    assert check(https_badge("key-1")).outcome is Outcome.UNKNOWN
    jwk = KEY.public_key.to_jwk()
    web.publish("https://badges.example.org/.well-known/jwks.json", {"keys": [{**jwk, "kid": "key-1"}]})
    assert check(https_badge("key-1")).outcome is Outcome.PASS
    assert check(https_badge("key-2")).outcome is Outcome.FAIL
    web.publish(
        "https://badges.example.org/keys.json", {"keys": [{**jwk, "kid": "https://badges.example.org/keys.json#1"}]}
    )
    assert check(https_badge("https://badges.example.org/keys.json#1")).outcome is Outcome.PASS
    web.publish("https://badges.example.org/key.jwk", jwk)
    assert check(https_badge("https://badges.example.org/key.jwk")).outcome is Outcome.PASS
    web.publish("https://badges.example.org/key.jwk", {**jwk, "iss": "https://badges.example.org/issuers/2"})
    assert check(https_badge("https://badges.example.org/key.jwk")).outcome is Outcome.FAIL
    web.publish("https://badges.example.org/key.jwk", {**jwk, "kid": "other"})
    assert check(https_badge("https://badges.example.org/key.jwk")).outcome is Outcome.FAIL


def test_v_key_3_a_controller_document_has_to_be_the_issuers(check: Any, web: Any) -> None:
    method = KEY.controlled_by(ISSUER).verification_method
    listed = {
        "id": method,
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": KEY.public_key.to_multikey(),
    }
    web.publish(ISSUER, {"id": ISSUER, "verificationMethod": [listed], "assertionMethod": [method]})
    assert check(https_badge(method)).outcome is Outcome.PASS
    elsewhere = "https://badges.example.org/issuers/2"
    other = {**listed, "id": elsewhere + "#1", "controller": elsewhere}
    web.publish(elsewhere, {"id": elsewhere, "verificationMethod": [other], "assertionMethod": [elsewhere + "#1"]})
    report = check(https_badge(elsewhere + "#1"))
    assert report.of("issuer.binding")[0].code == "binding.foreign"


@pytest.mark.parametrize(
    "kid",
    [
        "https://evil.example/keys#1",
        "https://badges.example.org:8443/keys",
        "https://a@badges.example.org/k",
        "https:x",
    ],
)
def test_v_key_3_a_key_of_another_origin_is_refused_and_not_fetched(kid: str, check: Any, web: Any, found: Any) -> None:
    web.publish(kid.partition("#")[0], KEY.public_key.to_jwk())
    report = check(https_badge(kid))
    assert found(report, "issuer.binding") == [("fail", "binding.other_origin")]
    assert web.requests == []


def test_an_issuer_that_is_no_text_binds_nothing(check: Any, found: Any) -> None:
    report = check(sign_token(payload(issuer={"type": ["Profile"]}, iss=None)))
    assert found(report, "issuer.binding") == [("fail", "binding.issuer_not_text")]


# --- the forms of VCDM 1.1 ---------------------------------------------------------------------------------------


def test_old_tokens_carry_the_badge_in_vc(check: Any) -> None:
    report = check(sign_token(old_payload()))
    assert report.outcome is Outcome.PASS
    assert report.credential is not None
    assert report.credential["name"] == "Edit-a-thon host"


def test_ids_and_dates_that_live_in_the_claims_are_read_back(check: Any) -> None:
    inner = old_payload()["vc"]
    short = {name: value for name, value in inner.items() if name not in ("id", "issuer", "issuanceDate")}
    short["credentialSubject"] = {name: value for name, value in inner["credentialSubject"].items() if name != "id"}
    short["issuer"] = inner["issuer"]
    report = check(sign_token(old_payload(vc=short, exp=1893456000)))
    assert report.outcome is Outcome.PASS
    assert report.credential is not None
    assert report.credential["id"] == badge()["id"]
    assert report.credential["valid_from"] == "2026-01-15T09:00:00Z"
    assert report.credential["valid_until"] == "2030-01-01T00:00:00Z"


def test_an_issuer_only_in_iss_is_read_back() -> None:
    from openbadges.proofs.vc_jwt import read_vc_jwt

    inner = {name: value for name, value in old_payload()["vc"].items() if name != "issuer"}
    assert read_vc_jwt(sign_token(old_payload(vc=inner))).credential["issuer"] == KEY.did


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"vc": badge(), "iss": KEY.did}, "claims.vc_member"),
        ({**badge(), "vc": {}}, "claims.vc_member"),
        ({"vc": "x"}, "claims.vc_not_object"),
        (old_payload()["vc"], "claims.vc_missing"),
    ],
)
def test_a_token_of_the_wrong_dialect_is_refused(given: dict[str, Any], code: str, check: Any) -> None:
    report = check(sign_token(given))
    assert report.outcome is Outcome.FAIL
    assert code in (report.checks[0].code, report.error and report.error.code)


def test_a_payload_that_is_no_object(check: Any) -> None:
    from openbadges.proofs import jws

    report = check(jws.sign({"typ": "JWT", "kid": KEY.verification_method}, b"[]", KEY))
    assert report.error is not None
    assert report.error.code == "claims.payload_not_object"


# --- envelopes and both forms at once ----------------------------------------------------------------------------


def test_an_enveloped_credential_is_opened(check: Any) -> None:
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt," + sign(badge(), form="vc-jwt").text,
    }
    report = check(envelope)
    assert report.outcome is Outcome.PASS
    assert (report.container, report.format) == ("json", "vc-jwt")
    for wrong in ("data:application/vc+sd-jwt,x", "urn:x", None):
        assert check({**envelope, "id": wrong}).error.code == "document.envelope"
    for members in ({"name": "Professor"}, {"@context": ["https://example.org/x"]}, {"type": ["x", envelope["type"]]}):
        assert check({**envelope, **members}).error.code.startswith("document.envelope")


def test_v_ld_6_an_embedded_proof_inside_a_token_has_to_verify_too(check: Any, found: Any) -> None:
    inner = json.loads(sign(badge()).text)
    good = check(sign_token(payload(proof=inner["proof"])))
    assert good.outcome is Outcome.PASS
    assert found(good, "proof.signature") == [("pass", "proof.good")] * 2
    stranger = add_proof(badge(name="Other"))["proof"]
    bad = check(sign_token(payload(proof=stranger)))
    assert bad.outcome is Outcome.FAIL
    assert bad.key is None
