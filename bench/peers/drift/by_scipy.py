import json
import sys

import pandas as pd
from scipy.stats import chi2_contingency, ks_2samp

current, reference = (pd.read_parquet(path) for path in sys.argv[1:3])
verdict = []
for name in current.columns:
    a, b = current[name], reference[name]
    if pd.api.types.is_numeric_dtype(a):
        effect = ks_2samp(a, b, method="asymp").statistic
    else:
        counts = pd.concat([a.value_counts(), b.value_counts()], axis=1).fillna(0)
        chi2_contingency(counts.T)
        shares = counts / counts.sum()
        effect = (shares.iloc[:, 0] - shares.iloc[:, 1]).abs().max()
    if effect > 0.1:
        verdict.append(name)
print(json.dumps({"verdict": sorted(verdict)}))
