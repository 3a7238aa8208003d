import json
import sys
from collections import defaultdict

import pandera.polars as pa
import polars as pl

path, spec = sys.argv[1], json.load(open(sys.argv[2]))
table = pl.read_parquet(path) if path.endswith(".parquet") else pl.read_csv(path, try_parse_dates=True)


def check(constraint):
    kind = constraint["kind"]
    if kind == "range":
        return pa.Check.in_range(constraint["min"], constraint["max"], name="range")
    if kind == "set":
        return pa.Check.isin(constraint["values"], name="set")
    if kind == "regex":
        return pa.Check.str_matches(constraint["pattern"], name="regex")
    return pa.Check.str_length(constraint["min"], constraint["max"], name="length")


columns = defaultdict(list)
for one in spec:
    columns[one["column"]].append(one)
schema = {}
for name, asked in columns.items():
    kinds = [one["kind"] for one in asked]
    checks = [check(one) for one in asked if one["kind"] not in ("notnull", "unique")]
    schema[name] = pa.Column(checks=checks, nullable="notnull" not in kinds, unique="unique" in kinds)
counts = {one["name"]: 0 for one in spec}
try:
    pa.DataFrameSchema(schema).validate(table, lazy=True)
except pa.errors.SchemaErrors as errors:
    kinds = {"not_nullable": "notnull", "field_uniqueness": "unique", "in_range": "range", "isin": "set", "str_matches": "regex", "str_length": "length"}
    for column, name, count in errors.failure_cases.group_by("column", "check").len().iter_rows():
        name = name.split("(")[0]
        counts[f"{kinds.get(name, name)}.{column}"] = count
print(json.dumps({"verdict": counts}))
