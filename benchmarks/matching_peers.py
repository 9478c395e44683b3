"""The same people linked by recordlinkage and by Splink, untrained, as their documentation advises.

Neither is a dependency of the project: `pip install recordlinkage splink`, and what is absent is left out.
"""

import logging
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

Row = dict[str, str]
Pair = tuple[int, int]
BLOCKS = ("given_name", "surname", "date_of_birth", "postcode", "phone", "member_id")
LIKE = ("given_name", "surname", "address_1", "suburb")
EQUAL = ("date_of_birth", "postcode", "state", "street_number", "phone", "member_id", "sex")
AGREEMENTS = 3  # of the fields compared, more than these agree: the rule of recordlinkage's tutorial


def installed() -> list[str]:
    """Which of the peers are here."""
    return [name for name in ("recordlinkage", "splink") if find_spec(name)]


def pairs_by(name: str, rows: Sequence[Row]) -> set[Pair]:
    """The pairs of positions that a peer calls one person."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    return {"recordlinkage": _recordlinkage, "splink": _splink}[name](_frame(rows))


def _frame(rows: Sequence[Row]) -> Any:
    """A data frame of the columns that hold anything; missing values are None."""
    import pandas

    frame = pandas.DataFrame(rows).replace({"": None}).dropna(axis="columns", how="all")
    frame["unique_id"] = range(len(frame))
    return frame.set_index("unique_id", drop=False)


def _recordlinkage(frame: Any) -> set[Pair]:
    import recordlinkage

    index, compare = recordlinkage.Index(), recordlinkage.Compare()
    for column in frame.columns.intersection(BLOCKS):
        index.block(column)
    for column in frame.columns.intersection(LIKE):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in frame.columns.intersection(EQUAL):
        compare.exact(column, column, label=column)
    features = compare.compute(index.index(frame), frame)
    return {(min(pair), max(pair)) for pair in features[features.sum(axis=1) > AGREEMENTS].index}


def _splink(frame: Any) -> set[Pair]:
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    comparisons = [
        compare.NameComparison("given_name"),
        compare.NameComparison("surname"),
        compare.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        compare.LevenshteinAtThresholds("postcode", [1]),
        compare.JaroWinklerAtThresholds("address_1", [0.9, 0.75]),
        compare.JaroWinklerAtThresholds("suburb", [0.9]),
        *(
            compare.ExactMatch(name)
            for name in frame.columns.intersection(["state", "sex", "phone", "member_id"])
        ),
    ]
    together = ["given_name surname", "postcode surname", "postcode given_name", "suburb street_number"]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[
            block_on("date_of_birth"),
            *(block_on(*names.split()) for names in [*together, "surname street_number"]),
        ],
    )
    database = DuckDBAPI()
    linker = Linker(database.register(frame), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "date_of_birth")], recall=0.4
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for column in ("date_of_birth", "surname"):
        training.estimate_parameters_using_expectation_maximisation(block_on(column))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return {(min(pair), max(pair)) for pair in zip(found.unique_id_l, found.unique_id_r, strict=True)}
