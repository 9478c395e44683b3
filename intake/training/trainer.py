"""Teaching the network, and writing it down for the reader."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader

from intake.extraction.features import FACTS, GRAMS, NEIGHBOURS, PAIRS, SHAPES
from intake.training.batches import UNKNOWN, Batch, Stream
from intake.training.network import Network

BATCH, RATE, WARM_UP, STEEPEST = 16, 2.5e-3, 150, 1.0
GOING_ON_RATE, GOING_ON_WARM_UP = 1.8e-3, 30
PAGE_ROLE_COUNTS, STARTS_COUNTS = 0.2, 0.1
SMOOTHING = 0.01
REPORT_EVERY = 50
INPUTS = ("grams", "facts", "neighbours", "places", "pairs")
OUTPUTS = ("word_roles", "page_role", "starts")


@dataclass(frozen=True)
class Learned:
    """A network that has learned, and how it went."""

    network: Network
    pages: int
    seconds: float
    loss: float


def learn(
    *, seed: int, steps: int, say: Callable[[str], object], start: Path | None = None, broken_off: int = 0
) -> Learned:
    """Teach a network so many steps of BATCH pages, on one thread. The seed decides everything.

    It begins with nothing, or with the weights that an earlier run left at `start`. `broken_off`: end after
    this step, although the rate falls as if there were more to come.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    network = Network()
    if start:
        network.load_state_dict(torch.load(start))
    rate, warm_up = (GOING_ON_RATE, GOING_ON_WARM_UP) if start else (RATE, WARM_UP)
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=0.01, betas=(0.9, 0.98))
    stream = DataLoader(Stream(seed, BATCH), batch_size=None, num_workers=1, prefetch_factor=16)
    started, pages, usual = time.monotonic(), 0, math.nan
    for step, batch in zip(range(broken_off or steps), stream, strict=False):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / warm_up) * max(0.0, 1 - step / steps) ** 0.7
        loss = loss_of(network, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), STEEPEST)
        optimizer.step()
        pages += len(batch.page_role)
        usual = loss.item() if math.isnan(usual) else 0.98 * usual + 0.02 * loss.item()
        if step % REPORT_EVERY == 0:
            say(f"{time.monotonic() - started:.0f} s, step {step} of {steps}, loss {usual:.4f}")
    return Learned(network.eval(), pages, time.monotonic() - started, usual)


def loss_of(network: Network, batch: Batch) -> torch.Tensor:
    """How far the network is from the truth."""
    words, page, starts = network(*batch.inputs)
    by_word = functional.cross_entropy(
        words.flatten(0, 1), batch.word_roles.flatten(), ignore_index=UNKNOWN, label_smoothing=SMOOTHING
    )
    by_page = functional.cross_entropy(page, batch.page_role, label_smoothing=SMOOTHING)
    by_start = functional.binary_cross_entropy_with_logits(starts, batch.starts)
    return by_word + PAGE_ROLE_COUNTS * by_page + STARTS_COUNTS * by_start


def write(network: Network, path: Path) -> None:
    """The network as ONNX, its tables in half precision."""
    words = 7
    like = (
        torch.ones(1, words, GRAMS, dtype=torch.int64),
        torch.zeros(1, words, SHAPES + FACTS),
        torch.full((1, words, NEIGHBOURS), -1),
        torch.zeros(1, words, 3),
        torch.full((1, words, words), PAIRS - 1),
    )
    several = {1: "words"}
    axes = {**dict.fromkeys(INPUTS[:4], several), "pairs": {1: "words", 2: "words"}, "word_roles": several}
    torch.onnx.export(
        network,
        like,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    _halve(path)


def _halve(path: Path) -> None:
    """Store the large weights as 16-bit numbers; the network still reckons in 32."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type == TensorProto.FLOAT and len(weight.raw_data) > 4096:
            name = weight.name
            half = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), f"{name}_half")
            weight.CopyFrom(half)
            casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))
