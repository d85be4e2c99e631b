from samloft.places.models.areas import (
    Area,
    AreaKind,
    AreaSuccession,
    ComparisonArea,
    SuccessionKind,
)
from samloft.places.models.places import County, LanguageForm, Municipality

__all__ = [
    "Area",
    "AreaKind",
    "AreaSuccession",
    "ComparisonArea",
    "County",
    "LanguageForm",
    "Municipality",
    "SuccessionKind",
]
