"""Which uploaded files a person may have."""

from django.db.models import Q, QuerySet

from samloft.programmes.access import Permission
from samloft.programmes.models import Programme, StoredFile

# What is shown on pages that everyone with a seat may open. A plan uploaded for reading is a draft.
_ON_OPEN_PAGES = (
    Q(agreement__isnull=False) | Q(condition__isnull=False) | Q(decision__isnull=False) | Q(answer__isnull=False)
)


def visible_files(allowed: frozenset[Permission], programme: Programme) -> QuerySet[StoredFile]:
    """Those who see drafts have all files; others what stands on agreement, decisions and answers (L1)."""
    files = StoredFile.objects.filter(programme=programme)
    if Permission.PLAN_VIEW in allowed:
        return files
    return files.filter(_ON_OPEN_PAGES).distinct()
