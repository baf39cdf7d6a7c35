"""The exceptions of the package: one root, a few branches, each with the way out.

Bad *documents* are not exceptions at the end of the day: a shell turns a `ReadError` into a
`records.Failure` beside the good documents. Exceptions that reach a person are about the
workspace, the settings or the question asked.
"""


class TextmineError(Exception):
    """Root of all errors that the package raises on purpose.

    Parameters
    ----------
    message
        What is wrong, with the value and the place.
    remedy
        What to do about it; printed on its own line.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class SettingsError(TextmineError):
    """A configuration file (settings, concepts, periods, lexicon, recipe) cannot be used."""


class UsageError(TextmineError):
    """A request that cannot be met as asked: an unknown name, an empty corpus, a bad option."""


class QueryError(UsageError):
    """A search query that cannot be understood; `position` is the offending character's index."""

    def __init__(self, message: str, *, position: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.position = position


class ReadError(TextmineError):
    """A file that cannot be read; `place` says where in it (page, line, byte), if known."""

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.place = place


class StoreError(TextmineError):
    """The catalogue or a derived store is missing, locked, damaged or of another version."""


class TooFewData(TextmineError):
    """An analysis that would be noise: says how much there is and how much it needs."""
