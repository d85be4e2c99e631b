"""The refusals that every action may answer with."""


class RuleBroken(Exception):
    """The action is against a rule. The message is for the user and says what to do; nothing was stored."""


class StaleEdit(RuleBroken):
    """Someone else saved first: `current` holds what is stored by field name, `version` is its number."""

    def __init__(self, message: str, *, current: dict[str, object], version: int) -> None:
        super().__init__(message)
        self.current = current
        self.version = version
