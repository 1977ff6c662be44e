"""Every case of the adversarial corpus, judged as its requirement says: no forgery passes, no honest badge is refused.

One test a case would make thousands of lines of output for nothing: the whole corpus is judged once, and each test asks
one question of all verdicts. A failure names the cases.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from openbadges import AnyIssuer, Outcome, Recipient, TrustedIssuers, VerificationReport, Verifier, schema
from openbadges.canon import rdf
from openbadges.canon.active_context import NotCovered
from openbadges.cli import main
from openbadges.cli.exits import status_of_report
from openbadges.errors import LimitError, UnreachableError
from openbadges.limits import DEFAULT_LIMITS
from openbadges.net.targets import read_target
from openbadges.ports import Fetched
from openbadges.proofs.suites import configuration
from openbadges.verification import credential

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
SLOWEST = 2.0  # seconds of processor time a case
MOST_MEMORY = 200 * 1024  # KiB that a case may add
LONGEST_RUN = 60.0  # seconds of processor time for all of them
LEAST_ATTACKS, LEAST_HONEST = 400, 60
COMMAND_SAMPLE = 20
COMMAND = "import sys; from openbadges.cli import main; sys.exit(main(sys.argv[1:]))"

MANIFEST = json.loads((CORPUS / "manifest.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = MANIFEST["cases"]

# What a test of each requirement may be called; a requirement without a case is a hole in the corpus.
REQUIREMENTS = (
    *(f"V-JWT-{number}" for number in range(1, 7)), *(f"V-KEY-{number}" for number in range(1, 7)),
    *(f"V-LD-{number}" for number in range(1, 8)), *(f"V-PAR-{number}" for number in range(1, 5)),
    *(f"V-ST-{number}" for number in range(1, 5)), *(f"V-NET-{number}" for number in range(1, 5)),
    *(f"V-IMG-{number}" for number in range(1, 4)), "V-REC-1", "V-END-1",
)  # fmt: skip
FAMILIES = (
    "jose-alg-", "jose-hs", "jose-crit-", "jose-typ-", "claim-idtoken", "jose-b64-", "jose-huge-", "jose-ecdsa-",
    "jose-ed-", "jose-rsa-", "jose-jwk-oct", "weak-key", "claims-", "key-binding", "proof-vm-",
    "proof-issuer-not-signer-", "bind-jwk-", "bind-jku", "proof-purpose-", "did-web", "jsonld-context",
    "ld-context-", "jsonld-unsigned", "jsonld-poison", "proof-label-swap-", "proof-value-", "proof-prev-",
    "proof-10k", "json-", "date-", "date-redos", "render-", "status-list", "list-bomb", "list-neighbour", "ssrf",
    "fetch-", "ob2", "png-", "svg-", "recipient-", "endorsement-", "clr-", "honest-",
)  # fmt: skip


class Files:
    """Answers with the documents of a case; any other address meets the guard of the real fetcher."""

    def __init__(self, documents: Mapping[str, Any]) -> None:
        self._documents = documents
        self.asked: list[str] = []
        self.allowed: list[str] = []

    def holds(self, url: str) -> bool:
        return url in self._documents

    def get(self, url: str, *, accept: str, max_bytes: int, redirects: int | None = None) -> Fetched:
        self.asked.append(url)
        if url not in self._documents:
            read_target(url, max_chars=DEFAULT_LIMITS.url_chars)
            self.allowed.append(url)
            raise UnreachableError("network.offline", url=url)
        body = document_of(self._documents[url])
        if len(body) > max_bytes:
            raise LimitError("network.body_too_large", url=url, limit=max_bytes)
        return Fetched(url=url, body=body)


@dataclass
class Verdict:
    """What came of one case."""

    case: dict[str, Any]
    exit: int = -1
    report: VerificationReport | None = None
    error: BaseException | None = None
    seconds: float = 0.0
    memory: int = 0
    asked: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.case["name"])


def _recipes() -> ModuleType:
    found = sys.modules.get("adversarial_recipes")
    if found is None:
        spec = spec_from_file_location("adversarial_recipes", HERE / "recipes.py")
        assert spec is not None
        assert spec.loader is not None
        found = sys.modules[spec.name] = module_from_spec(spec)
        spec.loader.exec_module(found)
    return found


def read_input(case: Mapping[str, Any]) -> bytes:
    """The bytes of a case."""
    if "pack" in case:
        return _pack(case["pack"])[case["name"]].encode("utf-8")
    return (CORPUS / case["file"]).read_bytes() if "file" in case else bytes(_recipes().make(case["recipe"]))


def document_of(kept: Any) -> bytes:
    """The bytes of a document that a case hands over."""
    return _pack("documents")[kept].encode("utf-8") if isinstance(kept, str) else bytes(_recipes().make(kept["recipe"]))


@cache
def _pack(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((CORPUS / f"{name}.json").read_text("ascii"))
    return found


def exit_of(report: VerificationReport) -> int:
    """The exit status, as the command gives it."""
    return int(status_of_report(report))


def judge(case: dict[str, Any]) -> Verdict:
    """Run one case; whatever it raises is kept."""
    wanted = case.get("policy", {})
    issuers = case.get("issuers")
    policy = AnyIssuer(**wanted) if issuers is None else TrustedIssuers(issuers, **wanted)
    recipient = Recipient.parse(case["recipient"]) if "recipient" in case else None
    data = read_input(case)
    files = Files(case.get("documents", {}))
    verifier = Verifier(fetcher=files, profile=case.get("profile", "badge"))
    verdict = Verdict(case, asked=files.asked, allowed=files.allowed)
    memory = _new_peak()
    started = time.process_time()
    try:
        instant = datetime.fromisoformat(case.get("at", MANIFEST["at"]))
        verdict.report = verifier.check(data, policy=policy, recipient=recipient, at=instant)
        verdict.exit = exit_of(verdict.report)
    except BaseException as error:
        verdict.error = error
    verdict.seconds = time.process_time() - started
    verdict.memory = _peak() - memory
    return verdict


def _new_peak() -> int:
    """Begin to measure the peak again, so that what other tests took hides nothing; KiB in use now."""
    with suppress(OSError):  # Linux only; elsewhere a case is seen when it takes more than everything before
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _peak()


def _peak() -> int:
    """KiB."""
    with suppress(OSError):
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def _untraced() -> Iterator[None]:
    """Without what counts the lines for the coverage, which makes everything up to four times as slow."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    """All cases, judged once; the first badge warms up what is loaded only when it is needed."""
    judge(next(case for case in CASES if case["name"].startswith("honest-")))
    return [judge(case) for case in CASES]


def _wrong(verdict: Verdict) -> str:
    said = "" if verdict.report is None else f": {verdict.report.verdict_code} {verdict.report.verdict}"
    return f"{verdict.name} wants {verdict.case['exit']}, got {verdict.exit}{said} ({verdict.case['why']})"


def test_no_case_raises(verdicts: list[Verdict]) -> None:
    raised = [f"{verdict.name}: {verdict.error!r}" for verdict in verdicts if verdict.error is not None]
    assert not raised


def test_every_case_ends_as_its_requirement_says(verdicts: list[Verdict]) -> None:
    wrong = [_wrong(verdict) for verdict in verdicts if verdict.exit != verdict.case["exit"]]
    assert not wrong, "\n".join(wrong)


def test_what_was_decided_is_what_the_requirements_allow() -> None:
    """Decision 19: where they leave open how something is refused, one way is pinned, and success is never one."""
    opened = [case for case in CASES if "allowed" in case]
    assert len(opened) > 400
    assert all(case["exit"] in case["allowed"] and 0 not in case["allowed"] for case in opened)


def test_checks_and_codes_are_those_of_the_manifest(verdicts: list[Verdict]) -> None:
    wrong = []
    for verdict in verdicts:
        if "check" not in verdict.case or verdict.report is None:
            continue
        found = [(check.id, check.code) for check in verdict.report.checks]
        codes = [code for check_id, code in found if check_id == verdict.case["check"]]
        if not codes or verdict.case.get("code", codes[0]) not in codes:
            wrong.append(f"{verdict.name}: {found}")
    assert not wrong, "\n".join(wrong)


def test_the_reference_path_says_the_same(verdicts: list[Verdict], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the tables: PyLD makes every canonical form, and jsonschema judges every badge."""
    made: list[int] = []

    def not_covered(*_: object, **__: object) -> list[Any]:
        made.append(1)
        raise NotCovered

    monkeypatch.setattr(rdf, "map_document", not_covered)
    monkeypatch.setattr(credential, "has_rdf_proof", lambda _: False)  # so the shape makes no statements either
    monkeypatch.setattr(configuration, "_from_template", lambda *_: None)
    monkeypatch.setattr(schema, "_quick_notes", lambda *_: None)
    slow = [judge(verdict.case) for verdict in verdicts]
    assert len(made) > len(verdicts) / 4, "the reference path was taken"
    raised = [f"{one.name}: {one.error!r}" for one in slow if one.error is not None]
    assert not raised, "\n".join(raised)
    wrong = [_wrong(one) for one in slow if one.exit != one.case["exit"]]
    assert not wrong, "\n".join(wrong)


