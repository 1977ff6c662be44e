"""The box, the preview, the time to undo, the links, and everything that can be done later."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest

from issuer_service.services.drafts import read_draft
from issuer_service.services.records import AffiliateState

PASTE = "Ada\nBerta\n~2024-123-45\nada\nCarla"


def _group(desk: Any, rest: str = "") -> str:
    return f"/desk/g/{desk.group.slug}/{rest}"


def _kept(page: Any) -> dict[str, str]:
    """What the preview sends along."""
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page.text)[1])  # type: ignore[index]
        for name in ("rows", "once")
    }


def _all(desk: Any) -> dict[str, str]:
    found = desk.services.awarding.find(desk.group.id, limit=100).items
    return {award.recipient_value: award.state for award in found}


def test_a_paste_becomes_rows_with_ticks_and_reasons_and_is_given(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    assert "Who gets it?" in browser.get(path).text
    page = browser.post(path, {"recipients": PASTE, "do": "preview"})
    assert "Give 3 badges" in page.text or "Give 4 badges" in page.text
    assert "temporary account" in page.text
    assert _all(desk) == {}
    given = browser.post(path, {**_kept(page), "do": "give", "narrative": "Came", "evidence": "https://e.example/1"})
    assert given.status_code == 303
    awards = desk.services.awarding.find(desk.group.id).items
    assert {"Ada", "Berta", "Carla"} <= set(_all(desk))
    assert all(award.state == "waiting" and award.narrative == "Came" for award in awards)
    assert awards[0].evidence[0]["url"] == "https://e.example/1"


def test_rows_are_mended_in_place_and_looked_at_once_more(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    first = browser.post(path, {"recipients": "Ada\n~2024-123-45\nBerta", "do": "preview"})
    second = browser.post(path, {**_kept(first), "do": "give", "row-1": "Dora", "row-2": ""})
    assert "look at them once more" in second.text
    assert "Give 2 badges" in second.text
    assert _all(desk) == {}
    browser.post(path, {**_kept(second), "do": "give", "row-0": "Ada", "row-1": "Dora"})
    assert set(_all(desk)) == {"Ada", "Dora"}


def test_who_stands_there_twice_is_told_by_the_number_beside_the_row(desk: Any) -> None:
    page = desk.browser("awarder").post(
        _group(desk, f"give/{desk.achievement()}"), {"recipients": "username\nBerta\nAda\nAda", "do": "preview"}
    )
    assert "<td>2</td>" in page.text
    assert "This is the same person as in line 2." in page.text


def test_one_can_go_back_to_the_box_and_lose_nothing(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    first = browser.post(path, {"recipients": "Ada\nBerta", "do": "preview"})
    assert "Ada\nBerta</textarea>" in browser.post(path, {**_kept(first), "do": "back"}).text
    assert "</textarea>" in browser.post(path, {"recipients": "  ", "do": "preview"}).text


def test_what_rows_say_besides_names_survives_a_mistake_and_the_way_back(desk: Any) -> None:
    path = _group(desk, "give/" + desk.achievement(levels="Bronze: one\nSilver: two"))
    paste = 'username,level,evidence,comment\n"Long, Ada",silver,https://e.example/1,"Came, and stayed"\nBo,Gold,,\n'
    browser = desk.browser("awarder")
    page = browser.post(path, {"recipients": paste, "do": "preview"})
    wrong = browser.post(path, {**_kept(page), "do": "give", "evidence": "no address"})
    assert wrong.status_code == 422
    assert "Evidence is a web address" in wrong.text
    assert _kept(wrong) == _kept(page)  # the rows are still there, with all that they say
    back = browser.post(path, {**_kept(wrong), "do": "back"})
    box = re.search(r'name="recipients"[^>]*>\s*(.*?)</textarea>', back.text, re.DOTALL)
    assert box
    again = browser.post(path, {"recipients": html.unescape(box[1]), "do": "preview"})
    assert html.unescape(_kept(again)["rows"]) == html.unescape(_kept(page)["rows"])
    browser.post(path, {**_kept(again), "do": "give"})
    (award,) = desk.services.awarding.find(desk.group.id).items
    assert (award.recipient_value, award.level, award.narrative) == ("Long, Ada", "Silver", "Came, and stayed")


def test_s_csv_1_a_table_keeps_remarks_and_too_many_rows_are_refused(desk: Any) -> None:
    achievement_id, browser = desk.achievement(levels="Bronze\nGold"), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    table = 'username,comment,evidence,level\nAda,"good, very",https://e.example/a,gold\nBerta,,,Lead'
    page = browser.post(path, {"recipients": table, "do": "preview"})
    assert "no level “Lead”" in page.text
    assert 'name="level-1"' in page.text
    mended = browser.post(path, {**_kept(page), "do": "check", "level-1": "Gold"})
    assert "Give 2 badges" in mended.text
    browser.post(path, {**_kept(page), "do": "give", "level": "Bronze"})
    (award,) = desk.services.awarding.find(desk.group.id).items
    assert (award.narrative, award.level) == ("good, very", "Gold")
    answer = browser.post(path, {"recipients": "\n".join(f"U{n}" for n in range(10_001)), "do": "preview"})
    assert answer.status_code == 422
    assert 'id="e-recipients"' in answer.text


def test_a_long_list_shows_the_rows_with_a_reason(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    paste = "\n".join([*(f"User {n}" for n in range(150)), "~2024-1-2"])
    page = browser.post(_group(desk, f"give/{achievement_id}"), {"recipients": paste, "do": "preview"})
    assert page.text.count('name="row-') == 1
    assert "150 more rows" in page.text


def test_s_idem_1_two_clicks_give_once(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    kept = _kept(browser.post(path, {"recipients": "Ada", "do": "preview"}))
    places = {browser.post(path, {**kept, "do": "give"}).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    other = browser.post(path, {**kept, "do": "give", "narrative": "another"})
    assert other.status_code == 422
    again = _kept(browser.post(path, {"recipients": "Ada", "do": "preview"}))
    assert "has the badge already" in browser.post(path, {**again, "do": "check"}).text
    assert browser.post(path, {**again, "do": "give"}).status_code == 422
    assert browser.post(path, {**again, "once": "other", "do": "give", "again": "1"}).status_code == 303


def test_rows_that_were_tampered_with_are_refused(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    path = _group(desk, f"give/{achievement_id}")
    for rows in ("{", "{}", "[1]", "[{}]", "[" * 100_000):
        assert browser.post(path, {"rows": rows, "do": "give"}).status_code == 400
    for rows in ('[{"recipient": 1}]', '[{"recipient": "Ada", "state": "issued"}]'):  # S-AZ-2
        assert browser.post(path, {"rows": rows, "do": "give"}).status_code == 422


@pytest.mark.parametrize(
    ("state", "why"),
    [(AffiliateState.PENDING, "Your group is not approved"), (AffiliateState.CLOSED, "This group is closed")],
)
def test_a_group_that_may_not_give_sees_why(desk: Any, state: AffiliateState, why: str) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("awarder")
    with desk.store.write() as work:
        work.save_affiliate(replace(desk.group, state=state))
    path = _group(desk, f"give/{achievement_id}")
    page = browser.post(path, {"recipients": "Ada", "do": "preview"})
    assert why in page.text
    assert 'value="give"' not in page.text
    assert browser.post(path, {**_kept(page), "do": "give"}).status_code == 422


def test_the_undo_window(desk: Any) -> None:
    given, browser = desk.give(desk.achievement(), "Ada\nBerta\nCarla", issue=False), desk.browser("awarder")
    path = _group(desk, f"batches/{given.batch.id}")
    page = browser.get(path).text
    assert "Undo all 3" in page
    assert "Issue now" in page
    assert "Undo all" not in desk.browser("viewer").get(path).text
    browser.post(_group(desk, f"given/{given.awards[0].id}/undo"))
    assert sorted(_all(desk).values()) == ["undone", "waiting", "waiting"]
    browser.post(f"{path}/undo")
    assert set(_all(desk).values()) == {"undone"}
    assert "Everything was taken back" in browser.get(path).text
    browser.post(f"{path}/undo")
    assert "All of these badges were taken back already." in browser.get(path).text


def test_what_is_due_is_signed_at_the_next_request(desk: Any) -> None:
    given, browser = desk.give(desk.achievement(), issue=False), desk.browser("awarder")
    desk.later(minutes=11)
    page = browser.get(_group(desk, f"batches/{given.batch.id}")).text
    assert _all(desk) == {"Ada": "issued"}
    assert "1 badge is issued" in page


def test_issue_now_and_links_that_are_shown_once(desk: Any) -> None:
    given = desk.give(desk.achievement(), "Ada\n=cmd()", issue=False)
    browser, path = desk.browser("awarder"), _group(desk, f"batches/{given.batch.id}")
    browser.post(f"{path}/issue")
    page = browser.post(f"{path}/links", {"do": "show"})
    links = set(re.findall(r"https://badges\.example\.org/r/[\w-]+", page.text))
    assert len(links) == len(given.awards)
    assert page.headers["Cache-Control"] == "no-store"
    for link in links:
        assert desk.services.receiving.by_secret(link.rpartition("/")[2])
        assert link not in browser.get(path).text
    assert browser.post(f"{path}/links").status_code == 303


def test_a_long_list_is_signed_piece_by_piece_on_a_page_that_looks_again(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without scripts by reloading, which can be told to stop (WCAG 2.2.1); with them in place (tests/browser)."""
    monkeypatch.setattr("issuer_service.services.awarding.AT_ONCE", 2)
    monkeypatch.setattr("issuer_service.web.due._MOST", 0)
    given = desk.give(desk.achievement(), "\n".join(f"Person {number}" for number in range(5)), issue=False)
    browser, path = desk.browser("awarder"), _group(desk, f"batches/{given.batch.id}")
    assert "data-progress" not in browser.get(path).text
    browser.post(f"{path}/issue")
    page = browser.get(path).text
    assert "2 of 5. You can leave this page; it goes on by itself." in page
    assert '<progress max="5" value="2"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert page.count("http-equiv") == 1
    still = browser.get(f"{path}?still=1").text
    assert "http-equiv" not in still
    assert "Look again" in still
    assert "3 badges are being signed." in browser.get(_group(desk, "")).text
    desk.services.affiliates.close(desk.group.id)
    assert "so these wait until an operator approves it" in browser.get(path).text
    desk.services.affiliates.approve(desk.group.id)
    while desk.services.awarding.issue_due():
        pass
    assert "data-progress" not in browser.get(path).text


