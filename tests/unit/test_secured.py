"""The signed text is the truth; baking and unbaking keep it byte for byte."""

from __future__ import annotations

import pytest

from openbadges import SecuredCredential, bake, unbake
from openbadges.errors import MalformedError
from openbadges.testing import badge, sign

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("form", "media_type"), [("data-integrity", "application/vc"), ("vc-jwt", "application/vc+jwt")]
)
def test_form_media_type_and_views(form: str, media_type: str) -> None:
    signed = sign(badge(), form=form)  # type: ignore[arg-type]
    assert signed.form == form
    assert signed.media_type == media_type
    assert str(signed) == signed.text
    assert bytes(signed) == signed.text.encode()
    assert signed.unverified["name"] == "Edit-a-thon host"
    assert SecuredCredential(f" {signed.text}\n").form == form
    assert SecuredCredential(f" {signed.text}\n").unverified["id"] == badge()["id"]


def test_baking_and_unbaking_is_the_identity() -> None:
    for signed in (sign(badge(name="é ]]> <b>")), sign(badge(), form="vc-jwt")):
        assert unbake(bake(SVG, signed)) == signed
        assert unbake(bake(SVG, signed.text)) == signed
        assert unbake(bake(SVG, bytes(signed))) == signed


def test_what_is_no_credential_cannot_be_viewed() -> None:
    for text in ("{", "abc", ""):
        with pytest.raises(MalformedError):
            _ = SecuredCredential(text).unverified
