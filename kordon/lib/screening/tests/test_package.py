import re
import subprocess
import sys
from pathlib import Path

import pytest

import kordon.lib.screening as screening
from kordon.lib.screening import compiled, storing
from kordon.lib.screening.matching import search

HERE = Path(compiled.__file__).parent


def test_importing_the_values_does_not_load_numpy_or_numba():
    script = (
        "import sys, kordon.lib.screening as s; s.Listing('k', ('n',)); s.THRESHOLD\n"
        "print({'numpy', 'numba', 'anyascii'} & set(sys.modules))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "set()"


def test_every_public_name_is_there():
    for name in screening.__all__:
        assert getattr(screening, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = screening.no_such_name


def test_every_module_a_kernel_depends_on_counts_for_the_cache():
    sources = set(compiled.SOURCES)
    for name in sources:
        text = (HERE / name).read_text()
        needed = set(re.findall(r"^from \.(\w+) import", text, re.M))
        if re.search(r"^from \. import tables", text, re.M):
            needed.add("tables")
        assert {f"{module}.py" for module in needed - {"compiled", "values"}} <= sources, name
    kernels = {
        p.name
        for p in HERE.glob("*.py")
        if re.search(r"^@(compiled|entrance)", p.read_text(), re.M)
    }
    assert kernels <= sources


def test_a_cached_kernel_carries_the_stamp_of_all_sources():
    assert search._cache._cache_file._source_stamp == compiled.STAMP


def test_everything_that_shapes_an_index_counts_for_its_version():
    needed = {"building.py", "storing.py"}
    for name in ("building.py", "tokens.py", "folding.py", "keys.py"):
        found = re.findall(r"^from \.(\w+) import", (HERE / name).read_text(), re.M)
        needed |= {f"{module}.py" for module in found} - {"compiled.py", "values.py"}
    assert needed | {"tables.py"} <= set(storing._SOURCES)
