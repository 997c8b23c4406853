#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a clone to a Pareto front in ten minutes: builds the program where it is missing, runs a sweep, and leaves the front as
# a figure (SVG) and a table (CSV), and the whole sweep as a report (HTML).
#
#     bash configs/sweeps/tutorial.sh [FOLDER]          (FOLDER: lacuna-tutorial by default)
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
folder="${1:-lacuna-tutorial}"
mkdir -p "$folder"
cd "$folder"

if ! command -v lacuna > /dev/null; then
  bash "$root/sim/quickstart.sh"
  PATH="$root/build/quickstart:$PATH"
fi

step() { printf '\n== %s\n' "$1"; }
show() {
  printf '$ %s\n' "$*"
  "$@"
}

step "1. A sweep is a file: an experiment, and axes that change it. This one changes the shape of Eyeriss's PE array."
show cat "$root/configs/sweeps/array_shape.json"

step "2. Run it. Every point gets mappings of its own. Stop it when you like: the same command goes on."
show lacuna sweep array_shape --out array_shape.db

step "3. Nothing is run twice."
show lacuna sweep array_shape --out array_shape.db

step "4. The Pareto front: no other array is as good in energy, time and area, and better in one."
show lacuna pareto array_shape.db --csv pareto.csv

step "5. Another question to the same points: energy and time alone, of chips below 3 mm2."
show lacuna pareto array_shape.db --objectives energy_total_pj,total_ms --where "area_mm2 < 3"

step "6. One point by itself, layer by layer, with everything that its figures rest on."
show lacuna run --chip eyeriss --network alexnet --energy generic_45nm --layers conv3 --set /chip/array/rows=6 \
  --set /chip/array/columns=28 --out one
show lacuna explain /layers/conv3/energy_pj/filter_spad --from one/result.json

step "7. The report: a page that opens by double-click, and its figures as SVG."
show lacuna report array_shape.db --out report.html --svg figures

step "8. All results as a table, for pandas or a spreadsheet."
show lacuna export array_shape.db --csv results.csv

printf '\nIn %s: the front in pareto.csv and figures/, the report in report.html, all points in results.csv.\n' "$PWD"
