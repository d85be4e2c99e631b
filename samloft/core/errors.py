"""The refusals that every action may answer with."""


class RuleBroken(Exception):
    """The action is against a rule. The message is for the user and says what to do; nothing was stored."""


class StaleEdit(RuleBroken):
    """Someone else saved the same thing first. `current` holds the stored values by field name."""

    def __init__(self, message: str, *, current: dict[str, object]) -> None:
        super().__init__(message)
        self.current = current
