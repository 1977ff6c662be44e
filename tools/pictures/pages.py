"""Every page: its name, its address, who looks at it, and what is done there before the picture is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadges import testing
from tools.pictures.house import House

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

__all__ = ["Page", "pages_of"]

_ROWS = "username,level\nAda,gold\nada_x,\nAda,\ndid:nothing,\n192.0.2.7,\nBen,Platinum\nCarmen,Silver\n"


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        name: The name of its pictures.
        address: On the site.
        who: Who is signed in, by the name in the house; nobody when empty.
        act: What is done on it first.
        status: What the first answer has to be.
        printed: Whether it is made for paper too.
    """

    name: str
    address: str
    who: str = ""
    act: Callable[[Tab], None] | None = None
    status: int = 200
    printed: bool = False


def pages_of(house: House) -> list[Page]:
    """All of them, in the order in which people meet them."""
    return [*_public(house), *_checks(house), *_recipients(house), *_entrance(house), *_desk(house), *_errors()]


def _public(house: House) -> list[Page]:
    at = house.places
    badges = ("good", "named", "expired", "withdrawn", "suspended", "replaced", "bare", "long")
    return [
        Page("home", "/"),
        Page("about", "/about"),
        Page("privacy", "/privacy"),
        *(Page(f"badge-{name}", f"/b/{at[name]}", printed=True) for name in badges),
        Page("badge-unfolded", f"/b/{at['good']}", act=_unfold),
        Page("badge-erased", f"/b/{at['erased']}", status=410),
        Page("badge-hidden", f"/b/{at['hidden']}", status=404),
        Page("badge-ask", f"/b/{at['good']}/verify"),
        Page("badge-asked-no", f"/b/{at['good']}/verify", act=lambda tab: _ask(tab, "Somebody else")),
        Page("badge-asked-yes", f"/b/{at['good']}/verify", act=lambda tab: _ask(tab, "Good Lovelace")),
        Page("achievement", f"/achievements/{at['badge']}"),
        Page("issuer", f"/issuers/{at['slug']}"),
        Page("issuer-empty", "/issuers/hillside"),
        Page("issuer-closed", "/issuers/old-town"),
        Page("issuer-long", f"/issuers/{at['long slug']}"),
        Page("api-docs", "/api/docs"),
    ]


def _checks(house: House) -> list[Page]:
    unknown = json.loads(str(testing.sign(testing.badge())))
    unknown["proof"]["cryptosuite"] = "bbs-2023"
    later = testing.sign(testing.badge(validFrom="2099-01-01T00:00:00Z"))
    texts = {
        "pass": house.signed["good"],
        "withdrawn": house.signed["withdrawn"],
        "expired": house.signed["expired"],
        "changed": house.signed["changed"],
        "stranger": str(testing.sign(testing.badge())),
        "early": str(later),
        "unknown": json.dumps(unknown),
        "malformed": "{ this is not",
        "no-badge": '{"hello": "world"}',
    }
    return [
        Page("verify", "/verify"),
        Page("verify-nothing", "/verify", act=lambda tab: tab.get_by_role("main").locator("button.large").click()),
        *(Page(f"verify-{name}", "/verify", act=_paste(text), printed=name == "pass") for name, text in texts.items()),
    ]


def _recipients(house: House) -> list[Page]:
    at = house.places
    return [
        Page("recipient", f"/r/{at['link good']}", printed=True),
        Page("recipient-hidden", f"/r/{at['link hidden']}"),
        Page("recipient-long", f"/r/{at['long link']}"),
        Page("recipient-erase", f"/r/{at['link good']}/erase"),
        Page("recipient-unknown", f"/r/{'x' * 43}", status=404),
    ]


def _entrance(house: House) -> list[Page]:
    at = house.places
    return [
        Page("sign-in", "/desk/sign-in"),
        Page("sign-in-wrong", "/desk/sign-in", act=_sign_in_wrongly),
        Page("join", f"/desk/join/{at['invitation']}"),
        Page("join-signed-in", f"/desk/join/{at['invitation']}", who="newcomer"),
        Page("reset", f"/desk/reset/{at['reset']}"),
        Page("reset-used", "/desk/reset/nothing", status=404),
    ]


