"""The Python implementations, each behind the same two questions: sign this, is this good?

Runs in an environment of its own, without this project. Reads {contexts, requests} as JSON from standard input and
writes the answers in the same order. No network.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Request = dict[str, Any]


def handed(documents: dict[str, str]) -> Callable[..., bytes]:
    """Gives the documents that came with the request, and nothing else."""

    def download(url: str, *args: object, **kwargs: object) -> bytes:
        if url not in documents:
            raise RuntimeError(f"not at hand: {url}")
        return documents[url].encode()

    return download


# openbadgeslib


def openbadgeslib_verify(request: Request, contexts: dict[str, Any]) -> None:
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier

    badge, key = request["badge"], request["key"]
    with_list = {
        "check_status": "documents" in request,
        "verify_status_list": False,  # it knows no proof of a list but that of a token; the other peers check ours
        "download": handed(request.get("documents", {})),
    }
    if request.get("container"):
        from openbadgeslib.verify import verify_badge

        found = verify_badge(base64.b64decode(badge), "3", pubkey_pem=key["public_pem"], **with_list)
        if not found.valid:
            raise ValueError(found.reason)
    elif badge.lstrip().startswith("{"):
        OB3LdpVerifier().verify(badge, **with_list)
    else:
        OB3Verifier(key["public_pem"], issuer_did=key["controller"]).verify(badge, **with_list)


def openbadgeslib_sign(request: Request, contexts: dict[str, Any]) -> str:
    from openbadgeslib.ob3 import Achievement, Issuer, OB3LdpSigner, OB3Signer, OpenBadgeCredential

    credential, key = request["credential"], request["key"]
    subject = credential["credentialSubject"]
    achievement = subject["achievement"]
    badge = OpenBadgeCredential(
        issuer=Issuer(id=key["controller"], name=credential["issuer"]["name"]),
        recipient_id=subject["id"],
        achievement=Achievement(
            id=achievement["id"],
            name=achievement["name"],
            description=achievement["description"],
            criteria_narrative=achievement["criteria"]["narrative"],
        ),
        id=credential["id"],
        issuance_date=datetime.fromisoformat(credential["validFrom"]),
    )
    if request["format"] == "vc-jwt":
        signer: Any = OB3Signer(key["pem"], algorithm=key["algorithm"])
    else:
        signer = OB3LdpSigner(key["pem"], verification_method=key["id"])
    image = request.get("image")
    if image is None:
        return signer.sign(badge) if request["format"] == "vc-jwt" else signer.sign_to_json(badge)
    into = signer.sign_into_png if request["container"] == "png" else signer.sign_into_svg
    return base64.b64encode(into(badge, base64.b64decode(image))).decode()


# openvc-core


def openvc_verify(request: Request, contexts: dict[str, Any]) -> None:
    from openvc import VerificationPolicy, verify_credential

    def status_list(url: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(request["documents"][url])
        verify_credential(found, extra_contexts=contexts)
        return found

    badge = request["badge"]
    verify_credential(
        json.loads(badge) if badge.lstrip().startswith("{") else badge,
        policy=VerificationPolicy(require_status_issuer_binding=True),
        resolve_status_list=status_list if "documents" in request else None,
        extra_contexts=contexts,
    )


def openvc_sign(request: Request, contexts: dict[str, Any]) -> str:
    from openvc.keys import signing_key_from_jwk
    from openvc.proof.data_integrity import DataIntegrityProofSuite
    from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite
    from openvc.proof.di_jcs import EcdsaJcsProofSuite, EddsaJcsProofSuite
    from openvc.proof.ecdsa_sd import EcdsaSdProofSuite
    from openvc.proof.vc_jwt import VcJwtProofSuite

    key = request["key"]
    credential, name = request["credential"], request["format"]
    signing_key = signing_key_from_jwk(key["jwk"], kid=key["id"])
    if name == "vc-jwt-1.1":  # the time of signing becomes nbf, which has to say the same as issuanceDate
        credential["issuanceDate"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return VcJwtProofSuite().sign(credential, signing_key=signing_key)
    common: dict[str, Any] = {"signing_key": signing_key, "verification_method": key["id"]}
    if name == "ecdsa-sd-2023":
        suite = EcdsaSdProofSuite()
        base = suite.add_base_proof(
            credential, mandatory_pointers=request["mandatory"], extra_contexts=contexts, **common
        )
        return json.dumps(suite.derive_proof(base, selective_pointers=request["selective"], extra_contexts=contexts))
    if name in ("eddsa-jcs-2022", "ecdsa-jcs-2019"):
        jcs: Any = EddsaJcsProofSuite() if name.startswith("eddsa") else EcdsaJcsProofSuite()
        return json.dumps(jcs.add_proof(credential, **common))
    rdf: Any = DataIntegrityProofSuite() if name.startswith("eddsa") else EcdsaRdfcProofSuite()
    return json.dumps(rdf.add_proof(credential, extra_contexts=contexts, **common))


def openvc_derive(request: Request, contexts: dict[str, Any]) -> str:
    from openvc.proof.ecdsa_sd import EcdsaSdProofSuite

    base = json.loads(request["badge"])
    derived = EcdsaSdProofSuite().derive_proof(base, selective_pointers=request["selective"], extra_contexts=contexts)
    return json.dumps(derived)


PEERS: dict[tuple[str, str], Callable[[Request, dict[str, Any]], str | None]] = {
    ("openbadgeslib", "verify"): openbadgeslib_verify,
    ("openbadgeslib", "sign"): openbadgeslib_sign,
    ("openvc-core", "verify"): openvc_verify,
    ("openvc-core", "sign"): openvc_sign,
    ("openvc-core", "derive"): openvc_derive,
}


def main() -> None:
    given = json.load(sys.stdin)
    answers: list[dict[str, Any]] = []
    for request in given["requests"]:
        try:
            result = PEERS[request["peer"], request["do"]](request, given["contexts"])
            answers.append({"ok": True, "result": result})
        except Exception as error:
            answers.append({"ok": False, "error": f"{type(error).__name__}: {error}"})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
