#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs a build into a scratch prefix, moves that, and uses the program from another folder: it must find its own
# configurations, networks, images and weights, and not those of the source tree.
#   bash install_test.sh CMAKE BUILD_FOLDER
set -euo pipefail
cmake=$1
build=$(cd "$2" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset LACUNA_DATA DESTDIR

fail() {
  echo "install_test: $*"
  exit 1
}

"$cmake" --install "$build" --prefix "$scratch/first" > "$scratch/install.log" || fail "$(cat "$scratch/install.log")"
mv "$scratch/first" "$scratch/moved"  # nothing may remember where it was installed
data="$scratch/moved/share/lacuna"
mkdir "$scratch/elsewhere"
cd "$scratch/elsewhere"
PATH="$scratch/moved/bin:$PATH"
[ "$(command -v lacuna)" = "$scratch/moved/bin/lacuna" ] || fail "no program in bin/"

# Data and program alone: no source is installed.
sources=$(find "$scratch/moved" -name '*.cpp' -o -name '*.hpp' -o -name 'CMakeLists.txt')
[ -z "$sources" ] || fail "installs sources: $sources"

# What is listed is what is installed, whatever lies in the source tree.
for what in chips:configs/chips networks:workloads/networks precisions:configs/precision energy:configs/energy \
  stimuli:workloads/stimuli; do
  folder="$data/${what#*:}"
  listed=$(lacuna list "${what%%:*}" | awk '/^$/ { rest = 1 } !rest' | cut -d' ' -f1 | sort)
  installed=$(cd "$folder" && ls ./*.json | sed 's|^\./||; s|\.json$||' | sort)
  [ -n "$installed" ] || fail "nothing installed in ${what#*:}"
  [ "$listed" = "$installed" ] || fail "lists" $listed "where" $installed "is installed in $folder"
  some=$(echo "$installed" | head -n 1)
  cp "$folder/$some.json" "$folder/only_here.json"
  lacuna list "${what%%:*}" > list.log
  grep -q '^only_here ' list.log || fail "does not list what was added to $folder"
  rm "$folder/only_here.json"
done

find "$data/configs" "$data/workloads" -name '*.json' ! -name '*.schema.json' -print0 | xargs -0 lacuna check > check.log ||
  fail "installed files are not sound: $(cat check.log)"

# A run reads each of its inputs from the installation: without any one of them there it fails.
run() { lacuna run --chip eyeriss --network tiny --batch 1 --out "$1" > "$1.log" 2>&1; }
run whole || fail "lacuna run: $(cat whole.log)"
lacuna report whole/result.json --out report.html > report.log 2>&1 || fail "lacuna report: $(cat report.log)"
[ -s report.html ] || fail "lacuna report wrote nothing"
inputs=$(python3 -c 'import json, sys; [print(entry["path"]) for entry in json.load(open(sys.argv[1]))["inputs"]]' \
  whole/result.json)
[ "$(echo "$inputs" | wc -l)" -ge 5 ] || fail "a run records fewer inputs than it has: $inputs"
for input in $inputs; do
  [ -f "$data/$input" ] || fail "input $input is not installed"
  mv "$data/$input" "$scratch/hidden"
  code=0
  run without || code=$?
  [ $code -eq 2 ] || fail "without $input in the installation, exit code $code"
  mv "$scratch/hidden" "$data/$input"
done
echo "an installed program finds its own data"