def _desk(house: House) -> list[Page]:
    at = house.places
    river = f"/desk/g/{at['slug']}"
    batch, given, badges = f"{river}/batches", f"{river}/given", f"{river}/badges"
    owner = (
        ("desk", "/desk/"),
        ("group-first", "/desk/g/hillside/"),
        ("group", f"{river}/"),
        ("settings", f"{river}/settings"),
        ("members", f"{river}/members"),
        ("tokens", f"{river}/tokens"),
        ("badges", badges),
        ("badge-new", f"{badges}/new"),
        ("badge-form", f"{badges}/{at['badge']}"),
        ("badge-draft", f"{badges}/{at['draft']}"),
        ("give-choose", f"{river}/give"),
        ("give", f"{river}/give/{at['badge']}"),
        ("batch-waiting", f"{batch}/{at['waiting batch']}"),
        ("batch-issued", f"{batch}/{at['unlinked batch']}"),
        ("awards", given),
        ("awards-none", f"{given}?q=nobody"),
        ("awards-10000", "/desk/g/archive/given"),
        ("award", f"{given}/{at['good']}"),
        ("award-waiting", f"{given}/{at['waiting award']}"),
        ("award-withdrawn", f"{given}/{at['withdrawn']}"),
        ("award-erased", f"{given}/{at['erased']}"),
        ("numbers", f"{river}/numbers"),
        ("account", "/desk/account"),
        ("new-group", "/desk/new"),
        ("long-group", f"/desk/g/{at['long slug']}/"),
        ("long-awards", f"/desk/g/{at['long slug']}/given"),
    )
    who = {"group-first": "newcomer"}
    new = [("awards-empty", "/desk/g/hillside/given"), ("badges-empty", "/desk/g/hillside/badges"),
           ("give-empty", "/desk/g/hillside/give"), ("numbers-empty", "/desk/g/hillside/numbers"),
           ("tokens-empty", "/desk/g/hillside/tokens")]  # fmt: skip
    return [
        *(Page(f"desk-{name}", address, who.get(name, "owner")) for name, address in owner),
        *(Page(f"desk-{name}", address, "newcomer") for name, address in new),
        Page("desk-viewer", f"{river}/", "viewer"),
        Page("desk-founder", "/desk/g/lakeside/", "founder"),
        Page("desk-nobody", "/desk/", "operator"),
        Page("desk-give-preview", f"{river}/give/{at['badge']}", "owner", act=_preview),
        Page("desk-badge-errors", f"{badges}/new", "owner", act=_save_nothing),
        Page(
            "desk-links",
            f"{river}/",
            "owner",
            act=lambda tab: _show_links(tab, f"{batch}/{house.batch()}"),
            printed=True,
        ),
        Page("desk-withdraw", given, "owner", act=_withdraw),
        Page("desk-invited", f"{river}/members", "owner", act=lambda tab: _press(tab, "form.reading button")),
        Page("desk-site", "/desk/site", "operator"),
        Page("desk-users", "/desk/site/users", "operator"),
        Page("desk-known", "/desk/site/known", "operator"),
    ]


def _errors() -> list[Page]:
    return [
        Page("error-404", "/nowhere", status=404),
        Page("error-404-desk", "/desk/g/elsewhere/", "owner", status=404),
        Page("error-403", "/desk/sign-in", act=_forge),
        Page("error-413", "/desk/sign-in", act=_send_too_much),
        Page("error-429", "/desk/sign-in", act=_sign_in_often),
        Page("error-500", "/broken", status=500),
    ]


def _press(tab: Tab, selector: str) -> None:
    with tab.expect_navigation():
        tab.locator(selector).first.click()


def _unfold(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _ask(tab: Tab, name: str) -> None:
    tab.locator("#ask-recipient").fill(name)
    _press(tab, "#person form button")


def _paste(text: str) -> Callable[[Tab], None]:
    def act(tab: Tab) -> None:
        tab.locator("#text").fill(text)
        _press(tab, "form#check button.large")

    return act


def _sign_in_wrongly(tab: Tab) -> None:
    tab.locator("input[name=login]").fill("owner")
    tab.locator("input[name=password]").fill("not this one")
    _press(tab, "main form button")


def _sign_in_often(tab: Tab) -> None:
    for _ in range(6):
        tab.goto("/desk/sign-in") if tab.locator("input[name=login]").count() == 0 else None
        _sign_in_wrongly(tab)


def _forge(tab: Tab) -> None:
    tab.evaluate("document.querySelector('main form [name=csrf]').value = 'wrong'")
    _sign_in_wrongly(tab)


def _send_too_much(tab: Tab) -> None:
    tab.evaluate("document.querySelector('main form [name=csrf]').value = 'x'.repeat(2500000)")
    _sign_in_wrongly(tab)


def _preview(tab: Tab) -> None:
    tab.locator("[name=recipients]").fill(_ROWS)
    _press(tab, "button[value=preview]")


def _save_nothing(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('[required]').forEach((one) => { one.required = false; })")
    tab.locator("[name=valid_days]").fill("soon")
    _press(tab, "#badge-form button[value=save]")


def _show_links(tab: Tab, address: str) -> None:
    tab.goto(address)
    _press(tab, "button[value=show]")


def _withdraw(tab: Tab) -> None:
    for box in tab.locator("[name=award]").all()[:2]:
        box.check()
    _press(tab, "[data-count]")