def test_s_csv_1_tables_to_take_along_hold_no_formulas(desk: Any) -> None:
    given = desk.give(desk.achievement(name="=1+1"), "=cmd()\n+1234\n@x")
    browser, path = desk.browser("awarder"), _group(desk, f"batches/{given.batch.id}")
    links = browser.post(f"{path}/links", {"do": "csv"})
    assert links.headers["Content-Disposition"] == "attachment; filename=private-links.csv"
    everything = browser.get(_group(desk, "given.csv"))
    assert everything.mimetype == "text/csv"
    for table in (links, everything):
        cells = re.findall(r'"((?:[^"]|"")*)"', table.text.lstrip("\ufeff"))
        assert len(cells) > 2
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_list_is_searched_filtered_and_paged(desk: Any) -> None:
    achievement_id, browser = desk.achievement(), desk.browser("viewer")
    empty = browser.get(_group(desk, "given")).text
    assert "Nothing was given yet" in empty
    desk.give(achievement_id, "\n".join(f"Person {n:02}" for n in range(60)), issue=False)
    first = browser.get(_group(desk, "given")).text
    assert "Page 1 of 2" in first
    assert "60 badges" in first
    assert browser.get(_group(desk, "given?page=2")).text.count('scope="row"') == 10
    assert browser.get(_group(desk, "given?q=Person+07")).text.count('scope="row"') == 1
    assert "Nothing found" in browser.get(_group(desk, "given?state=issued")).text
    assert "60 badges" in browser.get(_group(desk, f"given?state=waiting&badge={achievement_id}")).text
    for odd in ("page=-3", "page=x", "page=9999999999999999999999", "state=%00", "badge=nothing", "q=%25_'"):
        assert browser.get(_group(desk, f"given?{odd}")).status_code == 200


