"""Kordon: open-source integrated border management."""
