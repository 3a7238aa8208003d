"""Trains two classifiers of penguins on every other row and writes them as ONNX: pip install scikit-learn skl2onnx pandas"""

import json
import sys
from pathlib import Path

import pandas as pd
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

here = Path(__file__).parent
path = sys.argv[1] if len(sys.argv) > 1 else here / "../../node_modules/vega-datasets/data/penguins.json"
rows = pd.DataFrame(json.loads(Path(path).read_text())).dropna()
train = rows.iloc[::2]
numbers = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"]
kinds = ["Island", "Sex"]
types = [(name, FloatTensorType([None, 1])) for name in numbers] + [(name, StringTensorType([None, 1])) for name in kinds]


def write(name, model):
    model.fit(train[numbers + kinds], train["Species"])
    onnx = to_onnx(model, initial_types=types, options={"zipmap": False})
    (here / "models" / name).write_bytes(onnx.SerializeToString())


columns = make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), kinds))
write("penguins-1.onnx", make_pipeline(columns, DecisionTreeClassifier(max_depth=4, random_state=0)))
write("penguins-2.onnx", make_pipeline(columns, LogisticRegression()))
