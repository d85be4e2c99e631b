"""Setting aside a finding of the plan check, with a reason; and taking that back (C8)."""

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.plans.models import ActionPlan, FindingOverride
from samloft.plans.queries.plan_check import check


def set_aside(*, plan: ActionPlan, code: str, subject: str, reason: str, by: User) -> FindingOverride:
    """Set aside the finding with this code about this subject, in this plan. It may be done in any state:
    the check is the reader's tool and no part of what is adopted.
    """
    if not reason.strip():
        raise RuleBroken(_("Say why the finding is set aside. The reason is kept with the plan."))
    finding = next((found for found in check(plan) if (found.code, found.subject) == (code, subject)), None)
    if finding is None:
        raise RuleBroken(_("The plan check does not find this any more, so there is nothing to set aside."))
    with transaction.atomic():
        locked = ActionPlan.objects.select_for_update().get(pk=plan.pk)
        override, is_new = FindingOverride.objects.get_or_create(
            plan=locked, code=code, subject=subject, defaults={"reason": reason.strip(), "by": by}
        )
        if not is_new:
            raise RuleBroken(_("Someone has already set this finding aside."))
        audit.record(
            "finding.overridden",
            locked,
            by=by,
            about=[override, locked.programme],
            data={"code": code, "subject": subject},
        )
    return override


@transaction.atomic
def take_back(*, override: FindingOverride, by: User) -> None:
    """Let the finding count again."""
    stored = FindingOverride.objects.select_for_update().filter(pk=override.pk).first()
    if stored is None:
        raise RuleBroken(_("The finding counts again already."))
    plan, code, subject = stored.plan, stored.code, stored.subject
    stored.delete()
    audit.record(
        "finding.override_taken_back",
        plan,
        by=by,
        about=[plan.programme],
        data={"code": code, "subject": subject},
    )
