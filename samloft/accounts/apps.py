from django.apps import AppConfig


class AccountsAppConfig(AppConfig):
    name = "samloft.accounts"
    label = "accounts"
