"""What the desk's pages may send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=1000)]


class Signing(BaseModel):
    """A decision of the person at the desk.

    Parameters
    ----------
    label_set : str
        Name of the label set.
    work : str
        The museum's id of the work.
    kind : str
        'signed' or 'skipped'.
    labels : list of str
        The labels signed; none for 'none of these'.
    run : int or None
        Whose suggestions were on the screen.
    blind : bool
        Whether the work was shown without suggestions.
    neighbours : list of str
        Ids of the look-alike works on the screen.
    milliseconds : int
        How long the work was on the screen.
    expected : int or None
        The decision that stood for the work when it was shown; another by now means that somebody was
        quicker.
    attempt : str
        A word that is the same when the same decision is sent again, so that it is journalled once.
    """

    model_config = ConfigDict(extra="forbid")

    label_set: Text
    work: Text
    kind: Literal["signed", "skipped"]
    labels: Annotated[list[Text], Field(max_length=1000)] = []
    run: int | None = None
    blind: bool = False
    neighbours: Annotated[list[Text], Field(max_length=24)] = []
    milliseconds: Annotated[int, Field(ge=0)] = 0
    expected: int | None = None
    attempt: Annotated[str, Field(min_length=8, max_length=64)]


class Withdrawal(BaseModel):
    """Taking a decision back.

    Parameters
    ----------
    reason : str
        Why.
    """

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=1, max_length=500)] = "Undone at the desk."


class Verdict(BaseModel):
    """What a person says of a work that looks wrong.

    Parameters
    ----------
    label_set : str
        Name of the label set.
    work : str
        The museum's id of the work.
    verdict : str
        'right': its labels are; 'labels': they are these instead; 'not of the work' and 'of the work': its
        picture.
    labels : list of str
        With 'labels': the right ones.
    picture : str
        Digest of the picture that was shown large.
    neighbours : list of str
        Ids of the look-alike works on the screen.
    milliseconds : int
        How long the work was on the screen.
    expected : int or None
        The decision that stood for the work when it was shown.
    attempt : str
        A word that is the same when the same verdict is sent again, so that it is journalled once.
    """

    model_config = ConfigDict(extra="forbid")

    label_set: Text
    work: Text
    verdict: Literal["right", "labels", "not of the work", "of the work"]
    labels: Annotated[list[Text], Field(max_length=1000)] = []
    picture: Annotated[str, Field(max_length=64)] = ""
    neighbours: Annotated[list[Text], Field(max_length=24)] = []
    milliseconds: Annotated[int, Field(ge=0)] = 0
    expected: int | None = None
    attempt: Annotated[str, Field(min_length=8, max_length=64)]
