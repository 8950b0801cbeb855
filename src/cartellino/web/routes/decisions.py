"""What a person decides, on record before the page says so."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request

from cartellino.catalogue import tallies
from cartellino.web import deciding
from cartellino.web.context import desk_of
from cartellino.web.items import decision_json
from cartellino.web.queue import queue_json
from cartellino.web.schema import Signing, Withdrawal
from cartellino.web.session import verified

router = APIRouter(dependencies=[Depends(verified)])


@router.post("/api/decisions", status_code=201)
def decide(request: Request, signing: Signing) -> dict[str, Any]:
    """Sign a work, or put it off; answers the decision and what comes next."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        label_set = catalogue.labels.find(signing.label_set)
        made = deciding.sign(catalogue, label_set, signing, desk.signer)
        return {"decision": decision_json(made), **queue_json(catalogue, label_set, desk.signer)}


@router.post("/api/decisions/{decision}/withdraw", status_code=201)
def withdraw(request: Request, decision: int, withdrawal: Withdrawal) -> dict[str, Any]:
    """Take a decision back; answers whose work it was, and the queue."""
    desk = desk_of(request)
    with desk.catalogue() as catalogue:
        taken = deciding.withdraw(catalogue, decision, desk.signer, withdrawal.reason)
        label_set = tallies.set_of(catalogue, taken)
        work = catalogue.works.id(taken.work)
        return {
            "work": work,
            "withdrawn": decision_json(taken),
            **queue_json(catalogue, label_set, desk.signer),
        }
