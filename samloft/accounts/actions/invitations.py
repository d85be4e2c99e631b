"""Gives a new colleague an account and mails the link to choose a password with."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.accounts.actions import users
from samloft.accounts.models import Organisation, User
from samloft.core.errors import RuleBroken


@transaction.atomic
def find_or_invite(
    *, email: str, name: str, organisation: Organisation | None, site: str, by: User
) -> tuple[User, bool]:
    """The account of that address, and whether it is new. A new one is mailed a link when all is stored.

    `site` is where Samløft answers, such as `https://samloft.example.no`.
    """
    known = User.objects.filter(email=email.strip().lower()).first()
    if known:
        if not known.is_active:
            raise RuleBroken(
                _("%(person)s may not sign in at present. Ask those who operate Samløft to open the account.")
                % {"person": known}
            )
        return known, False
    if not name.strip():
        raise RuleBroken(_("Nobody has this e-mail address here yet. Write the person's name as well."))
    user = users.create(email=email, name=name.strip(), organisation=organisation, by=by)
    link = site + _password_path(user)
    transaction.on_commit(lambda: _mail(user, link, str(by)))
    return user, True


def _password_path(user: User) -> str:
    # allauth's own key and number form, because its page is the one that reads the link.
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=parts)


def _mail(user: User, link: str, inviter: str) -> None:
    values = {"user": user, "link": link, "inviter": inviter}
    subject = render_to_string("accounts/email/invitation_subject.txt", values).strip()
    body = render_to_string("accounts/email/invitation.txt", values)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
