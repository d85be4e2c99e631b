from django.apps import AppConfig


class PlacesAppConfig(AppConfig):
    name = "samloft.places"
    label = "places"
