// SPDX-License-Identifier: Apache-2.0
// The conformance tests, and one case on its own: conformance --case '{...}', as a failing test prints it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/conformance/one_case.hpp"

extern "C" int sc_main(int, char**) { return 0; }

int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  if (argc == 3 && std::string(argv[1]) == "--case") {
    return lacuna::test::run_case(argv[2], std::cout, std::cerr);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
