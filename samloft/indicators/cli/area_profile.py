"""`samloft area-profile`: an area in figures, beside municipality, county and country (F5)."""

from argparse import ArgumentParser, Namespace

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.cli import JsonValue, Result, WrongUsage, offer_json
from samloft.core.figures import difference_unit, figure_text
from samloft.indicators.documents.area_cautions import cautions, makings, notes
from samloft.indicators.figures import figure
from samloft.indicators.figures import period as period_text
from samloft.indicators.models import Missing
from samloft.indicators.queries.area_profile import AreaProfile, area_profile
from samloft.indicators.queries.owners import owner_of
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.series import Point
from samloft.indicators.reading.periods import read_period
from samloft.places.models import Area, AreaKind

# Float arithmetic leaves 3.0000000000000004; no source gives this many decimals.
DECIMALS = 6
_LARGEST_FIRST = [When(kind=kind, then=Value(place)) for place, kind in enumerate(AreaKind.values)]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--area", required=True, metavar="CODE", help="such as 3118")
    parser.add_argument(
        "--period", metavar="PERIOD", help="such as 2024; otherwise each indicator's newest figure"
    )
    offer_json(parser)


def run(options: Namespace) -> Result:
    area = _area(options.area)
    period = read_period(options.period) if options.period else None
    if options.period and period is None:
        words = {"text": options.period}
        raise WrongUsage(_("%(text)s is no period. Write it like 2024, 2019-2021 or 2024K1.") % words)
    profile = area_profile(area, owners=owner_of(area), period=period)
    rows = [row for row in profile.rows if row.at_level or row.point is not None]
    indicators: list[JsonValue] = [_as_json(row, period) for row in rows]
    return Result(_as_text(profile), {"area": area.code, "indicators": indicators})


def _area(code: str) -> Area:
    """The area with the code: the one in use today, else the one in use last. Raises WrongUsage."""
    found = (
        Area.objects.filter(code=code)
        .exclude(code="")
        .select_related("municipality", "parent")
        .order_by(Case(*_LARGEST_FIRST), F("valid_from").desc(nulls_last=True))
    )
    area = found.valid(timezone.localdate()).first() or found.first()
    if area is None:
        raise WrongUsage(_("There is no area with the code %(code)s.") % {"code": code})
    return area


def _as_json(row: ProfileRow, period: str | None) -> JsonValue:
    """`missing` says why there is no figure: one of Statistics Norway's symbols, or `unknown`."""
    point = row.point
    return {
        "key": row.indicator.key,
        "period": point.period if point else period,
        "value": point.value if point else None,
        "missing": (point.missing if point else Missing.UNKNOWN.value) or None,
        "municipality": row.municipality,
        "county": row.county,
        "country": row.country,
        "gap": None if row.gap is None else round(row.gap, DECIMALS),
        "source": row.source or None,
    }


def _as_text(profile: AreaProfile) -> str:
    area = profile.circle.area
    lines = [f"{area.name} ({area.code})"]
    if profile.is_synthetic:
        lines.append(_("Made up for the demo; nothing official."))
    lines += [_line(row, row.point) for row in profile.rows if row.point is not None]
    without = sum(1 for row in profile.rows if row.at_level and row.point is None)
    if without:
        lines.append(_("Indicators without a figure here: %(count)d") % {"count": without})
    return "\n".join(lines)


def _line(row: ProfileRow, point: Point) -> str:
    if point.value is None:
        told = str(Missing(point.missing).label)
    else:
        told = figure(point.value, row.indicator)
    parts = [f"{row.definition.name}: {told} ({period_text(point.period)})"]
    if row.gap is not None:
        gap = figure_text(row.gap, difference_unit(row.indicator.unit), row.indicator.decimals, signed=True)
        parts.append(_("gap %(gap)s") % {"gap": gap})
    for word, value in (
        (_("municipality"), row.municipality),
        (_("county"), row.county),
        (_("country"), row.country),
    ):
        if value is not None:
            parts.append(f"{word} {figure(value, row.indicator)}")
    parts.append(row.source or _("source unknown"))
    return "; ".join([*parts, *(made.words for made in makings(row)), *cautions(row), *notes(row)])
