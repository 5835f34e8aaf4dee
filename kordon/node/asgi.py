"""What granian loads: the framework first, then the node."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kordon.node.settings")
django.setup()

from kordon.node.server import application  # noqa: E402  (needs the line above)

__all__ = ["application"]
