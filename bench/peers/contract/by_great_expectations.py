import json
import sys

import great_expectations as gx
import great_expectations.expectations as expect
import pandas as pd

path, spec = sys.argv[1], json.load(open(sys.argv[2]))
table = pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path)
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("data")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": table})
suite = gx.ExpectationSuite(name="suite")
for one in spec:
    about, kind = {"column": one["column"], "meta": {"name": one["name"]}}, one["kind"]
    if kind == "notnull":
        expectation = expect.ExpectColumnValuesToNotBeNull(**about)
    elif kind == "range":
        expectation = expect.ExpectColumnValuesToBeBetween(min_value=one["min"], max_value=one["max"], **about)
    elif kind == "set":
        expectation = expect.ExpectColumnValuesToBeInSet(value_set=one["values"], **about)
    elif kind == "regex":
        expectation = expect.ExpectColumnValuesToMatchRegex(regex=one["pattern"], **about)
    elif kind == "length":
        expectation = expect.ExpectColumnValueLengthsToBeBetween(min_value=one["min"], max_value=one["max"], **about)
    else:
        expectation = expect.ExpectColumnValuesToBeUnique(**about)
    suite.add_expectation(expectation)
verdict = {}
for result in batch.validate(suite, result_format="BASIC").results:
    if result.exception_info.get("raised_exception"):
        raise SystemExit(str(result.exception_info)[:500])
    verdict[result.expectation_config.meta["name"]] = result.result["unexpected_count"]
print(json.dumps({"verdict": verdict}))
