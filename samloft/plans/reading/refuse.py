"""When a file is refused, and the words for it."""

from django.utils.translation import gettext_noop as _

from samloft.core.files.package import Limits
from samloft.core.files.refusals import FileRefused, refused

LARGEST_FILE = 20 * 1024 * 1024  # bytes; a plan with pictures is seldom above five megabytes
MOST_CELLS = 120_000
MOST_PAGES = 400
MOST_TEXT = 3_000_000  # characters of text in a file that can be a plan
MOST_BLOCKS = 12_000
MOST_ROWS = 6_000


def too_much() -> FileRefused:
    return refused(
        _(
            "The file holds far more than a plan does. Copy the plan and its budget into a new file and "
            "upload that."
        )
    )


def too_slow() -> FileRefused:
    return refused(
        _("The file takes too long to read. Save the pages with the plan and its budget as a file of their own.")
    )


def not_text() -> FileRefused:
    return refused(
        _("The file is not text that can be read. Upload the plan as DOCX, XLSX, CSV, PDF or a text file.")
    )


def too_large() -> FileRefused:
    return refused(
        _("The file is larger than %(most)d MB. Save it without pictures, or only the plan and its budget."),
        most=LARGEST_FILE // 1024 // 1024,
    )


PACKAGE_LIMITS = Limits(
    largest_unpacked=120 * 1024 * 1024, largest_xml=40 * 1024 * 1024, most_elements=400_000, too_much=too_much
)
