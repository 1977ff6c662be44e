"""Key binding, asked directly: whose key a name leads to, what is fetched, what a refusal says (V-KEY-1 to 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from openbadges.contexts import PinnedContexts
from openbadges.errors import LimitError, OpenBadgesError, RefusedError, UnreachableError
from openbadges.limits import DEFAULT_LIMITS, Limits
from openbadges.ports import Fetched
from openbadges.proofs.vc_jwt import VcJwt, read_vc_jwt
from openbadges.testing import FIXED_NOW, FakeWeb, badge, fixed_key, sign_token
from openbadges.verification.checks.keys import controller_of, key_of_method, key_of_token
from openbadges.verification.inquiry import Inquiry

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
OWN, FOREIGN = KEY.public_key, OTHER.public_key
HOST = "https://badges.example.org"
ISSUER = HOST + "/issuers/1"
ELSEWHERE = HOST + "/issuers/2"
WELL_KNOWN = HOST + "/.well-known/jwks.json"
DID_WEB = "did:web:badges.example.org"
LATER = (FIXED_NOW + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")


class Web(FakeWeb):
    """Keeps what was asked for besides the address."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int, int | None]] = []

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append((accept, max_bytes, redirects))
        return super().get(url, accept=accept, max_bytes=max_bytes, redirects=redirects)


def inquiry(web: FakeWeb | None = None, limits: Limits = DEFAULT_LIMITS) -> Inquiry:
    return Inquiry(now=FIXED_NOW, fetcher=web or Web(), contexts=PinnedContexts(), limits=limits)


def refusal(call: Callable[[], object], code: str, kind: type[OpenBadgesError] = RefusedError) -> dict[str, Any]:
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.code == code
    return caught.value.params


def token(kid: str | None = None, **header: Any) -> VcJwt:
    return read_vc_jwt(sign_token(badge(), KEY, kid=kid, **header))


def own_jwk(**members: Any) -> dict[str, Any]:
    return {**OWN.to_jwk(), **members}


def controller_document(controller: str = ISSUER, **method: Any) -> dict[str, Any]:
    listed = {
        "id": controller + "#k",
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": OWN.to_multikey(),
    }
    return {"id": controller, "verificationMethod": [{**listed, **method}], "assertionMethod": [controller + "#k"]}


# --- who controls a method ---------------------------------------------------------------------------------------


def test_the_controller_is_what_stands_before_the_first_hash() -> None:
    assert controller_of(f"{ISSUER}#k", inquiry()) == ISSUER
    assert controller_of(f"{ISSUER}#k#{ELSEWHERE}", inquiry()) == ISSUER
    assert controller_of(KEY.verification_method, inquiry()) == KEY.did


@pytest.mark.parametrize(
    "method",
    [
        ISSUER,
        ISSUER + "#",
        "http://badges.example.org/issuers/1#k",
        "https:#k",
        "https://user@badges.example.org/issuers/1#k",
        "https://badges.example.org:x/issuers/1#k",
        "https://badges.example.org:0/issuers/1#k",
        "https://[badges.example.org/issuers/1#k",
        "urn:example:1#k",
        "#k",
    ],
)
def test_v_key_1_a_method_that_is_no_did_url_nor_https_url_with_fragment_names_nobody(method: str) -> None:
    assert refusal(lambda: controller_of(method, inquiry()), "binding.no_way") == {"issuer": method}


def test_the_length_of_a_method_is_bounded() -> None:
    method = ISSUER + "#k"
    assert controller_of(method, inquiry(limits=Limits(url_chars=len(method)))) == ISSUER
    short = inquiry(limits=Limits(url_chars=len(method) - 1))
    refusal(lambda: controller_of(method, short), "binding.no_way")
    tight = inquiry(limits=Limits(did_key_rsa_chars=10))
    refusal(lambda: controller_of(KEY.verification_method, tight), "did_url.too_long", LimitError)


# --- the key of an embedded proof --------------------------------------------------------------------------------


def test_v_key_4_a_method_that_has_not_expired_yet_has_its_key() -> None:
    web = Web()
    web.publish(ISSUER, controller_document(expires=LATER))
    found = key_of_method(ISSUER + "#k", inquiry(web))
    assert (found.key_id, found.controller, found.public_key) == (ISSUER + "#k", ISSUER, OWN)


def test_a_controller_document_is_read_within_the_limits() -> None:
    web = Web()
    document = controller_document()
    document["verificationMethod"].append({**document["verificationMethod"][0], "id": ISSUER + "#l"})
    web.publish(ISSUER, document)
    assert key_of_method(ISSUER + "#k", inquiry(web)).public_key == OWN
    tight = inquiry(web, Limits(did_document_methods=1))
    refusal(lambda: key_of_method(ISSUER + "#k", tight), "did.too_many_methods", LimitError)


# --- the key of a token, by kid ----------------------------------------------------------------------------------


