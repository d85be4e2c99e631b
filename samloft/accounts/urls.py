"""Sign-in and one's own account. Of allauth only the pages in use are routed."""

from allauth.account import views as allauth
from django.urls import path, re_path

from samloft.accounts.middleware import public
from samloft.accounts.views import demo, my_account

urlpatterns = [
    path("account/", my_account.my_account, name="my_account"),
    path("account/login/", public(allauth.login), name="account_login"),
    path("account/logout/", public(allauth.logout), name="account_logout"),
    path("account/inactive/", public(allauth.account_inactive), name="account_inactive"),
    path("account/password/", my_account.change_password, name="account_change_password"),
    path("account/password/reset/", public(allauth.password_reset), name="account_reset_password"),
    path("account/password/reset/sent/", public(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        public(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("demo/enter/", demo.enter, name="demo_enter"),
]
