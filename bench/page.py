"""The page with the figures, and the plot in it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ours import FLIPPED, REBUILT, SODIUM

Rows = Mapping[str, Mapping[str, float]]
Rounds = Mapping[str, Mapping[str, Sequence[float]]]

HEAD = """\
# Performance

Written by `make bench` ({day}, {machine}); do not edit. Everything below is of one run: the same credential of
{badge_bytes} bytes with its proof, the same keys, one processor, contexts in memory, no network. In each of {rounds}
rounds everybody takes a turn for each work, the median of {repeats} repeats of about {seconds} s, in processor time (on
one idle processor the same as time by the clock). A time is the median of its rounds, and a ratio is the median of the
ratios within the rounds, because the speed of the machine itself drifts. Ratios carry over to other machines;
milliseconds do not. Each implementation was seen to refuse a changed copy before it was timed, where it looks at one at
all.

Versions: {versions}.
{absent}
The *floor* is what nobody gets under: one raw signature operation of the `cryptography` package over the same bytes,
and reading (writing) the JSON once; each round has it before and after this library's turn. *Share of the floor* is the
floor's time divided by the row's: 1 would be perfect. This library verifies Ed25519 with libsodium, which takes about
half of the time, and signs with `cryptography`; what its figures are of a floor of libsodium alone is printed beside.
"""

MANY = """\
{badges:,} badges for each job, workers already started, by the clock, until the last worker has ended; all that was
checked in {rounds} rounds, in which all took turns, one job before and after several, by the time that it took. One job
works in the calling process and sends nothing anywhere; with more jobs the calling process works too, hands out badges
to the others and takes back their reports. The control is the same checks in as many processes that neither send nor
wait: as much as these processors give to anybody.
"""


def write(found: Mapping[str, Any], path: Path) -> None:
    """Write the page, and its plot beside it."""
    plot = path.with_name("performance-growth.svg")
    plot.write_text(_svg([(row[0], row[2]) for row in found["growth"]]), "utf-8")
    parts = [
        HEAD.format(
            versions=", ".join(f"{name} {version}" for name, version in found["versions"].items()),
            absent=f"\nNot installed here, and left out: {', '.join(found['absent'])}.\n" if found["absent"] else "",
            **found["pace"],
            **{name: found[name] for name in ("day", "machine", "badge_bytes")},
        ),
        _targets(found),
        _times(found["rows"]),
        _profile(found["profile"]),
        _growth(found["growth"], plot.name),
        _status(found["status"]),
        _start(found["start"]),
        _many(found["many"], found["memory"]),
    ]
    path.write_text("\n".join(parts), "utf-8")


def _targets(found: Mapping[str, Any]) -> str:
    rounds: Rounds = found["rounds"]
    ours, floor = rounds["openbadges-kit"], rounds["floor"]
    lines: list[Sequence[str]] = []

    def against(what: str, target: str, peer: str, row: str, their_row: str, least: float, stretch: float = 0) -> None:
        their = rounds.get(peer, {}).get(their_row)
        if their is not None:
            ratio = _ratio(their, ours[row])
            lines.append((what, f"{target} x {peer}", f"**{ratio:.1f} x**", _said(ratio, least, stretch)))

    def of_floor(what: str, row: str, base: str, least: float, stretch: float = 0) -> None:
        share = _ratio(floor[base], ours[row])
        target = f"{least:g} of the floor" + (f", stretch {stretch:g}" if stretch else "")
        if not least:
            target = "(printed) of the floor, libsodium"
        lines.append((what, target, f"**{share:.2f}**", _said(share, least, stretch)))

    name, node, lib, core = "eddsa-rdfc-2022", "@digitalbazaar/vc", "openbadgeslib", "openvc-core"
    against(f"{name}, proof only", "12, stretch 20", node, f"{name} proof only", f"{name} check", 12, 20)
    of_floor(f"{name}, proof only", f"{name} proof only", "floor verify EdDSA", 0.35, 0.5)
    of_floor(f"{name}, proof only", f"{name} proof only", f"floor verify {SODIUM}", 0)
    against(f"{name}, every check", "8, stretch 12", node, f"{name} check", f"{name} check", 8, 12)
    against(f"{name}, every check", "40", lib, f"{name} check", f"{name} check", 40)
    of_floor(f"{name}, every check", f"{name} check", "floor verify EdDSA", 0.25, 0.35)
    of_floor(f"{name}, every check", f"{name} check", f"floor verify {SODIUM}", 0)
    against(f"{name}, issue with self-check", "10, stretch 20", node, f"{name} issue", f"{name} issue", 10, 20)
    of_floor(f"{name}, issue with self-check", f"{name} issue", "floor sign EdDSA", 0.10)
    of_floor(f"{name}, issue with self-check", f"{name} issue", f"floor sign {SODIUM}", 0)
    against(f"{name}, sign without any check", "(printed)", node, f"{name} sign only", f"{name} issue", 0)
    against("eddsa-jcs-2022, proof only", "1", node, "eddsa-jcs-2022 proof only", "eddsa-jcs-2022 check", 1)
    against("eddsa-jcs-2022, every check", "(printed)", node, "eddsa-jcs-2022 check", "eddsa-jcs-2022 check", 0)
    for kind in ("EdDSA", "ES256", "RS256"):
        for peer in (lib, core):
            row = f"vc-jwt {kind} check"
            against(f"VC-JWT {kind}, every check", "1", peer, row, row, 1)
    lines += _together(found["many"])
    first, last = found["memory"][0][1], found["memory"][-1][1]
    span = f"{found['memory'][0][0]:,} -> {found['memory'][-1][0]:,}"
    lines.append(
        (f"`verify_many`, memory, {span} badges", "flat", f"**{last / first:.2f} x**", _said(1.1 * first / last, 1))
    )
    starts = found["start"]
    for kind in (name, "VC-JWT EdDSA"):
        mine, their = starts[f"openbadges-kit, {kind}"], starts.get(f"openbadgeslib, {kind}")
        if their is not None:
            for index, what in ((1, "import to first verification"), (2, "peak memory")):
                ratio = _ratio([one[index] for one in mine], [one[index] for one in their])
                lines.append((f"{what}, {kind}", f"not over 1 x {lib}", f"**{ratio:.2f} x**", _said(1 / ratio, 1)))
    lines += _status_targets(found["status"])
    return "## Ratios\n\n" + _table(("work", "target", "found", ""), lines) + _misses(lines, found["profile"])


def _ratio(theirs: Sequence[float], ours: Sequence[float]) -> float:
    """Their figure divided by ours, round by round."""
    return statistics.median(their / our for their, our in zip(theirs, ours, strict=True))


def _status_targets(status: Rows) -> Iterable[Sequence[str]]:
    for work in (FLIPPED, REBUILT):
        for name, one in status.items():
            ratio = one[work] / one["gzip alone"]
            what = f"status list of 1,000,000 entries, set {name}: {work}"
            yield what, "under 3 x gzip", f"**{ratio:.1f} x**", _said(3 / ratio, 1)


def _misses(lines: Sequence[Sequence[str]], profile: Mapping[str, float]) -> str:
    """What falls short, in words, and what the profile says of the reason."""
    short = [f"{what} ({target})" for what, target, _, said in lines if said == "falls short"]
    if not short:
        return "\nNothing falls short.\n"
    whole = profile["all"]
    steps = sorted(((value, label) for label, value in profile.items() if label != "all"), reverse=True)[:3]
    largest = ", ".join(f"{label} {100 * value / whole:.0f} %" for value, label in steps)
    return (
        f"\nFalls short: {'; '.join(short)}. Of a full check the largest parts are {largest}; "
        "the whole is under *Where the time of a full check goes*.\n"
    )


def _said(value: float, least: float, stretch: float = 0) -> str:
    if not least:
        return ""
    if value < least:
        return "falls short"
    return "stretch met" if stretch and value >= stretch else "met"


def _times(rows: Rows) -> str:
    works = sorted({work for times in rows.values() for work in times})
    lines = [
        (work, name, f"{times[work]:.3f}", f"{1000 / times[work]:,.0f}")
        for work in works
        for name, times in rows.items()
        if work in times
    ]
    notes = """