def test_what_is_refused_shows_nothing_as_true(verdicts: list[Verdict]) -> None:
    shown = [
        verdict.name
        for verdict in verdicts
        if verdict.report is not None
        and any(check.outcome is not Outcome.PASS for check in verdict.report.of("proof.signature"))
        and (verdict.report.key is not None or verdict.report.credential is not None)
    ]
    assert not shown


def test_no_case_is_slow(verdicts: list[Verdict]) -> None:
    """What seems slow is judged once more as people run it, without the coverage being counted."""
    with _untraced():
        again = [judge(verdict.case) for verdict in verdicts if verdict.seconds > SLOWEST]
    slow = [f"{verdict.name}: {verdict.seconds:.2f} s" for verdict in again if verdict.seconds > SLOWEST]
    assert not slow
    assert sum(verdict.seconds for verdict in verdicts) < LONGEST_RUN


def test_no_case_takes_much_memory(verdicts: list[Verdict]) -> None:
    large = [f"{verdict.name}: {verdict.memory // 1024} MiB" for verdict in verdicts if verdict.memory > MOST_MEMORY]
    assert not large


def test_only_what_the_badge_may_ask_for_is_asked_for(verdicts: list[Verdict]) -> None:
    """V-NET-3, P5: cases that name what may be asked for (often nothing) ask for nothing else."""
    wrong = [
        f"{verdict.name}: {verdict.asked}"
        for verdict in verdicts
        if "asks" in verdict.case and not set(verdict.asked) <= set(verdict.case["asks"])
    ]
    assert not wrong, "\n".join(wrong)


