#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a bare Debian 12 to the energy of AlexNet: installs what is missing, builds the program and runs AlexNet on Eyeriss
# with a photograph. The results go to lacuna-out in the folder that it is called from.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source "$root/cmake/install-packages.sh"
install_packages $LACUNA_BUILD_PACKAGES

echo "building in $root/build/quickstart"
cmake -S "$root" -B "$root/build/quickstart" -G Ninja -DCMAKE_BUILD_TYPE=Release -DLACUNA_TESTS=OFF \
  $(compiler_launcher) < /dev/null
cmake --build "$root/build/quickstart" < /dev/null

"$root/build/quickstart/lacuna" run --chip eyeriss --network alexnet --out lacuna-out
echo
echo "the results are in $PWD/lacuna-out; the program is $root/build/quickstart/lacuna"
