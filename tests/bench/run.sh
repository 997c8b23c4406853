#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds and runs the benchmarks: user CPU time and ratios, no pass or fail. Options are those of Google Benchmark, such as
#   bash tests/bench/run.sh --benchmark_filter=Event --benchmark_out=bench.json --benchmark_out_format=json
set -euo pipefail
here="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source cmake/install-packages.sh
install_packages $LACUNA_BUILD_PACKAGES $LACUNA_TEST_PACKAGES libbenchmark-dev
cmake --preset release $(compiler_launcher) < /dev/null
cmake --build --preset release --target bench < /dev/null
program="$PWD/build/release/tests/bench"
cd "$here"
exec "$program" "$@"