def test_the_guard_lets_no_unsafe_address_through(verdicts: list[Verdict]) -> None:
    """V-NET-1: the fetcher refuses the address by its looks, before any name is looked up."""
    wrong = [f"{v.name}: {v.allowed}" for v in verdicts if v.name.startswith("ssrf-url-") and v.allowed]
    assert not wrong, "\n".join(wrong)


def test_sentences_hold_no_control_characters(verdicts: list[Verdict]) -> None:
    """V-PAR-4: a badge cannot write to the terminal of whoever verifies it."""
    bad = []
    for verdict in verdicts:
        if verdict.report is not None:
            bad += [
                f"{verdict.name}: {text!r}"
                for text in _sentences(verdict.report)
                if any(map(_unsafe, text.replace("\n", "")))
            ]
    assert not bad, "\n".join(bad)


def _sentences(report: VerificationReport) -> Iterator[str]:
    yield report.verdict
    yield from (check.detail for check in report.checks)
    yield from (note.detail for note in report.notes)
    if report.error is not None:
        yield report.error.detail
        yield report.error.pointer if all(map(str.isprintable, report.error.pointer)) else ""
    for nested in (*report.endorsements, *report.inside):
        yield from _sentences(nested)


def _unsafe(character: str) -> bool:
    return (
        ord(character) < 0x20
        or 0x7F <= ord(character) < 0xA0
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
    )


