"""Classifiers of tumours, trained on the data that scikit-learn brings; even rows train them, odd rows are for the test."""

import json
import sys

from assay_model import serve
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

data = load_breast_cancer()
names = [name.replace(" ", "_") for name in data.feature_names]

if sys.argv[1:] == ["rows"]:
    for row, label in zip(data.data[1::2], data.target[1::2]):
        print(json.dumps({**dict(zip(names, row.tolist())), "label": data.target_names[label]}))
    sys.exit()

models = {
    "linear": make_pipeline(StandardScaler(), LogisticRegression()),
    "forest": RandomForestClassifier(n_estimators=30, random_state=0),
}
model = models[sys.argv[1]].fit(data.data[::2], data.target[::2])


def predict(row):
    shares = model.predict_proba([[row[name] for name in names]])[0]
    return {"label": str(data.target_names[shares.argmax()]), "scores": dict(zip(map(str, data.target_names), shares.tolist()))}


serve(predict)
