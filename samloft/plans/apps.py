from django.apps import AppConfig


class PlansAppConfig(AppConfig):
    name = "samloft.plans"
    label = "plans"
