from samloft.accounts.models.organisations import Organisation, OrganisationKind
from samloft.accounts.models.users import User

__all__ = ["Organisation", "OrganisationKind", "User"]
