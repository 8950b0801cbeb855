"""The one family of errors: what happened, to what, and what to do next."""

from __future__ import annotations


class CartellinoError(Exception):
    """Something a person can act on.

    Parameters
    ----------
    what : str
        What happened, as a clause without a full stop ('the table has no rows').
    where : str, optional
        The file, work, line or setting it happened to.
    do : str, optional
        What to do next, as a sentence.
    """

    def __init__(self, what: str, where: str = "", do: str = "") -> None:
        super().__init__(what, where, do)
        self.what, self.where, self.do = what, where, do

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.do}" if self.do else f"{head}."


class InputError(CartellinoError):
    """A table, folder, record or option that cannot be used as it is."""


class CollectionError(CartellinoError):
    """No collection here, a collection of another version, or one that is in use."""


class StorageError(CartellinoError):
    """The disk is full, read-only, or cannot keep what a catalogue needs."""


class PictureError(CartellinoError):
    """A picture that cannot be trusted; its reason is kept in quarantine."""


class FeatureError(CartellinoError):
    """A backbone or feature store that cannot serve what is asked of it."""


class LabelError(CartellinoError):
    """A label set that cannot be defined, frozen or learnt."""


class ModelError(CartellinoError):
    """A model that cannot be trained, loaded or used on these features."""


class PromiseError(CartellinoError):
    """Triage that cannot be run; 'nothing can be promised' is an answer, not an error."""


class MissingExtraError(CartellinoError):
    """A part of Cartellino that an optional extra brings."""

    def __init__(self, need: str, extra: str) -> None:
        super().__init__(
            f"{need} needs the [{extra}] extra", "", f"Install it: pip install 'cartellino[{extra}]'"
        )
