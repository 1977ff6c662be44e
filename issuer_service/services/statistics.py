"""Numbers for the affiliate and its funders, and the list of awards as a table that no spreadsheet runs (S-CSV-1)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from issuer_service.services.achievements import version_of
from issuer_service.services.affiliates import is_key_row
from issuer_service.services.ports import UnitOfWork
from issuer_service.services.records import AffiliateState, Award, AwardState
from issuer_service.services.tools import Tools

__all__ = ["AchievementCount", "MonthCount", "SiteNumbers", "Statistics", "Summary", "safe_cell"]

_PAGE = 1_000
_LIVE = (AwardState.ISSUED, AwardState.SUSPENDED, AwardState.REVOKED, AwardState.ERASED)
_COLUMNS = (
    "badge",
    "achievement",
    "version",
    "recipient_kind",
    "recipient",
    "level",
    "state",
    "reason",
    "awarded",
    "issued",
    "valid_until",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementCount:
    """How many awards of one achievement are in each state."""

    achievement_id: str
    name: str
    counts: Mapping[AwardState, int]

    @property
    def issued(self) -> int:
        """Badges that stand today."""
        return self.counts.get(AwardState.ISSUED, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """What happened in one month, ``YYYY-MM`` in UTC."""

    month: str
    issued: int = 0
    revoked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The numbers of one affiliate. Erased badges count, without anybody's name."""

    total: int
    by_state: Mapping[AwardState, int] = field(default_factory=dict)
    by_achievement: Sequence[AchievementCount] = ()
    by_month: Sequence[MonthCount] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNumbers:
    """How much the whole site keeps: numbers by state, nobody's name.

    Attributes:
        due: Awards that wait to be signed although the time to undo is over; it stays near 0 while all is well.
    """

    affiliates: Mapping[str, int]
    awards: Mapping[str, int]
    due: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Use cases about numbers and lists."""

    tools: Tools

    def summary(self, affiliate_id: str) -> Summary:
        """Counts by state, by achievement and by month."""
        with self.tools.store.read() as work:
            counts = work.count_awards(affiliate_id)
            names = {one.id: version_of(work, one.id, one.version).name for one in work.list_achievements(affiliate_id)}
            months = _months(work, affiliate_id)
        by_state: Counter[AwardState] = Counter()
        by_achievement: dict[str, dict[AwardState, int]] = {}
        for (achievement_id, state), number in counts.items():
            by_state[state] += number
            by_achievement.setdefault(achievement_id, {})[state] = number
        return Summary(
            total=sum(by_state[state] for state in _LIVE),
            by_state=dict(by_state),
            by_achievement=[
                AchievementCount(achievement_id=one, name=names[one], counts=by_achievement.get(one, {}))
                for one in sorted(names, key=lambda one: names[one].casefold())
            ],
            by_month=months,
        )

    def site(self) -> SiteNumbers:
        """For those who run the site."""
        with self.tools.store.read() as work:
            affiliates = [one for one in work.list_affiliates() if not is_key_row(one)]
            awards, due = work.count_all_awards(), work.count_due(self.tools.now())
        return SiteNumbers(
            affiliates={state.value: sum(one.state is state for one in affiliates) for state in AffiliateState},
            awards={state.value: awards.get(state, 0) for state in AwardState},
            due=due,
        )

    def export_csv(self, affiliate_id: str) -> str:
        """Every award of the affiliate but the undone, with byte order mark, so that spreadsheets see UTF-8."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(_COLUMNS)
        with self.tools.store.read() as work:
            names: dict[tuple[str, int], str] = {}
            for award in _every(work, affiliate_id, [state for state in AwardState if state is not AwardState.UNDONE]):
                key = (award.achievement_id, award.version)
                if key not in names:
                    names[key] = version_of(work, *key).name
                writer.writerow([safe_cell(cell) for cell in self._cells(award, names[key])])
        return "\ufeff" + out.getvalue()

    def _cells(self, award: Award, name: str) -> Sequence[str]:
        return (
            self.tools.site.award_url(award.id),
            name,
            str(award.version),
            award.recipient_kind.value,
            award.recipient_value or "",
            award.level or "",
            award.state.value,
            award.reason or "",
            _day(award.awarded_at),
            _day(award.issued_at),
            _day(award.valid_until),
        )


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run: an apostrophe before what could be a formula (S-CSV-1)."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _day(instant: datetime | None) -> str:
    return "" if instant is None else instant.date().isoformat()


def _every(work: UnitOfWork, affiliate_id: str, states: Sequence[AwardState]) -> Iterator[Award]:
    offset = 0
    while True:
        page = work.find_awards(affiliate_id, states=states, offset=offset, limit=_PAGE)
        yield from page.items
        offset += _PAGE
        if offset >= page.total:
            return


def _months(work: UnitOfWork, affiliate_id: str) -> Sequence[MonthCount]:
    issued: Counter[str] = Counter()
    revoked: Counter[str] = Counter()
    for award in _every(work, affiliate_id, _LIVE):
        if award.issued_at is not None:
            issued[f"{award.issued_at:%Y-%m}"] += 1
        if award.state is AwardState.REVOKED and award.changed_at is not None:
            revoked[f"{award.changed_at:%Y-%m}"] += 1
    return [
        MonthCount(month=month, issued=issued[month], revoked=revoked[month]) for month in sorted({*issued, *revoked})
    ]