def test_what_was_given_keeps_its_name_in_the_lists(desk: Any) -> None:
    achievement_id = desk.achievement()
    given, browser = desk.give(achievement_id), desk.browser("awarder")
    words = {"name": "Renamed", "description": "Hosts.", "criteria": "Host."}
    desk.services.achievements.update(desk.group.id, achievement_id, read_draft(words))
    cell = re.search(r'class="c-badge">([^<]*)<', browser.get(_group(desk, "given")).text)
    assert cell
    assert cell[1].strip() == "Edit-a-thon host"
    asked = browser.post(_group(desk, "withdraw"), {"award": given.awards[0].id}).text
    assert "Edit-a-thon host" in asked
    assert "Renamed" not in asked


def test_several_are_withdrawn_together_after_a_page_that_says_what_that_means(desk: Any) -> None:
    given = desk.give(desk.achievement(), "Ada\nBerta\nCarla")
    waiting = desk.give(desk.achievement(), "Dora", issue=False)
    browser, path = desk.browser("awarder"), _group(desk, "withdraw")
    ids = [award.id for award in given.awards[:2]]
    page = browser.post(path, {"award": [*ids, waiting.awards[0].id]})
    assert "Withdraw 2 badges?" in page.text
    assert "cannot be undone" in page.text
    assert "1 of those you chose" in page.text
    assert browser.post(path, {"award": ids, "do": "withdraw", "reason": "spite"}).status_code == 422
    assert browser.post(path, {"award": ids, "do": "withdraw", "reason": "issued_in_error"}).status_code == 303
    assert [desk.award(one.id).state for one in given.awards] == ["revoked", "revoked", "issued"]
    assert "2 badges are withdrawn" in browser.get(_group(desk, "given")).text
    browser.post(path, {"award": ids})
    assert "All that you chose are withdrawn already. Nothing was changed." in browser.get(_group(desk, "given")).text
    browser.post(path, {"award": [waiting.awards[0].id, ids[0]]})
    assert "Nothing was chosen" in browser.get(_group(desk, "given")).text
    dora = waiting.awards[0].id
    desk.services.awarding.issue_now(desk.group.id, waiting.batch.id)
    browser.post(path, {"award": [dora, ids[0]], "do": "withdraw", "reason": "issued_in_error"})
    page = browser.get(_group(desk, "given")).text  # somebody else was faster with one of them
    assert "1 badge is withdrawn." in page
    assert "1 of those you chose is not in force and is left out." in page


