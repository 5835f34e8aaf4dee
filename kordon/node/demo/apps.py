"""The demonstration as an app: installed first, and only in a folder that holds one."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kordon.node.demo"
    label = "demo"
