# SPDX-License-Identifier: Apache-2.0
# For scripts that start from a bare Debian 12, to be sourced. install_packages NAME... installs those of the named
# packages that are missing, as root or through sudo, and touches no network when none is.

# What the program is built from, and what the tests need on top.
LACUNA_BUILD_PACKAGES="g++ cmake ninja-build pkg-config libsystemc-dev libhwy-dev libxxhash-dev nlohmann-json3-dev libboost-program-options-dev
  libpng-dev libjpeg-dev libssl-dev libyaml-cpp-dev libzip-dev
  libsqlitecpp-dev"
LACUNA_TEST_PACKAGES="libgtest-dev libvalijson-dev python3 clang-format chromium python3-pandas"

missing_packages() {
  local name
  for name in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$name" 2> /dev/null | grep -qx installed || echo "$name"
  done
}

install_packages() {
  local missing as_root=""
  if ! command -v dpkg-query > /dev/null; then
    echo "not a Debian: taking these for installed: $*" >&2
    return 0
  fi
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    if ! command -v sudo > /dev/null; then
      echo "error: neither root nor sudo to install: $missing" >&2
      return 1
    fi
  fi
  echo "installing: $missing"
  # Unquoted: the names are separate words. A new machine may still hold the lock for updates of its own.
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update < /dev/null &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends $missing < /dev/null
}

# The compiler cache as an option of cmake, where there is one.
compiler_launcher() {
  if command -v ccache > /dev/null; then echo "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
}
