"""Personal data in the models of this app."""

from samloft.core.personal_data import Register

PERSONAL_DATA: Register = {}