def test_the_json_form_can_be_written_for_every_case(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        if verdict.report is not None:
            assert json.loads(json.dumps(verdict.report.to_json()))["outcome"] == verdict.case["outcome"], verdict.name


def test_refusing_everything_or_passing_everything_would_fail() -> None:
    """The corpus itself: enough of both kinds, and all of the other outcomes."""
    honest = [case for case in CASES if case["exit"] == 0]
    attacks = [case for case in CASES if case["exit"] != 0]
    assert len(honest) >= LEAST_HONEST
    assert len(attacks) >= LEAST_ATTACKS
    for always in (0, 1, 3, 4):
        assert sum(always != case["exit"] for case in CASES) > 100
    assert all(case["why"].endswith((".", "?")) for case in CASES)


def test_the_page_on_conformance_has_the_figures() -> None:
    page = (HERE.parent.parent / "docs/reference/conformance.md").read_text("utf-8")
    honest = sum(case["exit"] == 0 for case in CASES)
    assert f"`tests/adversarial` holds {len(CASES):,} cases, {honest} of them honest badges" in page


def test_every_requirement_and_every_named_test_has_a_case() -> None:
    covered = {requirement for case in CASES for requirement in case["requirement"].split()}
    assert not set(REQUIREMENTS) - covered
    assert not [family for family in FAMILIES if not any(case["name"].startswith(family) for case in CASES)]


@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng packs the same status lists into other bytes")
def test_the_committed_corpus_is_what_the_generator_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(HERE / "generate.py"), str(tmp_path)], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(CORPUS): path.read_bytes() for path in CORPUS.rglob("*") if path.is_file()}
    assert made.keys() == kept.keys()
    assert [str(path) for path in made if made[path] != kept[path]] == []
    assert sum(map(len, kept.values())) < 6 * 1024 * 1024


def _askable() -> list[dict[str, Any]]:
    """What the command line can ask: it has no policy on endorsements and refresh, and no list of nobody."""
    return [case for case in CASES if not case.get("policy") and case.get("issuers") != []]


def _sample() -> list[dict[str, Any]]:
    able = _askable()
    return able[:: len(able) // COMMAND_SAMPLE][:COMMAND_SAMPLE]


def _arguments(case: Mapping[str, Any], folder: Path) -> list[str]:
    """The arguments of ``openbadges`` for a case, its files put into a folder."""
    (folder / "badge").write_bytes(read_input(case))
    mapped = {}
    for number, (url, kept) in enumerate(case.get("documents", {}).items()):
        mapped[url] = f"document-{number}"
        (folder / mapped[url]).write_bytes(document_of(kept))
    (folder / "map.json").write_text(json.dumps(mapped), "utf-8")
    found = ["verify", str(folder / "badge"), "--offline", "--documents", str(folder / "map.json")]
    found += ["--at", case.get("at", MANIFEST["at"])]
    found += [part for issuer in case.get("issuers") or () for part in ("--issuer", issuer)]
    found += ["--recipient", case["recipient"]] if "recipient" in case else []
    return found + (["--profile", case["profile"]] if "profile" in case else [])


@pytest.mark.parametrize("case", _sample(), ids=lambda case: case["name"])
def test_the_command_line_says_the_same(case: dict[str, Any], tmp_path: Path) -> None:
    command = [sys.executable, "-c", COMMAND, *_arguments(case, tmp_path), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == case["exit"], (done.stdout[-500:], done.stderr[-500:])
    assert b"Traceback" not in done.stderr
    shown = json.loads(done.stdout)
    assert shown["outcome"] == case["outcome"]
    assert not any(ord(character) < 0x20 for character in shown["verdict"])


def test_the_screen_gets_no_control_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """V-PAR-4: what people read, for texts that would like to do something to a terminal, and for one case in ten."""
    able = _askable()
    chosen = [case for case in able if case["name"].startswith(("render-", "honest-quirk-text-"))] + able[::10]
    for case in chosen:
        assert main(_arguments(case, tmp_path)) == case["exit"], case["name"]
        shown = capsys.readouterr()
        for text in (shown.out, shown.err):
            assert not any(map(_unsafe, text.replace("\n", ""))), f"{case['name']}: {text!r}"
