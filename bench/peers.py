"""The other implementations that are present: Python ones in this process, JavaScript ones in a child of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from subject import Subject, all_contexts
from timing import Pace

Rows = dict[str, float]
NODE = Path(__file__).with_name("node")


def pyjwt(subject: Subject, pace: Pace) -> Rows:
    """PyJWT: a token is a signature over claims, and nothing about badges is looked at."""
    import jwt  # noqa: PLC0415 - a peer may be absent
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    rows: Rows = {}
    for name, key in subject.keys.items():
        public = jwt.PyJWK(dict(key.public_key.to_jwk()) | {"alg": name}).key
        private = load_pem_private_key(key.to_pem(), None)
        payload, token = subject.credential(name), subject.tokens[name]
        options: Any = {"verify_aud": False}
        rows[f"vc-jwt {name} verify"] = pace.median_ms(
            lambda: jwt.decode(token, public, algorithms=[name], options=options)
        )
        rows[f"vc-jwt {name} sign"] = pace.median_ms(lambda: jwt.encode(payload, private, algorithm=name))
    return rows


def openbadgeslib(subject: Subject, pace: Pace) -> Rows:
    """openbadgeslib: full verification, and its lower-level proof functions."""
    from openbadgeslib.ob3 import OB3LdpSigner, OB3LdpVerifier, OB3Signer, OB3Verifier  # noqa: PLC0415
    from openbadgeslib.ob3.credential import OpenBadgeCredential  # noqa: PLC0415
    from openbadgeslib.ob3.ldp import verify_data_integrity_proof  # noqa: PLC0415

    rows: Rows = {}
    text = subject.rdfc.decode()
    checker = OB3LdpVerifier()
    _refuses(lambda: checker.verify(text.replace("newcomers", "new comers"), download=_nothing))
    rows["eddsa-rdfc-2022 check"] = pace.median_ms(lambda: checker.verify(text, download=_nothing))
    key = subject.keys["EdDSA"]
    rows["eddsa-rdfc-2022 proof only"] = pace.median_ms(
        lambda: verify_data_integrity_proof(json.loads(text), key.public_key.to_pem())
    )
    signer = OB3LdpSigner(key.to_pem(), verification_method=key.verification_method)
    model = OpenBadgeCredential.from_jwt_payload(json.loads(text))
    rows["eddsa-rdfc-2022 issue"] = pace.median_ms(lambda: signer.sign(model))
    for name, one in subject.keys.items():
        token_signer = OB3Signer(one.to_pem(), algorithm=name)
        token = token_signer.sign(OpenBadgeCredential.from_jwt_payload(subject.credential(name)))
        tokens = OB3Verifier(one.public_key.to_pem(), issuer_did=one.did)
        rows[f"vc-jwt {name} check"] = pace.median_ms(lambda: tokens.verify(token, download=_nothing))
        rows[f"vc-jwt {name} issue"] = pace.median_ms(lambda: token_signer.sign(model))
    return rows


def openvc(subject: Subject, pace: Pace) -> Rows:
    """openvc-core: ``verify_credential`` does everything it does; its VC-JWT is the older form with a ``vc`` claim."""
    from openvc import verify_credential  # noqa: PLC0415 - a peer may be absent
    from openvc.keys import signing_key_from_jwk  # noqa: PLC0415
    from openvc.proof.data_integrity import DataIntegrityProofSuite  # noqa: PLC0415
    from openvc.proof.di_jcs import EddsaJcsProofSuite  # noqa: PLC0415
    from openvc.proof.vc_jwt import VcJwtProofSuite  # noqa: PLC0415

    contexts = all_contexts()
    rows: Rows = {}
    key = subject.keys["EdDSA"]
    signing = signing_key_from_jwk(key.private_jwk(), kid=key.verification_method)
    credential = subject.credential()
    rdfc, jcs = DataIntegrityProofSuite(), EddsaJcsProofSuite()
    common: dict[str, Any] = {"signing_key": signing, "verification_method": key.verification_method}
    for name, sign in (
        ("eddsa-rdfc-2022", lambda: rdfc.add_proof(credential, extra_contexts=contexts, **common)),
        ("eddsa-jcs-2022", lambda: jcs.add_proof(credential, **common)),
    ):
        text = json.dumps(sign())
        _refuses(
            lambda: verify_credential(json.loads(text.replace("newcomers", "new comers")), extra_contexts=contexts)
        )
        rows[f"{name} check"] = pace.median_ms(lambda: verify_credential(json.loads(text), extra_contexts=contexts))
        rows[f"{name} issue"] = pace.median_ms(sign)
    for name in ("EdDSA", "ES256"):  # it has no RS256
        one = subject.keys[name]
        token_key = signing_key_from_jwk(one.private_jwk(), kid=one.verification_method)
        claims = _older(subject.credential(name))
        token = VcJwtProofSuite().sign(claims, signing_key=token_key)
        rows[f"vc-jwt {name} check"] = pace.median_ms(lambda: verify_credential(token))
        rows[f"vc-jwt {name} issue"] = pace.median_ms(lambda: VcJwtProofSuite().sign(claims, signing_key=token_key))
    return rows


def node(subject: Subject, pace: Pace) -> tuple[dict[str, Rows], dict[str, str]]:
    """@digitalbazaar/vc and jose, by ``node/run.mjs``; their rows, and versions by package."""
    key = subject.keys["EdDSA"]
    given = {
        "contexts": all_contexts(),
        "credential": subject.credential(),
        "key": {"jwk": key.private_jwk(), "id": key.verification_method, "controller": key.did},
        "repeats": pace.repeats,
        "seconds": pace.seconds,
        "tokens": [
            {"algorithm": name, "jwk": one.private_jwk(), "token": subject.tokens[name]}
            for name, one in subject.keys.items()
        ],
    }
    program = shutil.which("node")
    assert program is not None
    done = subprocess.run(  # noqa: S603 - our own script
        [program, str(NODE / "run.mjs")], input=json.dumps(given).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    found = json.loads(done.stdout)
    rows: dict[str, Rows] = {"@digitalbazaar/vc": {}, "jose": {}}
    for name, times in found.items():
        if name == "versions":
            continue
        peer = "jose" if name.startswith("vc-jwt") else "@digitalbazaar/vc"
        verify = "verify" if peer == "jose" else "check"
        rows[peer][f"{name} {verify}"] = times["verify"]
        rows[peer][f"{name} {'sign' if peer == 'jose' else 'issue'}"] = times["sign"]
    return rows, found["versions"]


def node_is_there() -> bool:
    """Whether node and the packages of ``node/`` are installed."""
    return shutil.which("node") is not None and (NODE / "node_modules").is_dir()


PEERS: dict[str, tuple[str, Callable[[Subject, Pace], Rows]]] = {
    "PyJWT": ("pyjwt", pyjwt),
    "openbadgeslib": ("openbadgeslib", openbadgeslib),
    "openvc-core": ("openvc-core", openvc),
}


def installed(distribution: str) -> str | None:
    """The version of a Python distribution, if it is here."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _older(credential: dict[str, Any]) -> dict[str, Any]:
    """On VCDM 1.1, dated now: the only form of a token that openvc-core takes."""
    made = {name: value for name, value in credential.items() if name not in ("validFrom", "validUntil")}
    made["@context"] = ["https://www.w3.org/2018/credentials/v1", credential["@context"][1]]
    return made | {"issuanceDate": datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%SZ")}


def _nothing(url: str, *_args: object, **_named: object) -> bytes:
    message = f"not at hand: {url}"
    raise RuntimeError(message)


def _refuses(check: Callable[[], object]) -> None:
    try:
        found: Any = check()
    except Exception:
        return
    assert not getattr(found, "valid", True), "a changed badge passed"
