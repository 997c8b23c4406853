// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "tests/support/sweep_fixture.hpp"

// libsystemc defines a main of its own and calls sc_main: every executable brings its own main and a stub.
extern "C" int sc_main(int, char**) { return 0; }

/// sweep_fixture FILE ROWS COLUMNS REFUSED MISSING: makes the database of a sweep that was not simulated.
int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  if (argc != 6) return 2;
  try {
    const auto number = [&](int i) { return std::stoi(argv[i]); };
    lacuna::make_sweep_database(argv[1], {number(2), number(3), number(4), number(5)});
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
