// SPDX-License-Identifier: Apache-2.0
// libsystemc defines a main of its own and calls sc_main: every executable brings its own main and a stub.
#include "tests/support/test_main.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

extern "C" int sc_main(int, char**) { return 0; }

namespace lacuna::test {

void prepare_environment() {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  setenv("LACUNA_CACHE", "off", 1);  // tests start from nothing, and leave nothing behind
}

int run_tests(int argc, char** argv) {
  prepare_environment();
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

}  // namespace lacuna::test
