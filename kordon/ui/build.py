"""Build the files in ``static/ui`` from ``assets`` and the locked npm packages.

    python -m kordon.ui.build           build them (needs node and npm)
    python -m kordon.ui.build --check   fail if the committed files are not what would be built

The built files are committed, so nobody who installs or runs Kordon needs node. Where node
or its package registry cannot be had, the check says loudly that it was skipped.
"""

import gzip
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILT = HERE / "static" / "ui"
PACKAGES = ("package.json", "package-lock.json", ".npmrc")
SQUEEZED = {".css", ".js", ".svg"}
# npm's own words for a lock that does not fit; every other failure means it could not be fetched.
OUR_FAULT = ("EUSAGE", "EINTEGRITY", "EJSONPARSE", "ELOCKVERIFY")


class NotToBeHad(Exception):
    """node, npm or the package registry is missing here."""


def main(arguments: list[str]) -> int:
    if unknown := [word for word in arguments if word != "--check"]:
        print(f"Unknown: {' '.join(unknown)}. There is only --check.", file=sys.stderr)
        return 2
    try:
        return check() if "--check" in arguments else build()
    except NotToBeHad as reason:
        print(f"BUILT ASSETS: SKIPPED, not checked: {reason}", file=sys.stderr)
        return 0 if "--check" in arguments else 1


def build() -> int:
    fetch_packages(ROOT)
    run_build(ROOT, BUILT)
    axe = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    (HERE / "tests" / "axe.min.js").write_bytes(axe.read_bytes())
    print(f"Built {sum(1 for _ in files_of(BUILT))} files into {BUILT.relative_to(ROOT)}.")
    return 0


def check() -> int:
    """Build beside the committed files and compare byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if packages_are_current(ROOT):
            run_build(ROOT, place / "out")
        else:
            for name in PACKAGES:
                shutil.copy(ROOT / name, place / name)
            fetch_packages(place)
            run_build(place, place / "out")
        wrong = differences(place / "out", BUILT)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print("Run: python -m kordon.ui.build, and commit what it writes.", file=sys.stderr)
    else:
        print("Built assets are what their sources say.")
    return 1 if wrong else 0


def fetch_packages(place: Path) -> None:
    """Install exactly the lock into ``place/node_modules``, once per lock."""
    if packages_are_current(place):
        return
    asked = subprocess.run(  # nosec B603 - the words are ours
        [tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=place,
        capture_output=True,
        text=True,
    )
    if asked.returncode:
        said = asked.stderr.strip()
        if any(word in said for word in OUR_FAULT):
            sys.exit(f"npm ci refuses the lock:\n{said}")
        raise NotToBeHad(f"npm could not fetch the packages\n{said[-800:]}")
    stamp_of(place).write_text(fingerprint(place))


def packages_are_current(place: Path) -> bool:
    stamp = stamp_of(place)
    return stamp.exists() and stamp.read_text() == fingerprint(place)


def tool(name: str) -> str:
    """Where node or npm is on this machine."""
    if not (found := shutil.which(name)):
        raise NotToBeHad(f"{name} is not on this machine")
    return found


def stamp_of(place: Path) -> Path:
    return place / "node_modules" / ".kordon-lock"


def fingerprint(place: Path) -> str:
    return hashlib.sha256((place / "package-lock.json").read_bytes()).hexdigest()


def run_build(place: Path, out: Path) -> None:
    """Run the build script against ``place/node_modules``; what it no longer makes goes."""
    before = set(files_of(out)) if out.exists() else set()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        script = [tool("node"), str(HERE / "assets" / "build.mjs"), str(fresh)]
        subprocess.run(script, cwd=place, check=True)  # nosec B603 - as above
        made = files_of(fresh)
        made += [squeezed(name) for name in made if name.suffix in SQUEEZED]
        for gone in before - set(made):
            (out / gone).unlink()
        for name in files_of(fresh):
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(fresh / name, out / name)
            if name.suffix in SQUEEZED:
                squeeze(out / name)


def squeezed(name: Path) -> Path:
    return name.with_name(f"{name.name}.gz")


def squeeze(path: Path) -> None:
    """Lay a compressed copy beside a file; the server hands it to browsers that take it."""
    packed = gzip.compress(path.read_bytes(), mtime=0)
    squeezed(path).write_bytes(packed)


def files_of(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def differences(fresh: Path, committed: Path) -> list[str]:
    """One line for each file that is missing, too many or different."""
    new, old = set(files_of(fresh)), set(files_of(committed))
    lines = [f"missing: {path}" for path in sorted(new - old)]
    lines += [f"too many: {path}" for path in sorted(old - new)]
    for path in sorted(new & old):
        if content(fresh / path) != content(committed / path):
            lines.append(f"differs: {path}")
    return lines


def content(path: Path) -> bytes:
    """The bytes that count: compressors differ from machine to machine, what they pack may not."""
    text = path.read_bytes()
    return gzip.decompress(text) if path.suffix == ".gz" else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