def test_v_key_1_a_did_as_kid_has_to_be_the_issuers_and_the_refusal_names_both() -> None:
    facts = refusal(lambda: key_of_token(token(KEY.verification_method), OTHER.did, inquiry()), "binding.foreign")
    assert facts == {"issuer": OTHER.did, "controller": KEY.did}
    facts = refusal(lambda: key_of_token(token("key-1"), KEY.did, inquiry()), "binding.kid_short")
    assert facts == {"key": "key-1"}
    url = "https://badges.example.org/keys#1"
    facts = refusal(lambda: key_of_token(token(url), KEY.did, inquiry()), "binding.foreign")
    assert facts == {"issuer": KEY.did, "controller": url}
    facts = refusal(lambda: key_of_token(token("key-1"), "urn:x:1", inquiry()), "binding.foreign")
    assert facts == {"issuer": "urn:x:1", "controller": "key-1"}


def test_v_key_3_a_short_kid_is_looked_up_in_the_key_set_of_the_issuers_host() -> None:
    web = Web()
    web.publish(WELL_KNOWN, {"keys": [own_jwk(kid="key-1", iss=ISSUER)]})
    found = key_of_token(token("key-1"), ISSUER, inquiry(web))
    assert (found.key_id, found.controller, found.public_key) == ("key-1", ISSUER, OWN)
    assert web.requests == [WELL_KNOWN]


def test_v_key_3_a_key_that_the_host_publishes_for_another_issuer_is_refused() -> None:
    web = Web()
    web.publish(WELL_KNOWN, {"keys": [own_jwk(kid="key-1", iss=ELSEWHERE)]})
    refusal(lambda: key_of_token(token("key-1"), ISSUER, inquiry(web)), "key_set.other_issuer")
    url = HOST + "/keys.json"
    web.publish(url, {"keys": [own_jwk(kid=url + "#1", iss=ELSEWHERE)]})
    refusal(lambda: key_of_token(token(url + "#1"), ISSUER, inquiry(web)), "key_set.other_issuer")
    hint = token(None, jwk=OWN.to_jwk())
    refusal(lambda: key_of_token(hint, ISSUER, inquiry(web)), "binding.jwk_not_bound")


def test_v_key_3_an_address_as_kid_leads_to_the_key_and_stays_its_id() -> None:
    web = Web()
    url = HOST + "/key.jwk"
    for document in (own_jwk(), own_jwk(iss=ISSUER), own_jwk(kid=url)):
        web.publish(url, document)
        found = key_of_token(token(url), ISSUER, inquiry(web))
        assert (found.key_id, found.controller, found.public_key) == (url, ISSUER, OWN)


def test_v_key_3_a_published_key_with_another_owner_or_name_is_refused() -> None:
    web, url = Web(), HOST + "/key.jwk"
    web.publish(url, own_jwk(iss=ELSEWHERE))
    facts = refusal(lambda: key_of_token(token(url), ISSUER, inquiry(web)), "key_set.other_issuer")
    assert facts == {"kid": url, "issuer": ELSEWHERE}
    for name in ("other", ""):
        web.publish(url, own_jwk(kid=name))
        assert refusal(lambda: key_of_token(token(url), ISSUER, inquiry(web)), "key_set.not_found") == {"kid": url}


def test_v_key_3_the_fragment_of_an_address_names_the_key_there() -> None:
    web, url = Web(), HOST + "/keys.json"
    foreign = FOREIGN.to_jwk()
    web.publish(url, {"keys": [{**foreign, "kid": "key-2"}, own_jwk(kid="key-1")]})
    found = key_of_token(token(url + "#key-1"), ISSUER, inquiry(web))
    assert (found.key_id, found.public_key) == (url + "#key-1", OWN)
    refusal(lambda: key_of_token(token(url + "#key-3"), ISSUER, inquiry(web)), "key_set.not_found")
    assert refusal(lambda: key_of_token(token(url), ISSUER, inquiry(web)), "key_set.not_found") == {"kid": url}
    web.publish(url, {"keys": [{**foreign, "kid": "key-1"}, own_jwk(kid=url + "#key-1")]})  # the whole name first
    assert key_of_token(token(url + "#key-1"), ISSUER, inquiry(web)).public_key == OWN
    web.publish(url, {"keys": [own_jwk(kid="key-1", iss=ELSEWHERE)]})
    refusal(lambda: key_of_token(token(url + "#key-1"), ISSUER, inquiry(web)), "key_set.other_issuer")
    web.publish(url, own_jwk(kid="key-1"))
    assert key_of_token(token(url + "#key-1"), ISSUER, inquiry(web)).public_key == OWN
    refusal(lambda: key_of_token(token(url + "#key-2"), ISSUER, inquiry(web)), "key_set.not_found")


