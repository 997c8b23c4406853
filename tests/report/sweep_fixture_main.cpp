// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <iostream>

#include "hw/base/error.hpp"
#include "tests/support/sweep_fixture.hpp"

// libsystemc defines a main of its own and calls sc_main: every executable brings its own main and a stub.
extern "C" int sc_main(int, char**) { return 0; }

/// sweep_fixture FILE ROWS COLUMNS REFUSED MISSING: makes the database of a sweep that was not simulated.
int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  if (argc != 6) return 2;
  try {
    lacuna::make_sweep_database(argv[1],
                                {std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]), std::atoi(argv[5])});
  } catch (const lacuna::Error& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
