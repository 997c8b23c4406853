#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs clang-tidy over all sources that a build folder compiles, or over those that match a regular expression, one
# process per core.
#   bash tests/house/tidy.sh BUILD_FOLDER [REGEX]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1
sources=$(sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$build/compile_commands.json" | grep -v "/$build/" |
  sort -u | grep -E -- "${2:-.}")
echo "clang-tidy: $(echo "$sources" | wc -l) sources"
echo "$sources" | tr '\n' '\0' | xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$build"
