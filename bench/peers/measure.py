"""Runs a command and prints what it cost, with all processes it started: CPU seconds, the greatest of their peaks in MB."""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
lines = done.stdout.strip().splitlines()
print(json.dumps({
    "code": done.returncode,
    "last": lines[-1] if lines else "",
    "output": (done.stdout[-1500:] + done.stderr[-1500:]).strip(),
    "cpu": used.ru_utime + used.ru_stime,
    "wall": wall,
    "peak": peak,
}))
