import json
import sys

import numpy as np
import polars as pl

current, reference = (pl.read_parquet(path) for path in sys.argv[1:3])


def largest_difference(a, b):
    a, b = np.sort(a), np.sort(b)
    both = np.concatenate([a, b])
    shares = np.searchsorted(a, both, side="right") / len(a) - np.searchsorted(b, both, side="right") / len(b)
    return np.abs(shares).max()


def largest_share(a, b):
    shares = [side.value_counts(normalize=True) for side in (a, b)]
    joined = shares[0].join(shares[1], on=a.name, how="full", suffix="_other")
    return (joined["proportion"].fill_null(0) - joined["proportion_other"].fill_null(0)).abs().max()


verdict = []
for name in current.columns:
    a, b = current[name], reference[name]
    effect = largest_difference(a.to_numpy(), b.to_numpy()) if a.dtype.is_numeric() else largest_share(a, b)
    if effect > 0.1:
        verdict.append(name)
print(json.dumps({"verdict": sorted(verdict)}))
