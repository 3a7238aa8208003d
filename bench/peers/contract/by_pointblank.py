import json
import sys

import pointblank as pb
import polars as pl

path, spec = sys.argv[1], json.load(open(sys.argv[2]))
table = pl.read_parquet(path) if path.endswith(".parquet") else pl.read_csv(path, try_parse_dates=True)
asked = pb.Validate(data=table)
for one in spec:
    column, kind = one["column"], one["kind"]
    if kind == "notnull":
        asked = asked.col_vals_not_null(columns=column)
    elif kind == "range":
        asked = asked.col_vals_between(columns=column, left=one["min"], right=one["max"], na_pass=True)
    elif kind == "set":
        asked = asked.col_vals_in_set(columns=column, set=[*one["values"], None])
    elif kind == "regex":
        asked = asked.col_vals_regex(columns=column, pattern=one["pattern"], na_pass=True)
    elif kind == "length":
        between = pl.col(column).str.len_chars().is_between(one["min"], one["max"])
        asked = asked.col_vals_expr(expr=between.fill_null(True))
    else:
        asked = asked.rows_distinct(columns_subset=column)
failed = asked.interrogate().n_failed()
print(json.dumps({"verdict": {one["name"]: int(failed[i + 1]) for i, one in enumerate(spec)}}))
