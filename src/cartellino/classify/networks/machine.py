"""The machine that trains: its device, its precision, and the processes that share the work.

Accelerate finds the device and, under ``accelerate launch``, averages the gradients of several processes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cartellino.errors import InputError, MissingExtraError

PRECISIONS = ("auto", "float32", "bfloat16", "float16")


class Machine:
    """What runs the network.

    Parameters
    ----------
    precision : str
        'float32'; 'bfloat16' or 'float16' for products and convolutions, where the device can; 'auto': the
        best of them on a graphics card, float32 elsewhere.

    Raises
    ------
    MissingExtraError
        If Accelerate is not installed.
    InputError
        If the device cannot do what is asked.
    """

    def __init__(self, precision: str = "float32") -> None:
        try:
            from accelerate import Accelerator
        except ModuleNotFoundError as error:
            raise MissingExtraError("Training a network", "train") from error
        self._accelerator: Any = Accelerator()
        self.device: torch.device = self._accelerator.device
        self.rank, self.world = self._accelerator.process_index, self._accelerator.num_processes
        self.half = _half(precision, self.device)
        self._scaler = torch.amp.GradScaler(self.device.type, enabled=self.half is torch.float16)

    @property
    def leads(self) -> bool:
        """Whether this is the process that writes and reports."""
        return bool(self._accelerator.is_main_process)

    def shared(self, module: nn.Module) -> nn.Module:
        """The network on the device, its gradients averaged over processes if there are several."""
        prepared: nn.Module = self._accelerator.prepare_model(module)
        return prepared

    def precision(self) -> torch.autocast:
        """Where products run in half precision, if they do."""
        return torch.autocast(self.device.type, self.half, enabled=self.half is not None)

    def back(self, loss: torch.Tensor) -> None:
        """Add a loss's gradients."""
        torch.autograd.backward(self._scaler.scale(loss))

    def update(self, optimiser: torch.optim.Optimizer, clip: float | None) -> None:
        """Make a step with the gradients, their joint length at most `clip`, and forget them."""
        if clip is not None:
            self._scaler.unscale_(optimiser)
            learnt = [each for group in optimiser.param_groups for each in group["params"]]
            nn.utils.clip_grad_norm_(learnt, clip)
        self._scaler.step(optimiser)
        self._scaler.update()
        optimiser.zero_grad(set_to_none=True)

    def together(self, said: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sum over processes of arrays in which each filled its own rows."""
        if self.world == 1:
            return said
        reduced = self._accelerator.reduce(torch.from_numpy(said).to(self.device), "sum")
        summed: NDArray[np.float32] = reduced.cpu().numpy()
        return summed

    def state(self) -> dict[str, Any]:
        """What half precision has to remember between steps."""
        told: dict[str, Any] = self._scaler.state_dict()
        return told

    def restore(self, told: dict[str, Any]) -> None:
        """Take up what `state` gave."""
        if told and self._scaler.is_enabled():
            self._scaler.load_state_dict(told)


def _half(precision: str, device: torch.device) -> torch.dtype | None:
    if precision == "float32" or (precision == "auto" and device.type != "cuda"):
        return None
    if precision == "auto":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    if precision == "float16" and device.type == "cpu":
        raise InputError(
            "a processor does not train in float16", "precision", "Take 'auto', 'bfloat16' or 'float32'."
        )
    return torch.bfloat16 if precision == "bfloat16" else torch.float16
