"""Whether a badge was withdrawn: who may say so, and that not knowing is UNKNOWN (V-ST-1 to V-ST-4)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openbadges import Limits, Outcome
from openbadges.errors import LimitError, UnreachableError
from openbadges.status import BitstringStatusListEntry
from openbadges.testing import add_proof, badge, endorsement, fixed_key, sign, status_entry, status_list

KEY, OTHER = fixed_key(), fixed_key("Ed25519", 1)
LIST = "https://badges.example.org/status/3"
OLD_LIST = "https://badges.example.org/revocations"
DID_WEB = "did:web:badges.example.org"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def with_status(*entries: dict[str, Any], **members: Any) -> Any:
    return sign(badge(credentialStatus=list(entries) if len(entries) > 1 else entries[0], **members))


def with_old_status(issuer: str = DID_WEB, url: str = OLD_LIST) -> Any:
    document = badge(issuer=issuer, credentialStatus={"id": url, "type": "1EdTechRevocationList"})
    document["@context"].append(EXTENSIONS)
    return sign(document, KEY if issuer == KEY.did else KEY.controlled_by(issuer))


@pytest.mark.parametrize("form", ["data-integrity", "vc-jwt"])
def test_a_badge_is_good_until_its_bit_is_set(form: Any, check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST, form=form, set_indexes=[6, 8])
    signed = with_status(status_entry(LIST, 7))
    report = check(signed)
    assert report.outcome is Outcome.PASS
    assert found(report, "status.revocation") == [("pass", "status.not_revoked")]
    assert "status.revocation" in report.required
    web.revoke(signed)
    report = check(signed)
    assert report.outcome is Outcome.FAIL
    assert report.verdict == "Genuine, but the issuer withdrew it."
    assert report.key is not None


def test_suspension_is_a_check_of_its_own(check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST)
    web.publish_status_list(LIST + "s", purpose="suspension", set_indexes=[7])
    report = check(with_status(status_entry(LIST), status_entry(LIST + "s", purpose="suspension")))
    assert found(report, "status.revocation") == [("pass", "status.not_revoked")]
    assert found(report, "status.suspension") == [("fail", "status.suspended")]
    assert report.verdict == "Genuine, but the issuer has suspended it for now."
    web.publish_status_list(LIST + "s", purpose="suspension")
    assert check(with_status(status_entry(LIST + "s", purpose="suspension"))).outcome is Outcome.PASS


def test_messages_are_reported_and_do_not_decide(check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST, purpose="message", set_indexes=[7])
    report = check(with_status(status_entry(LIST, purpose="message")))
    assert found(report, "status.message") == [("pass", "status.message_value")]
    assert report.outcome is Outcome.PASS
    web.fail(LIST)
    assert check(with_status(status_entry(LIST, purpose="message"))).outcome is Outcome.PASS


def test_v_st_1_an_unknown_purpose_or_type_is_unknown(check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST, purpose="accreditation")
    report = check(with_status(status_entry(LIST, purpose="accreditation")))
    assert report.outcome is Outcome.UNKNOWN
    assert found(report, "status.revocation") == [("unknown", "status.purpose_unknown")]
    assert report.verdict.startswith("We could not check whether it was withdrawn.")
    undefined = {"id": LIST, "type": "TokenStatusList"}
    for value in (undefined, [status_entry(LIST), undefined | {"type": ["BitstringStatusListEntry", "Other"]}]):
        report = check(add_proof(badge(credentialStatus=value), suite="eddsa-jcs-2022"))
        assert (report.outcome, report.error) == (Outcome.UNKNOWN, None)
        assert found(report, "contexts.known") == [("unknown", "status.type_unknown")]
    member = {"id": LIST, "type": "1EdTechRevocationList", "odd": 1}  # neither the type nor the member is defined
    report = check(badge(credentialStatus=member))
    assert found(report, "contexts.known") == [("unknown", "context.missing_for_type")]
    assert report.outcome is Outcome.UNKNOWN
    assert check(badge(credentialStatus={"id": LIST, "type": 5})).error.code == "shape.type_not_text"
    strange = with_status({"id": LIST, "type": "https://example.org/types#Status"})
    assert found(check(strange), "status.revocation") == [("unknown", "status.type_unknown")]


@pytest.mark.parametrize(
    "change",
    [
        {"statusListIndex": "-1"},
        {"statusListIndex": "007"},
        {"statusListIndex": "1e3"},
        {"statusPurpose": ["revocation"]},
    ],
)
def test_v_st_3_a_malformed_entry_fails(change: dict[str, Any], check: Any, web: Any) -> None:
    web.publish_status_list(LIST)
    report = check(with_status({**status_entry(LIST), **change}))
    assert report.outcome is not Outcome.PASS
    assert web.requests == []


def test_v_st_3_an_index_outside_the_list_fails(check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST)
    report = check(with_status(status_entry(LIST, 131_072)))
    assert found(report, "status.revocation") == [("fail", "status.index_range")]
    assert report.verdict.startswith("Genuine, but the list that says whether it was withdrawn cannot be relied on.")


@pytest.mark.parametrize("error", [None, LimitError("network.body_too_large", url=LIST, limit=1)])
def test_v_st_1_a_list_that_does_not_come_is_unknown(error: Any, check: Any, web: Any, found: Any) -> None:
    web.publish_status_list(LIST)
    web.fail(LIST, error)
    report = check(with_status(status_entry(LIST)))
    assert report.outcome is Outcome.UNKNOWN
    assert found(report, "status.revocation")[0][0] == "unknown"
    web.publish_status_list(LIST)
    assert check(with_status(status_entry(LIST))).outcome is Outcome.PASS


def listed(**members: Any) -> dict[str, Any]:
    return {**status_list(LIST), **members}


@pytest.mark.parametrize(
    ("served", "code"),
    [
        (status_list(LIST), "status.list_not_good"),
        (sign(status_list(LIST, issuer=OTHER.did), OTHER).text, "status.list_issuer"),
        (sign(status_list(LIST + "x")).text, "status.list_id"),
        (sign(status_list(LIST, purpose="suspension")).text, "status.list_purpose"),
        (sign(listed(validUntil="2026-11-22T11:00:00Z")).text, "status.list_not_good"),
        (sign(listed(validFrom="2026-12-22T11:00:00Z")).text, "status.list_not_good"),
        (add_proof(listed(), OTHER), "status.list_not_good"),
        (sign(badge(id=LIST)).text, "status.list_type"),
        (sign(badge(id=LIST), form="vc-jwt").text, "status.list_type"),
        ("gibberish", "status.list_unreadable"),
        ("{", "json.syntax"),
        (b"\xff\xfe", "status.list_unreadable"),
        (sign(status_list(LIST)).text.replace("2026-11-21", "2026-11-20"), "status.list_not_good"),
    ],
)
def test_v_st_2_only_a_good_fresh_list_of_the_issuer_counts(served: Any, code: str, check: Any, web: Any) -> None:
    web.publish(LIST, served)
    report = check(with_status(status_entry(LIST)))
    assert report.outcome is Outcome.UNKNOWN
    assert report.of("status.revocation")[0].code == code


def test_v_st_2_the_status_of_a_list_is_not_followed(check: Any, web: Any) -> None:
    web.publish(LIST, sign(listed(credentialStatus=status_entry(LIST + "deeper"))).text)
    assert check(with_status(status_entry(LIST))).outcome is Outcome.PASS
    assert web.requests == [LIST]


def test_v_st_4_at_most_four_entries(check: Any, web: Any) -> None:
    web.publish_status_list(LIST)
    entries = [status_entry(LIST, index) for index in range(5)]
    report = check(add_proof(badge(credentialStatus=entries)))
    assert report.error is not None
    assert report.error.code == "status.too_many"
    assert check(with_status(*entries[:4])).outcome is Outcome.PASS


def test_a_list_may_be_larger_than_a_badge(check: Any, web: Any) -> None:
    web.publish_status_list(LIST)
    small = Limits(json_string_bytes=4_000, document_bytes=4_000)
    assert check(with_status(status_entry(LIST)), limits=small).outcome is Outcome.PASS


def test_fetches_are_counted_for_the_whole_verification(check: Any, web: Any) -> None:
    web.publish_status_list(LIST)
    entries = [status_entry(LIST, index) for index in range(4)]
    report = check(with_status(*entries), limits=Limits(fetches=3))
    assert report.outcome is Outcome.UNKNOWN
    assert report.of("status.revocation")[3].code == "network.too_many_fetches"
    assert len(web.requests) == 3


def test_what_a_foreign_fetcher_brings_is_bounded_too(check: Any, web: Any) -> None:
    web.publish(LIST, b" " * 2000)
    report = check(with_status(status_entry(LIST)), limits=Limits(status_document_bytes=1000))
    assert report.of("status.revocation")[0].code == "network.body_too_large"


# --- lists without a signature -----------------------------------------------------------------------------------


def test_an_unsigned_list_counts_only_from_the_issuers_own_origin(check: Any, web: Any, found: Any) -> None:
    web.publish_did(DID_WEB, KEY.public_key)
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB)
    signed = with_old_status()
    report = check(signed)
    assert report.outcome is Outcome.PASS
    assert [note.code for note in report.notes if note.code.startswith("status")] == ["status.list_unsigned"]
    web.revoke(signed)
    assert found(check(signed), "status.revocation") == [("fail", "status.revoked")]
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB, revoked={badge()["id"]: "By mistake"})
    report = check(signed)
    assert found(report, "status.revocation") == [("fail", "status.revoked_reason")]
    assert "By mistake" in report.of("status.revocation")[0].detail


def test_an_https_issuer_has_its_own_origin(check: Any, web: Any) -> None:
    issuer = "https://badges.example.org/issuer"
    key = KEY.controlled_by(issuer)
    method = {
        "id": key.verification_method, "type": "Multikey", "controller": issuer,
        "publicKeyMultibase": KEY.public_key.to_multikey(),
    }  # fmt: skip
    web.publish(issuer, {"id": issuer, "verificationMethod": [method], "assertionMethod": [method["id"]]})
    web.publish_revocation_list(OLD_LIST, issuer=issuer)
    assert check(with_old_status(issuer)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("issuer", "url", "final"),
    [
        (DID_WEB, "https://evil.example/revocations", None),
        (DID_WEB, OLD_LIST, "https://evil.example/revocations"),
        (DID_WEB, OLD_LIST, "https://[bad"),
        (DID_WEB, "https://badges.example.org:8443/revocations", None),
        (KEY.did, OLD_LIST, None),
    ],
)
def test_an_unsigned_list_from_elsewhere_is_unknown(issuer: str, url: str, final: Any, check: Any, web: Any) -> None:
    web.publish_did(DID_WEB, KEY.public_key)
    web.publish(url, {"id": url, "issuer": issuer}, final_url=final)
    report = check(with_old_status(issuer, url))
    assert report.outcome is Outcome.UNKNOWN
    assert report.of("status.revocation")[0].code == "status.list_other_origin"


def test_an_unsigned_list_of_another_issuer_is_unknown(check: Any, web: Any) -> None:
    web.publish_did(DID_WEB, KEY.public_key)
    web.publish_revocation_list(OLD_LIST, issuer="did:web:other.example")
    assert check(with_old_status()).outcome is Outcome.UNKNOWN


def test_a_badge_without_an_id_cannot_be_looked_up(check: Any, web: Any) -> None:
    web.publish_did(DID_WEB, KEY.public_key)
    web.publish_revocation_list(OLD_LIST, issuer=DID_WEB)
    document = {**with_old_status().unverified, "type": ["VerifiableCredential", "EndorsementCredential"]}
    assert document
    plain = endorsement(about=KEY.did, issuer=DID_WEB, id=None, credentialStatus=badge_status())
    plain["@context"].append(EXTENSIONS)
    report = check(add_proof(plain, KEY.controlled_by(DID_WEB)), profile="vc")
    assert [one.code for one in report.of("status.revocation")] == ["status.badge_without_id"]


def badge_status() -> dict[str, Any]:
    return {"id": OLD_LIST, "type": "1EdTechRevocationList"}


def test_entries_made_here_are_read_here(check: Any, web: Any) -> None:
    web.publish_status_list(LIST, set_indexes=[9])
    made = BitstringStatusListEntry(status_purpose="revocation", status_list_index=9, status_list_credential=LIST)
    signed = with_status(made.to_document())
    assert json.loads(signed.text)["credentialStatus"]["statusListIndex"] == "9"
    assert check(signed).outcome is Outcome.FAIL


def test_the_web_in_memory_refuses_what_it_does_not_have(web: Any) -> None:
    with pytest.raises(UnreachableError):
        web.get("https://x.example", accept="*/*", max_bytes=1)
