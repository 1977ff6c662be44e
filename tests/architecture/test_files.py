"""Files stay readable in one sitting, and name neither a machine nor a package registry."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

LONGEST = 350
GATE = 400
LONGEST_TEST = 800  # a test file holds one room's cases, which are read one by one

# Files over 350 lines, each with the reason why it is still one room. Nothing goes over 400.
LONG_FILES: dict[str, str] = {}

# Written in pieces, so that this file does not hold them itself.
REGISTRIES = tuple(f"{name}.{end}" for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
MACHINE_PATHS = tuple(f"/{folder}" for folder in ("work" + "/main", "work" + "/shared", "root" + "/.", "tmp" + "/venv"))
SOCKET_MODULES = frozenset({"socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "socketserver"})


def _python_files(files: tuple[Path, ...]) -> list[Path]:
    return [path for path in files if path.suffix == ".py"]


def test_python_files_are_short(project_files: tuple[Path, ...], root: Path) -> None:
    lines = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in _python_files(project_files)
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_TEST} == {}
    long = {name: count for name, count in lines.items() if count > LONGEST and not name.startswith("tests/")}
    assert {name: count for name, count in long.items() if name not in LONG_FILES or count > GATE} == {}
    assert set(LONG_FILES) - set(long) == set(), "no longer long: take these out of LONG_FILES"


def test_no_file_names_a_machine_or_a_registry(project_files: tuple[Path, ...], root: Path) -> None:
    found = {}
    for path in project_files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        hits = [word for word in (*REGISTRIES, *MACHINE_PATHS) if word in text]
        if hits:
            found[path.relative_to(root).as_posix()] = hits
    assert found == {}


def test_s_xss_1_one_place_alone_says_that_text_is_safe(project_files: tuple[Path, ...], root: Path) -> None:
    """What Markdown became is filtered there; everything else on a page is escaped."""
    escapes = re.compile(r"\|\s*safe\b|\bMarkup\(|\{%-?\s*autoescape|\bautoescape\s*=\s*False|render_template_string")
    found = [
        path.relative_to(root).as_posix()
        for path in project_files
        if path.suffix in (".py", ".html") and root / "issuer_service" in path.parents
        for _ in escapes.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == ["issuer_service/web/words.py"]


def test_requirements_are_pinned_by_hash_and_name_no_address(root: Path) -> None:
    for path in sorted((root / "requirements").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for line in lines:
            assert re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # .*", line), line


def test_the_lock_covers_what_pyproject_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for file, wanted in (("base.txt", project["dependencies"]), ("dev.txt", project["optional-dependencies"]["dev"])):
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (root / "requirements" / file).read_text(encoding="utf-8"), re.M))
        names = {re.split(r"[\s<>=!~\[;]", name, maxsplit=1)[0].lower() for name in wanted}
        assert names - pinned == set(), f"run make lock: {file}"


def test_only_net_imports_modules_that_open_sockets(root: Path) -> None:
    found = []
    for path in sorted((root / "openbadges").rglob("*.py")):
        if root / "openbadges" / "net" in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
            else:
                continue
            found += [f"{path.relative_to(root)}:{node.lineno} {name}" for name in names & SOCKET_MODULES]
    assert found == []


def test_the_rooms_import_from_rooms_not_from_the_package_root(root: Path) -> None:
    """``from openbadges import issue`` inside the library would hide the direction of imports."""
    rooms = {path.stem for path in (root / "openbadges").iterdir()}
    found = []
    for path in sorted((root / "openbadges").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "openbadges":
                names = [alias.name for alias in node.names if alias.name not in rooms]
                found += [f"{path.relative_to(root)}:{node.lineno} {name}" for name in names]
    assert found == []


def test_importing_the_library_loads_nothing_heavy_and_nothing_with_sockets(root: Path) -> None:
    script = "import sys, openbadges; print(*sorted(sys.modules), sep='\\n')"
    listing = subprocess.run(
        [sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True, timeout=60
    ).stdout.split()
    forbidden = SOCKET_MODULES | {
        *("flask", "sqlalchemy", "pydantic", "pyld", "jsonschema", "PIL", "qrcode", "cbor2", "requests", "jwt"),
        *("openbadges.net", "openbadges.cli", "openbadges.testing", "_socket"),
    }
    assert "openbadges" in listing
    assert forbidden & set(listing) == set()
