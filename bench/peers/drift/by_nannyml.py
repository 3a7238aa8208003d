import json
import sys

import nannyml as nml
import pandas as pd

current, reference = (pd.read_parquet(path) for path in sys.argv[1:3])
limit = nml.thresholds.ConstantThreshold(upper=0.1)
calculator = nml.UnivariateDriftCalculator(
    column_names=list(current.columns),
    treat_as_categorical=[name for name in current.columns if name.startswith("c")],
    continuous_methods=["kolmogorov_smirnov"],
    categorical_methods=["l_infinity"],
    thresholds={"kolmogorov_smirnov": limit, "l_infinity": limit},
    chunk_number=1,
)
calculator.fit(reference)
found = calculator.calculate(current).filter(period="analysis").to_df()
verdict = [
    name
    for name in current.columns
    if found[(name, "kolmogorov_smirnov" if name.startswith("n") else "l_infinity", "alert")].any()
]
print(json.dumps({"verdict": sorted(verdict)}))
