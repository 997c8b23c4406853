#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compares what the program computes today with results that are committed, byte for byte but for git revision and
# compiler, or writes them anew. SET is a folder beside this script: its file `cases` has one run a line,
#   NAME csv|json OPTIONS OF lacuna run...     --chip eyeriss where they name no chip
# `csv` keeps layers.csv (NAME.csv) and the sums of result.json (NAME.totals), `json` all of result.json (NAME.json).
#   bash golden.sh compare|update [SET] [PROGRAM] [LEVEL]   by default the set tiny, build/release/lacuna, clocked
# Results of another level are compared with those of the clocked one: all but the level itself must be the same.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
verb=${1:-}
set="$here/${2:-tiny}"
program=$(realpath "${3:-$here/../../build/release/lacuna}")
level=${4:-clocked}
if [ "$verb" != compare ] && [ "$verb" != update ]; then
  echo "golden.sh: found '$verb'; allowed compare, update" >&2
  exit 2
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset LACUNA_DATA
cd "$scratch"
mkdir new

keep() { # NAME csv|json: what is compared of the result in out/
  if [ "$2" = json ]; then
    sed -E 's/^(    "(git_revision|compiler)": ).*[^,](,?)$/\1"-"\3/; s/^(      "level": )"'"$level"'"/\1"clocked"/' out/result.json > "new/$1.json"
  else
    cp out/layers.csv "new/$1.csv"
    sed -n '/^  "totals": {/,/^    "prices": /p' out/result.json | sed '1d;$d' > "new/$1.totals"
  fi
}

tall() { # FILE: a table with one line per layer and column, to see what differs
  case "$1" in
    *.csv) awk -F, 'NR == 1 { split($0, head) } NR > 1 { for (i = 2; i <= NF; ++i) print $1, head[i], $i }' "$1" ;;
    *) cat "$1" ;;
  esac
}

while read -r name kept options; do
  if [ -z "$name" ] || [ "${name#\#}" != "$name" ]; then continue; fi
  chip="--chip eyeriss"
  if [[ " $options " == *" --chip "* ]]; then chip=""; fi
  # Unquoted: the options are separate words.
  "$program" run $chip $options --level "$level" --out out > log 2>&1 < /dev/null || {
    echo "golden.sh: $name: lacuna run $options: $(cat log)"
    exit 1
  }
  keep "$name" "$kept"
done < "$set/cases"

if [ "$verb" = update ]; then
  find "$set" -name '*.csv' -delete -o -name '*.totals' -delete -o -name '*.json' -delete
  cp new/* "$set/"
  echo "golden.sh: written: $(ls new | wc -l) files in $set"
  exit 0
fi
(cd "$set" && ls) | grep -v '^cases$' > old.names
ls new > new.names
diff old.names new.names || { echo "golden.sh: the files of $set are not those of its cases"; exit 1; }
[ -s new.names ]
failed=0
while read -r file; do
  cmp -s "$set/$file" "new/$file" && continue
  failed=1
  echo "golden.sh: $file is not what is committed (<):"
  tall "$set/$file" > old.tall
  tall "new/$file" > new.tall
  diff old.tall new.tall | head -n 40
done < new.names
exit $failed
