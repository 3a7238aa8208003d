"""Serves a function as a model: a line of JSON for each input on stdin, a line for each prediction on stdout."""

import json
import sys


def serve(predict):
    """`predict` takes one input. What it prints goes to stderr, so that stdout holds nothing but predictions."""
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        prediction = predict(json.loads(line))
        if hasattr(prediction, "tolist"):
            prediction = prediction.tolist()
        print(json.dumps(prediction), file=out, flush=True)
