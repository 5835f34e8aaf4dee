"""The units, the proxy and the environment in deploy/ name what there is, and leave little open."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kordon.node.cli import LINES

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.rglob("*.service"))
SETTINGS = (ROOT / "docs/operations/settings.md").read_text()
EVERYWHERE = (
    *("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes"),
    *("PrivateDevices=yes", "ProtectKernelModules=yes", "LockPersonality=yes"),
)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_unit_may_do_little(unit):
    lines = unit.read_text().splitlines()
    assert [line for line in EVERYWHERE if line not in lines] == []
    if "restart" not in unit.name:  # that one must speak to systemd itself
        assert "User=kordon" in lines


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_systemd_understands_it(unit, tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    for path in unit.parent.iterdir():
        if path.suffix in {".service", ".timer", ".path"}:
            # What the unit starts is not installed where it will be.
            text = re.sub(r"/opt/kordon/\.venv/bin/[a-z-]+", "/bin/true", path.read_text())
            (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        [program, "verify", "--man=no", tmp_path / unit.name], capture_output=True, text=True
    )
    assert [line for line in done.stderr.splitlines() if tmp_path.name in line] == []
    assert unit.stem not in done.stderr


def test_units_call_commands_that_there_are():
    called = {
        match for unit in UNITS for match in re.findall(r"bin/kordon ([a-z-]+)", unit.read_text())
    }
    assert called
    assert called <= {line.first for line in LINES}


def test_every_variable_of_the_examples_is_a_setting():
    named = {
        name
        for path in DEPLOY.rglob("*.env")
        for name in re.findall(r"KORDON_\w+", path.read_text())
    }
    assert named
    assert [name for name in named if f"`{name}`" not in SETTINGS] == []


def test_both_proxies_do_what_the_node_relies_on():
    for path in DEPLOY.rglob("nginx.conf"):
        text = path.read_text()
        assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
        assert "http2" in text
        assert "client_max_body_size 512m;" in text
        assert text.count("proxy_pass") == text.count("proxy_buffering off;")
