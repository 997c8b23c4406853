#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tutorial with the built program, as a user would after a build, and looks at what it leaves.
#     bash tutorial_test.sh ROOT PROGRAM
set -euo pipefail
root="$1"
program="$2"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
PATH="$(dirname "$program"):$PATH" bash "$root/configs/sweeps/tutorial.sh" out > log || {
  cat log
  echo "the tutorial ended with an error"
  exit 1
}
grep -q "48 kept, 0 run" log
for file in pareto.csv results.csv report.html array_shape.db one/result.json; do
  [ -s "out/$file" ] || { echo "the tutorial left no $file"; exit 1; }
done
[ "$(wc -l < out/results.csv)" -eq 49 ] # a header and 48 points
ls out/figures/*.svg > /dev/null
# pandas reads what it left, where pandas is there; the reader of Python itself does in any case.
python3 - << 'END'
import csv, sqlite3
rows = list(csv.DictReader(open("out/results.csv")))
best = min(rows, key=lambda row: float(row["energy_total_pj"]))
stored = sqlite3.connect("out/array_shape.db").execute("SELECT min(energy_total_pj) FROM results").fetchone()[0]
assert float(best["energy_total_pj"]) == stored, (best, stored)
front = list(csv.DictReader(open("out/pareto.csv")))
assert {"position", "rows", "columns", "energy_total_pj", "total_ms", "area_mm2"} <= set(front[0]), front[0]
END
