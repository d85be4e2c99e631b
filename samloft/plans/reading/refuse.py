"""When a file is refused, and the words for it."""

from django.utils.translation import gettext_noop as _

from samloft.plans.reading.said import Said, said

LARGEST_FILE = 20 * 1024 * 1024  # bytes; a plan with pictures is seldom above five megabytes
LARGEST_UNPACKED = 120 * 1024 * 1024  # bytes in all parts of a DOCX or XLSX together
LARGEST_XML = 40 * 1024 * 1024  # bytes in one XML part
MOST_PARTS = 2_000
MOST_RATIO = 250  # unpacked / packed; ordinary XML packs 10 to 30 times
DEEPEST_XML = 256
MOST_ELEMENTS = 400_000
MOST_CELLS = 120_000
MOST_PAGES = 400
MOST_TEXT = 3_000_000  # characters of text in a file that can be a plan
MOST_BLOCKS = 12_000
MOST_ROWS = 6_000


class FileRefused(Exception):
    """The file is not read; `message` says why and what to do, in the active language."""

    def __init__(self, reason: Said) -> None:
        self.reason = reason
        super().__init__(reason.id)

    @property
    def message(self) -> str:
        return self.reason.text

    def __str__(self) -> str:
        return self.message


def refused(message_id: str, **values: str | int) -> FileRefused:
    return FileRefused(said(message_id, **values))


def broken() -> FileRefused:
    return refused(
        _(
            "The file is damaged and cannot be opened. Open it in the program it was made in, save it "
            "again and upload that."
        )
    )


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


def dangerous() -> FileRefused:
    return refused(
        _(
            "The file holds parts that could harm the service. Save a clean copy from Word or Excel and "
            "upload that."
        )
    )


def locked() -> FileRefused:
    return refused(_("The file is protected with a password. Save it without a password and upload that."))


def too_large() -> FileRefused:
    return refused(
        _("The file is larger than %(most)d MB. Save it without pictures, or only the plan and its budget."),
        most=LARGEST_FILE // 1024 // 1024,
    )
