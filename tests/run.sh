#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds and runs the tests. The exit code is 0 when everything asked for has passed.
set -euo pipefail

usage() {
  cat << 'END'
bash tests/run.sh [--slow] [--asan] [--tidy] [--filter REGEX]

Builds the preset `release` in build/release and runs all tests but the slow ones.
  --slow          also whole layers, full batches and everything else that takes long
  --asan          build and test the preset `asan` (address and undefined-behaviour sanitizers) instead
  --tidy          afterwards, clang-tidy over all sources
  --filter REGEX  only tests whose names match
END
}

preset=release
slow=no
tidy=no
filter=()
while [ $# -gt 0 ]; do
  case "$1" in
    --slow) slow=yes ;;
    --asan) preset=asan ;;
    --tidy) tidy=yes ;;
    --filter)
      if [ $# -lt 2 ]; then
        echo "error: --filter needs a regular expression" >&2
        exit 2
      fi
      filter=(--tests-regex "$2")
      shift
      ;;
    --help)
      usage
      exit 0
      ;;
    *)
      echo "error: unknown option '$1'" >&2
      usage >&2
      exit 2
      ;;
  esac
  shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install-packages.sh
packages="$LACUNA_BUILD_PACKAGES $LACUNA_TEST_PACKAGES"
if [ $tidy = yes ]; then packages="$packages clang-tidy"; fi
install_packages $packages

labels=(--label-exclude '^slow$')
if [ $slow = yes ]; then labels=(); fi

cmake --preset $preset $(compiler_launcher) < /dev/null
cmake --build --preset $preset < /dev/null

failed=""
ctest --preset $preset --parallel "$(nproc)" --no-tests=error "${labels[@]}" "${filter[@]}" < /dev/null || failed="tests"
if [ $tidy = yes ]; then bash tests/house/tidy.sh build/$preset || failed="$failed clang-tidy"; fi

if [ -n "$failed" ]; then
  echo "tests/run.sh: FAILED: $failed"
  exit 1
fi
echo "tests/run.sh: passed"
