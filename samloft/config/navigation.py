"""The menus: which entries there are, in which order, and who sees them."""

from django.utils.translation import gettext_lazy as _

from samloft.core.navigation import Item, signed_in

MAIN: tuple[Item, ...] = (Item(_("My page"), "home", icon="house", allowed=signed_in),)

# The tabs of one programme. Every address takes the programme's slug.
PROGRAMME: tuple[Item, ...] = ()
