import json
import sys

import polars as pl

path, spec = sys.argv[1], json.load(open(sys.argv[2]))
table = pl.scan_parquet(path) if path.endswith(".parquet") else pl.scan_csv(path, try_parse_dates=True)


def failing(constraint):
    column, kind = pl.col(constraint["column"]), constraint["kind"]
    if kind == "notnull":
        return column.null_count()
    if kind == "range":
        return (~column.is_between(constraint["min"], constraint["max"])).sum()
    if kind == "set":
        return (~column.is_in(constraint["values"])).sum()
    if kind == "regex":
        return (~column.str.contains(constraint["pattern"])).sum()
    if kind == "length":
        return (~column.str.len_chars().is_between(constraint["min"], constraint["max"])).sum()
    return (column.is_duplicated() & column.is_not_null()).sum()


found = table.select([failing(one).alias(one["name"]) for one in spec]).collect()
print(json.dumps({"verdict": {name: int(values[0]) for name, values in found.to_dict(as_series=False).items()}}))
