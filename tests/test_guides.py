"""The examples of the guide to MRZs run as they stand there, and give what stands beside them."""

import ast
import io
import os
import re
import subprocess
import sys
import tokenize
from enum import Enum
from pathlib import Path

import pytest

GUIDE = (Path(__file__).parent.parent / "docs" / "guides" / "mrz.md").read_text()
PYTHON = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
SHELL = re.findall(r"^\$ (.*)\n(.*)$", GUIDE, re.MULTILINE)


def shown(value):
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    return repr(value)


def comments(block):
    """What stands behind `# ` on each line."""
    tokens = tokenize.generate_tokens(io.StringIO(block).readline)
    return {each.start[0]: each.string[2:] for each in tokens if each.type == tokenize.COMMENT}


def test_every_python_example_gives_what_its_comment_says():
    """All blocks in one go, as a reader types them."""
    names = {}
    checked = 0
    for block in PYTHON:
        said = comments(block)
        for statement in ast.parse(block).body:
            code = ast.get_source_segment(block, statement)
            if not isinstance(statement, ast.Expr) or statement.end_lineno not in said:
                exec(compile(code, "guide", "exec"), names)
                continue
            wanted, found = said[statement.end_lineno], shown(eval(code, names))
            assert wanted == found or wanted.startswith(f"{found}: "), code
            checked += 1
    assert checked > 20


@pytest.mark.parametrize(("command", "said"), SHELL)
def test_every_command_prints_what_stands_below_it(command, said):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, env=os.environ | {"PATH": path}
    )
    assert (done.stdout, done.stderr) == (said + "\n", "")


def test_there_are_commands_to_try():
    assert len(SHELL) == 2
