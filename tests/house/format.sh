#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks the format of all C++ sources against .clang-format. Exits 77 (skipped) without clang-format.
#   bash tests/house/format.sh [--fix]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! command -v clang-format > /dev/null; then
  echo "SKIPPED: no clang-format here, the format of the sources is not checked"
  exit 77
fi
mode=(--dry-run --Werror)
if [ "${1:-}" = --fix ]; then mode=(-i); fi
find hw workloads sim analysis tests \( -name '*.cpp' -o -name '*.hpp' \) -print0 |
  xargs -0 clang-format "${mode[@]}"