@pytest.mark.parametrize(
    ("kid", "issuer", "same"),
    [
        (HOST + ":443/key.jwk", ISSUER, True),
        (HOST + "/key.jwk", HOST + ":443/issuers/1", True),
        (HOST + ":8443/key.jwk", HOST + ":8443/issuers/1", True),
        (HOST + ":444/key.jwk", ISSUER, False),
        (HOST + ":9443/key.jwk", HOST + ":8443/issuers/1", False),
        (HOST + ":0/key.jwk", ISSUER, False),
        (HOST + ":x/key.jwk", ISSUER, False),
        ("https://www.badges.example.org/key.jwk", ISSUER, False),
    ],
)
def test_v_key_3_the_origin_is_host_and_port(kid: str, issuer: str, same: bool) -> None:
    web = Web()
    web.publish(kid, own_jwk())
    if same:
        assert key_of_token(token(kid), issuer, inquiry(web)).public_key == OWN
        return
    facts = refusal(lambda: key_of_token(token(kid), issuer, inquiry(web)), "binding.other_origin")
    assert facts == {"key": kid, "issuer": issuer}
    assert web.requests == []


def test_v_key_3_a_controller_document_that_is_not_the_issuers_is_named_in_the_refusal() -> None:
    web = Web()
    web.publish(ELSEWHERE, controller_document(ELSEWHERE))
    facts = refusal(lambda: key_of_token(token(ELSEWHERE + "#k"), ISSUER, inquiry(web)), "binding.foreign")
    assert facts == {"issuer": ISSUER, "controller": ELSEWHERE}


def test_v_key_4_a_key_of_the_issuers_document_counts_until_it_expires() -> None:
    web = Web()
    web.publish(ISSUER, controller_document(expires=LATER))
    assert key_of_token(token(ISSUER + "#k"), ISSUER, inquiry(web)).public_key == OWN
    web.publish(ISSUER, controller_document(expires="2026-11-22T12:00:00Z"))
    refusal(lambda: key_of_token(token(ISSUER + "#k"), ISSUER, inquiry(web)), "key.expired")


# --- the key of a token, by the header's key ---------------------------------------------------------------------


def test_v_key_2_a_key_in_the_header_is_the_issuers_when_its_document_lists_it() -> None:
    web = Web()
    document = web.publish_did(DID_WEB, OWN)
    document["verificationMethod"][0]["expires"] = LATER
    web.publish(DID_WEB.replace("did:web:", "https://") + "/.well-known/did.json", document)
    found = key_of_token(token(None, jwk=OWN.to_jwk()), DID_WEB, inquiry(web))
    assert (found.key_id, found.controller, found.public_key) == (f"{DID_WEB}#{OWN.to_multikey()}", DID_WEB, OWN)


def test_v_key_2_a_key_in_the_header_that_the_issuer_does_not_publish_is_refused() -> None:
    web = Web()
    web.publish_key_set(ISSUER, FOREIGN)
    web.publish_did(DID_WEB, FOREIGN)
    for issuer in (ISSUER, DID_WEB, OTHER.did):
        refusal(lambda issuer=issuer: key_of_token(token(None, jwk=OWN.to_jwk()), issuer, inquiry(web)),
                "binding.jwk_not_bound")  # fmt: skip


# --- what is fetched ---------------------------------------------------------------------------------------------


def test_keys_are_fetched_as_keys_within_the_limits_and_without_redirects() -> None:
    web = Web()
    web.publish_key_set(ISSUER, OWN)
    limits = Limits(did_document_bytes=10_000)
    assert key_of_token(token(None, jwk=OWN.to_jwk()), ISSUER, inquiry(web, limits)).public_key == OWN
    assert web.asked == [("application/jwk-set+json, application/jwk+json, application/json;q=0.9", 10_000, 0)]


def test_v_key_3_a_key_set_that_lies_elsewhere_is_not_followed() -> None:
    web = Web()
    web.publish(WELL_KNOWN, {"keys": [own_jwk(kid="key-1")]}, final_url="https://evil.example/jwks.json")
    refusal(lambda: key_of_token(token("key-1"), ISSUER, inquiry(web)), "network.status", UnreachableError)


def test_published_keys_are_measured_whoever_wrote_the_fetcher() -> None:
    web = Web()
    keys = {"keys": [own_jwk(kid="key-1"), {**FOREIGN.to_jwk(), "kid": "key-2"}]}
    web.publish(WELL_KNOWN, keys)
    web.publish(HOST + "/keys.json", keys)

    def ask(kid: str, **limits: int) -> Callable[[], object]:
        return lambda: key_of_token(token(kid), ISSUER, inquiry(web, Limits(**limits)))

    refusal(ask("key-1", did_document_bytes=100), "json.too_large", LimitError)
    refusal(ask("key-1", json_depth=1), "json.too_deep", LimitError)
    refusal(ask("key-1", did_document_methods=1), "key_set.too_many", LimitError)
    refusal(ask(HOST + "/keys.json", did_document_methods=1), "key_set.too_many", LimitError)
    document = controller_document()
    document["verificationMethod"].append({**document["verificationMethod"][0], "id": ISSUER + "#l"})
    web.publish(ISSUER, document)
    refusal(ask(ISSUER + "#k", did_document_methods=1), "did.too_many_methods", LimitError)
