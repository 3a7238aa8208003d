import json
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

current, reference = (pd.read_parquet(path) for path in sys.argv[1:3])
found = Report([DataDriftPreset()]).run(current, reference).dict()
verdict = []
for metric in found["metrics"]:
    column = metric.get("config", {}).get("column")
    if column is not None and metric["value"] > 0.1:
        verdict.append(column)
print(json.dumps({"verdict": sorted(verdict)}))