*check* is a full verification, each by its own understanding of full; *issue* is signing with whatever the
implementation checks; PyJWT and jose look at no badge. openvc-core's tokens are of the older form with a `vc` claim.
"""
    return "## Times\n\n" + _table(("work", "who", "ms", "a second"), lines) + notes


def _profile(shares: Mapping[str, float]) -> str:
    whole = shares["all"]
    lines = [
        (label, f"{value:.3f}", f"{100 * value / whole:.0f} %")
        for label, value in sorted(shares.items(), key=lambda item: -item[1])
        if label != "all"
    ]
    return "## Where the time of a full check goes\n\n" + _table(("step", "ms", "share"), lines)


def _growth(points: Iterable[tuple[int, int, float]], plot: str) -> str:
    lines = [(f"{size:,}", f"{quads:,}", f"{ms:.2f}", f"{1000 * ms / quads:.1f}") for size, quads, ms in points]
    table = _table(("bytes", "quads", "ms", "µs a quad"), lines)
    return f"## Growth with the size of the badge\n\n![Time of a full check by size]({plot})\n\n{table}"


def _status(status: Rows) -> str:
    names = tuple(status)
    lines = [
        (work, *(f"{status[name][work]:,.0f}" if "bytes" in work else f"{status[name][work]:.2f} ms" for name in names))
        for work in status[names[0]]
    ]
    notes = """
