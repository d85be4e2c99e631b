"""A file that is not read, and the words for it that are the same whatever the file was to be."""

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, said


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


def empty() -> FileRefused:
    return refused(_("The file is empty."))


def broken() -> FileRefused:
    return refused(
        _(
            "The file is damaged and cannot be opened. Open it in the program it was made in, save it "
            "again and upload that."
        )
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
