from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "samloft.config"
    label = "config"