def test_one_badge_is_suspended_reinstated_and_withdrawn(desk: Any) -> None:
    award = desk.give(desk.achievement(suspendable=True)).awards[0]
    browser, path = desk.browser("awarder"), _group(desk, f"given/{award.id}")
    assert "Suspend for a time" in browser.get(path).text
    browser.post(f"{path}/suspend", {"reason": "spite"})
    assert desk.award(award.id).state == "issued"
    browser.post(f"{path}/suspend")
    assert "End the suspension" in browser.get(path).text
    browser.post(f"{path}/reinstate")
    assert desk.award(award.id).state == "issued"
    done = browser.post(_group(desk, "withdraw"), {"award": award.id, "do": "withdraw", "reason": "holder_request"})
    assert done.headers["Location"] == path
    page = browser.get(path).text
    assert "withdrawn at the holder" in page
    assert f'href="{_group(desk, f"give/{award.achievement_id}")}">Give again' in page
    assert "Give again" not in desk.browser("viewer").get(path).text
    browser.post(f"{path}/reinstate")
    assert "This badge is withdrawn already, since" in browser.get(path).text


def test_a_badge_is_renewed_replaced_and_gets_a_new_link(desk: Any) -> None:
    award = desk.give(
        desk.achievement(levels="Bronze\nGold"), evidence=({"url": "https://e.example/1", "name": "Page"},)
    ).awards[0]
    browser, path = desk.browser("awarder"), _group(desk, f"given/{award.id}")
    for days in ("soon", "99999", "١٢"):
        assert browser.post(f"{path}/renew", {"valid_days": days}).headers["Location"] == path
        assert desk.award(award.id).state == "issued"
    renewed = browser.post(f"{path}/renew", {"valid_days": "30"}).headers["Location"]
    assert renewed != path
    page = browser.get(path).text
    assert "took its place" in page
    assert "Give again" not in page
    fields = {
        "recipient": "Ada L",
        "narrative": "Hosted",
        "evidence": "https://e.example/1\nhttps://e.example/2",
        "level": "Gold",
    }
    replaced = browser.post(f"{renewed}/replace", fields).headers["Location"]
    after = desk.award(replaced.rpartition("/")[2])
    assert (after.recipient_value, after.narrative, after.level, after.state) == ("Ada L", "Hosted", "Gold", "issued")
    assert [one.get("name") for one in after.evidence] == ["Page", None]
    page = browser.post(f"{replaced}/link")
    link = re.search(r"https://badges\.example\.org/r/[\w-]+", page.text)
    assert link
    assert link[0] not in browser.get(replaced).text
    waiting = desk.give(desk.achievement(), "Dora", issue=False).awards[0]
    assert browser.post(_group(desk, f"given/{waiting.id}/link")).status_code == 303


def test_erasing_needs_a_tick_and_forgets_the_person(desk: Any) -> None:
    award = desk.give(desk.achievement(), "Canary Person").awards[0]
    browser, path = desk.browser("owner"), _group(desk, f"given/{award.id}")
    browser.post(f"{path}/erase")
    assert "tick the box" in browser.get(path).text
    assert browser.post(f"{path}/erase", {"sure": "1"}).status_code == 303
    assert "Canary" not in browser.get(_group(desk, "given")).text
    assert "Erased" in browser.get(path).text


def test_numbers_as_tables_with_bars(desk: Any) -> None:
    browser = desk.browser("viewer")
    assert "Nothing to count yet" in browser.get(_group(desk, "numbers")).text
    desk.give(desk.achievement(), "Ada\nBerta")
    page = browser.get(_group(desk, "numbers")).text
    assert "2 badges were issued" in page
    assert '<rect width="100.0"' in page
    assert page.index("<table") < page.index("<rect")


def test_a_telephone_number_is_refused_with_its_reason_and_the_others_stay(desk: Any) -> None:
    browser, path = desk.browser("awarder"), f"/desk/g/{desk.group.slug}/give/{desk.achievement()}"
    page = browser.post(path, {"recipients": "Ada\ntel:+49-170-1234567\nBen", "do": "preview"}).text
    assert "2 will get it" in page
    assert page.count("A telephone number cannot get a badge") == 1
