"""What it looks like: base pages, components, tokens, built assets."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kordon.ui"
    label = "ui"
