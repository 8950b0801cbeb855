"""The loop that trains a network, from wherever a run stands to its end."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cartellino.classify.networks import batches, chance, checkpoint, history, learning, rates
from cartellino.classify.networks.architectures import Network
from cartellino.classify.networks.batches import Looks, Rows
from cartellino.classify.networks.lesson import Lesson
from cartellino.classify.networks.looking import normalised
from cartellino.classify.networks.losses import Loss
from cartellino.classify.networks.machine import Machine
from cartellino.classify.networks.mixing import mixed
from cartellino.classify.networks.plan import Plan
from cartellino.classify.networks.standing import Standing
from cartellino.classify.networks.watching import Watching
from cartellino.errors import ModelError
from cartellino.progress import Progress

_ASKED_AT_ONCE = 64


class Training:
    """One run.

    Parameters
    ----------
    network : Network
        What is trained, in place.
    lesson : Lesson
        What it learns from.
    looks : Looks
        How training sees the pictures.
    loss : Loss
        What is minimised.
    plan : Plan
        How.
    folder : Path or None
        Where checkpoints and logs lie; a run that stands there is gone on with.
    classes : ndarray (k,)
        The labels, for logs.
    """

    def __init__(
        self,
        network: Network,
        lesson: Lesson,
        looks: Looks,
        loss: Loss,
        plan: Plan,
        folder: Path | None,
        classes: NDArray[Any],
    ) -> None:
        self.network, self.lesson, self.looks, self.loss, self.plan = network, lesson, looks, loss, plan
        self.folder, self.seed = folder, looks.seed
        self.machine = Machine(plan.precision)
        self.module = network.module.to(self.machine.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.target, self.weights = torch.from_numpy(lesson.target), torch.from_numpy(lesson.weights)
        self.at = Standing()
        self.said = np.zeros((0, lesson.target.shape[1]), np.float32)
        self.best: checkpoint.Tensors = {}
        self._stage = -1
        self._remembered: checkpoint.Tensors = {}
        self._resume()
        self.watching = Watching(self, classes)

    # ---- the run

    def run(self, progress: Progress) -> None:
        """Train to the end, and leave the best epoch's weights in the network."""
        left = (self.plan.course.epochs - self.at.epoch) * self._batches - self.at.batch
        progress.start(f"Training {self.plan.name}", left, "batches")
        if self.plan.finds_rate and self.at.found is None:
            self.at.found = self.sweep().suggested
        while self.at.epoch < self.plan.course.epochs and not self._is_over():
            self._run_epoch(progress)
        self.watching.close()
        progress.finish()
        if self.best:
            self.module.load_state_dict(self.best)

    def _run_epoch(self, progress: Progress) -> None:
        self._enter(self.plan.course.where(self.at.epoch)[0])
        begun = time.monotonic()
        rows = batches.order(len(self.lesson.learn), self.plan.shares, self.seed, self.at.epoch)
        cut = batches.cut(self.lesson.learn[rows], self.plan.batch)
        if not self.at.batch:
            self.said = np.zeros((len(rows), self.lesson.target.shape[1]), np.float32)
        mine = [each[self.machine.rank :: self.machine.world] for each in cut[self.at.batch :]]
        learning.set_training(self.module, self._chosen)
        shown = batches.shown(self.looks, self.at.epoch, mine, self.plan.workers)
        for number, pictures in enumerate(shown, self.at.batch):
            self._learn(number, cut, pictures)
            progress.advance()
        self._close_epoch(np.concatenate(cut), time.monotonic() - begun)
        progress.note(self.watching.summary())

    def _learn(self, number: int, cut: list[Rows], pictures: torch.Tensor) -> None:
        rows = cut[number][self.machine.rank :: self.machine.world]
        first = number - number % self.plan.accumulate
        together = min(self.plan.accumulate, len(cut) - first)
        factor = self._factor(first // self.plan.accumulate)
        rate = learning.set_factor(self._optimiser, factor)
        scores, lost = self._forward(pictures, rows, number)
        self.machine.back(lost / together)
        begun = sum(map(len, cut[:number])) + self.machine.rank
        self.said[begun :: self.machine.world][: len(rows)] = scores
        self.at.batch = number + 1
        if self.at.batch - first == together:
            self.machine.update(self._optimiser, self.plan.clip)
            self.watching.step(float(lost.detach()), rate, self.at.epoch * len(cut) + number)
            update = self.at.batch // self.plan.accumulate
            if update % self.plan.checkpoint_every == 0 and self.at.batch < len(cut):
                self._keep()

    def _forward(
        self, pictures: torch.Tensor, rows: Rows, number: int
    ) -> tuple[NDArray[np.float32], torch.Tensor]:
        device = self.machine.device
        seen = self._seen(pictures)
        target, weights = self.target[rows].to(device), self.weights[rows].to(device)
        seen, target = mixed(
            seen, target, self.plan.mixup, self.plan.cutmix, (self.seed, self.at.epoch, number)
        )
        place = (chance.STEP, self.at.epoch, number, self.machine.rank)
        with chance.drawn(self.seed, *place, device=device):
            with self.machine.precision():
                scores = self._running(seen)
            lost = self.loss(scores, target, weights)
        if not math.isfinite(float(lost.detach())):
            raise ModelError(
                f"the loss is no longer a number in epoch {self.at.epoch + 1}",
                self.plan.name,
                "Lower learning_rate, or set clip = 1.",
            )
        return scores.detach().float().cpu().numpy(), lost

    def _close_epoch(self, rows: Rows, seconds: float) -> None:
        said = self.machine.together(self.said)
        rate = max(float(group["lr"]) for group in self._optimiser.param_groups)
        self._note(history.LEARNT, said, rows, rate, seconds)
        if len(self.lesson.ask):
            begun = time.monotonic()
            self._note(history.ASKED, self._asked(), self.lesson.ask, rate, time.monotonic() - begun)
        self.at.epoch, self.at.batch = self.at.epoch + 1, 0
        if history.best(self.at.history, self.plan.stop_on) == self.at.epoch:
            self.best = {name: each.detach().clone() for name, each in self.module.state_dict().items()}
            self._write(checkpoint.BEST, self.best, {"epoch": self.at.epoch})
        self.watching.epoch()
        self._keep()

    def _note(self, part: str, said: NDArray[np.float32], rows: Rows, rate: float, seconds: float) -> None:
        lost = self.loss(torch.from_numpy(said), self.target[rows], self.weights[rows])
        told = self.lesson.judged(said, rows)
        place = {"epoch": self.at.epoch + 1, "part": part, "loss": float(lost)}
        self.at.history.append(place | told | {"rate": rate, "seconds": round(seconds, 3)})

    def _asked(self) -> NDArray[np.float32]:
        """Scores (m, k) of the rows that choose the epoch; each process looks at its share of them."""
        rows = self.lesson.ask
        told = np.zeros((len(rows), self.lesson.target.shape[1]), np.float32)
        mine = slice(self.machine.rank, None, self.machine.world)
        told[mine] = self.look(rows[mine])
        return self.machine.together(told)

    def look(self, rows: Rows) -> NDArray[np.float32]:
        """Scores (m, k) of rows as the network stands, whole pictures."""
        self.module.eval()
        told = [np.zeros((0, self.lesson.target.shape[1]), np.float32)]
        with torch.inference_mode(), self.machine.precision():
            for some in batches.cut(rows, _ASKED_AT_ONCE) if len(rows) else []:
                squares = batches.middle(self.lesson.squares[some], self.network.size)
                told.append(self.module(self._seen(batches.tensor(squares))).float().cpu().numpy())
        return np.concatenate(told)

    def _seen(self, pictures: torch.Tensor) -> torch.Tensor:
        return normalised(pictures, self.network.mean, self.network.deviation, self.machine.device)

    # ---- stages and rates

    @property
    def _batches(self) -> int:
        return -(-len(self.lesson.learn) // self.plan.batch)

    def _factor(self, update: int) -> float:
        number, first = self.plan.course.where(self.at.epoch)
        each = -(-self._batches // self.plan.accumulate)
        done, total = (self.at.epoch - first) * each + update, self.plan.course.stages[number].epochs * each
        losses = history.watched(self.at.history, "loss")[first:]
        return self.plan.schedule.at(self.at.epoch - first, (done, total), losses)

    def _enter(self, stage: int) -> None:
        """Let the stage's layers learn, at its rates, by an optimiser of its own."""
        if stage == self._stage:
            return
        self._stage = stage
        told = self.plan.stage(stage, self.at.found)
        self._chosen = learning.trainable(self.module, self.network.head, told.trained)
        learning.set_learning(self.module, self._chosen)
        each = learning.rates(self._chosen, self.network.head, told)
        self._optimiser = learning.optimiser(
            self.plan.optimiser, self._chosen, each, self.plan.momentum, self.plan.weight_decay
        )
        self._running = self.machine.shared(self.module)
        checkpoint.into_optimiser(self.module, self._optimiser, self._remembered)
        self._remembered = {}

    def _is_over(self) -> bool:
        last = self.plan.course.epochs - self.plan.course.stages[-1].epochs
        return history.is_over(self.at.history, self.plan.stop_on, self.plan.patience, last)

    def sweep(self) -> rates.Sweep:
        """Try rising rates on a copy of the first stage's beginning; the network stays as it is.

        Raises
        ------
        ModelError
            If the loss is no number from the first batch on.
        """
        kept = copy.deepcopy(self.module.state_dict())
        self._enter(0)
        rising = rates.rising()
        found = rates.swept(rising, self._tried(rising))
        self.module.load_state_dict(kept)
        self._stage = -1
        return found

    def _tried(self, rising: Any) -> Iterator[float]:
        order = np.concatenate(
            [self.lesson.learn] * (1 + len(rising) * self.plan.batch // len(self.lesson.learn))
        )
        shuffled = chance.generator(self.seed, chance.SWEEP).permutation(order)
        cut = batches.cut(shuffled, self.plan.batch)[: len(rising)]
        learning.set_training(self.module, self._chosen)
        for number, pictures in enumerate(batches.shown(self.looks, 0, cut, self.plan.workers)):
            for group in self._optimiser.param_groups:
                group["lr"] = rising[number]
            lost = self._forward(pictures, cut[number], number)[1]
            self.machine.back(lost)
            self.machine.update(self._optimiser, self.plan.clip)
            yield float(lost.detach())

    # ---- checkpoints

    def _keep(self) -> None:
        if self.folder is None:
            return
        said = self.machine.together(self.said)
        tensors = {
            **checkpoint.of_network(self.module),
            **checkpoint.of_optimiser(self.module, self._optimiser),
            "said": torch.from_numpy(said if self.at.batch else said[:0]),
        }
        self.at.stage, self.at.precision = self._stage, self.machine.state()
        self._write(checkpoint.RUN, tensors, asdict(self.at))

    def _write(self, name: str, tensors: checkpoint.Tensors, about: dict[str, Any]) -> None:
        if self.folder is not None and self.machine.leads:
            checkpoint.write(self.folder / name, tensors, about)

    def _resume(self) -> None:
        stood = None if self.folder is None else checkpoint.read(self.folder / checkpoint.RUN)
        if self.folder is None or stood is None:
            return
        tensors, about = stood
        self.at = Standing(**about)
        checkpoint.into_network(self.module, tensors)
        self.machine.restore(self.at.precision)
        said = tensors["said"].numpy()
        self.said = said if self.machine.leads else np.zeros_like(said)
        best = checkpoint.read(self.folder / checkpoint.BEST)
        self.best = best[0] if best else {}
        on = self.at.epoch < self.plan.course.epochs
        if on and self.plan.course.where(self.at.epoch)[0] == self.at.stage:
            self._remembered = tensors
