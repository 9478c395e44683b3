"""The network that tags words and names pages: a small transformer that knows where words stand."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from intake.extraction.features import BUCKETS, FACTS, NEIGHBOURS, PAIRS, SHAPES
from intake.extraction.roles_of_words import PAGE_ROLES, WORD_ROLES

WIDE, HEADS, LAYERS, LETTERS = 112, 4, 3, 56
WAVES = (3.0, 6.0, 12.0, 25.0, 50.0, 100.0)
NOT_THERE = -1e4
DROPPED = 0.1


class Layer(nn.Module):
    """Attention in which the way from word to word counts, then two dense layers."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDE), nn.LayerNorm(WIDE)
        self.asks, self.answers = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)
        self.dense = nn.Sequential(nn.Linear(WIDE, 2 * WIDE), nn.GELU(), nn.Linear(2 * WIDE, WIDE))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, words: Tensor, bias: Tensor) -> Tensor:
        """Words (page, word, WIDE) and bias (page, head, word, word) to words."""
        pages, count, _ = words.shape
        parts = (
            self.asks(self.before(words)).view(pages, count, 3, HEADS, WIDE // HEADS).permute(2, 0, 3, 1, 4)
        )
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=bias)
        words = words + self.drop(self.answers(seen.transpose(1, 2).reshape(pages, count, WIDE)))
        mixed: Tensor = words + self.drop(self.dense(self.between(words)))
        return mixed


class Network(nn.Module):
    """From pages to the logits of each word's role, of each page's role, and of a paper starting there."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = nn.Embedding(BUCKETS, LETTERS, padding_idx=0)
        nn.init.normal_(self.letters.weight, 0, 0.15)
        self.norm = nn.LayerNorm(LETTERS)
        known = LETTERS + SHAPES + FACTS
        self.own = nn.Linear(known + 3 + 4 * len(WAVES), WIDE)
        self.around = nn.Linear(NEIGHBOURS * known, WIDE)
        self.ways = nn.Embedding(PAIRS + 1, HEADS)
        nn.init.zeros_(self.ways.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.word_role = nn.Sequential(nn.LayerNorm(WIDE), nn.Linear(WIDE, len(WORD_ROLES)))
        self.page = nn.Sequential(nn.Linear(2 * WIDE, WIDE), nn.GELU(), nn.Dropout(DROPPED))
        self.page_role, self.starts = nn.Linear(WIDE, len(PAGE_ROLES)), nn.Linear(WIDE, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(
        self, grams: Tensor, facts: Tensor, neighbours: Tensor, places: Tensor, pairs: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Arrays of `features.Encoded`, a page a row; `pairs` of PAIRS point to words that are not there."""
        there = (grams[..., :1] > 0).float()
        letters = self.drop(self.norm(self.letters(grams).sum(2)))
        known = torch.cat([letters, facts], -1)
        own = self.own(torch.cat([known, places, _waves(places)], -1))
        words = own + self.around(_gathered(known, neighbours))
        bias = self.ways(pairs) + (pairs == PAIRS).unsqueeze(-1) * NOT_THERE
        bias = bias.permute(0, 3, 1, 2)
        for layer in self.layers:
            words = layer(words, bias)
        mean = (words * there).sum(1) / there.sum(1).clamp(min=1)
        most = (words + (there - 1) * 1e4).max(1).values
        page = self.page(torch.cat([mean, most], -1))
        return self.word_role(words), self.page_role(page), self.starts(page).squeeze(-1)


def _waves(places: Tensor) -> Tensor:
    pages, count, _ = places.shape
    turned = places[..., 0::2].unsqueeze(-1) * torch.tensor(WAVES)
    return torch.cat([torch.sin(turned), torch.cos(turned)], -1).reshape(pages, count, 4 * len(WAVES))


def _gathered(known: Tensor, neighbours: Tensor) -> Tensor:
    """What is known of each word's neighbours; zeros where there is none."""
    pages, count, wide = known.shape
    padded = torch.cat([torch.zeros(pages, 1, wide), known], 1)
    places = (neighbours + 1).reshape(pages, count * NEIGHBOURS, 1).expand(-1, -1, wide)
    return torch.gather(padded, 1, places).reshape(pages, count, NEIGHBOURS * wide)
