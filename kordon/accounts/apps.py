from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kordon.accounts"
    label = "accounts"
