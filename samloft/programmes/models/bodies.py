"""Bodies that decide, and the seats through which people act."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation
from samloft.core.models import Versioned
from samloft.programmes.models.programmes import FocusArea, Programme


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("Municipal or city council")
    EXECUTIVE_COMMITTEE = "executive_committee", _("Executive committee")
    STANDING_COMMITTEE = "standing_committee", _("Standing or district committee")
    CITY_GOVERNMENT = "city_government", _("City government")
    COMMISSIONER = "commissioner", _("Commissioner (municipal director)")
    LEADER_GROUP = "leader_group", _("Top leader group")
    OWNER = "owner", _("Programme owner")
    BOARD = "board", _("Programme board")
    STEERING_GROUP = "steering_group", _("Steering group")
    MANAGEMENT = "management", _("Programme management")
    CHANGE_TEAM = "change_team", _("Change team")
    WORKING_GROUP = "working_group", _("Working group")
    RESOURCE_GROUP = "resource_group", _("Resource group")
    MINISTRY = "ministry", _("Ministry")
    OTHER = "other", _("Other body")


class Body(Versioned):
    """A body may serve several programmes. Councils do not sign in; somebody records for them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bodies")
    programmes = models.ManyToManyField(Programme, related_name="bodies")
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=150, db_collation="norwegian")
    mandate = models.TextField(_("mandate and tasks"), blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="body_once")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a seat lets its holder do is a table in `access.py`."""

    PROGRAMME_LEADER = "programme_leader", _("Programme leader")
    COORDINATOR = "coordinator", _("Coordinator")
    BOARD_MEMBER = "board_member", _("Board member")
    MUNICIPAL_DIRECTOR = "municipal_director", _("Municipal director")
    SECRETARY = "secretary", _("Secretary of political bodies")
    MEMBER = "member", _("Member")
    MINISTRY_ADVISER = "ministry_adviser", _("Ministry adviser")
    COUNTY_GOVERNOR = "county_governor", _("County governor")
    EVALUATOR = "evaluator", _("Evaluator")


class SeatQuerySet(models.QuerySet["Seat"]):
    def current(self, today: date) -> "SeatQuerySet":
        """Seats in force on that day; an open end is in force."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        )


class Seat(Versioned):
    """A place, by function, that a person may hold for a time. Without a person it is open."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    function = models.CharField(_("function"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    percent = models.PositiveSmallIntegerField(_("share of a full post (%)"), null=True, blank=True)
    may_record = models.BooleanField(
        _("may record the body's decisions"),
        default=False,
        help_text=_("The holder may write down what the body has decided."),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["body__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_record=False) | Q(body__isnull=False), name="seat_records_for_a_body"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="seat_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.function or self.get_role_display()
