"""Kordon: open-source integrated border management."""

__version__ = "0.1.0"