Indexes are allotted at random, so the first column is what a list looks like. The second is as easy for gzip as a list
can be: what is left there is the work beside it, the signature with its self-check, and going through the 10,000 rows
where the list is made of them.
"""
    return "## A status list of 1,000,000 entries, 1 % of them set\n\n" + _table(("work", *names), lines) + notes


def _start(starts: Mapping[str, Sequence[Sequence[float]]]) -> str:
    lines = [
        (name, *(f"{statistics.median(values):.0f}" for values in zip(*runs, strict=True)))
        for name, runs in starts.items()
    ]
    return "## Start-up, in a fresh interpreter\n\n" + _table(
        ("who", "ms to import", "ms to first verification", "peak MB after 50"), lines
    )


def _together(many: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """The rows of ``verify_many`` and its control."""
    jobs = many["jobs"]
    if jobs == 1:
        return []
    found, apart = [many[f"{name} {jobs}"] / many[f"{name} 1"] for name in ("rate", "apart")]
    return [
        (f"`verify_many` on {jobs} processors", "1.8 x one", f"**{found:.2f} x**", _said(found, 1.8)),
        (f"control: the same checks in {jobs} processes", "(printed)", f"**{apart:.2f} x**", ""),
    ]


def _many(found: Mapping[str, Any], memory: Sequence[tuple[int, float]]) -> str:
    jobs = sorted({1, found["jobs"]})
    lines = [(str(count), *(f"{found[f'{name} {count}']:,.0f}" for name in ("rate", "apart"))) for count in jobs]
    peaks = [(f"{count:,}", f"{peak:.0f}") for count, peak in memory]
    head = MANY.format(badges=found["badges"], rounds=found["rounds"])
    under = f"Peak of the largest process, {found['jobs']} jobs, in a fresh interpreter:"
    rates = _table(("jobs", "badges a second", "control: checks a second"), lines)
    memory_rows = _table(("badges", "MB"), peaks)
    return f"## `verify_many`\n\n{head}\n{rates}\n{_share_of_control(found)}{under}\n\n{memory_rows}"


def _share_of_control(found: Mapping[str, Any]) -> str:
    jobs = found["jobs"]
    if jobs == 1:
        return ""
    share = found[f"rate {jobs}"] / found[f"apart {jobs}"]
    return f"With {jobs} jobs `verify_many` reaches {100 * share:.0f} % of its control.\n\n"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def _svg(points: Sequence[tuple[float, float]]) -> str:
    """Milliseconds over kilobytes, with the straight line through the largest point."""
    width, height, left, bottom = 640, 360, 60, 40
    most_x, most_y = max(x for x, _ in points), max(y for _, y in points) * 1.1

    def place(x: float, y: float) -> str:
        return (
            f"{left + x / most_x * (width - left - 20):.1f},{height - bottom - y / most_y * (height - bottom - 20):.1f}"
        )

    line = " ".join(place(x, y) for x, y in points)
    dots = "".join('<circle cx="{}" cy="{}" r="4"/>'.format(*place(x, y).split(",")) for x, y in points)
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13">'
        "<title>Time of a full check over the size of the badge</title>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<polyline points="{place(0, 0)} {place(x, y)}" fill="none" stroke="#bbb" stroke-dasharray="5 5"/>'
        f'<polyline points="{line}" fill="none" stroke="#0b5fa5" stroke-width="2"/><g fill="#0b5fa5">{dots}</g>'
        f'<path d="M{left} 20V{height - bottom}H{width - 20}" fill="none" stroke="#333"/>'
        f'<text x="{width - 20}" y="{height - 12}" text-anchor="end">{most_x / 1000:.0f} kB</text>'
        f'<text x="{left}" y="{height - 12}">0</text><text x="8" y="28">{most_y:.0f} ms</text></svg>\n'
    )
