from django.apps import AppConfig


class ProgrammesAppConfig(AppConfig):
    name = "samloft.programmes"
    label = "programmes"
