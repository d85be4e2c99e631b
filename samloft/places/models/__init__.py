from samloft.places.models.places import Area, County, LanguageForm, Municipality

__all__ = ["Area", "County", "LanguageForm", "Municipality"]
