"""Loaded before settings are read (``-p tests.home``): gives every test run a node of its own."""

import os
import tempfile

os.environ["KORDON_HOME"] = tempfile.mkdtemp(prefix="kordon-test-")
