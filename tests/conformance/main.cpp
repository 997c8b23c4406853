// SPDX-License-Identifier: Apache-2.0
// The conformance tests, and one case on its own: conformance --case '{...}', as a failing test prints it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "hw/base/error.hpp"
#include "tests/support/level_comparison.hpp"

extern "C" int sc_main(int, char**) { return 0; }

namespace {

int run_case(const std::string& text) {
  using namespace lacuna;
  try {
    const test::LayerCase c = test::case_from_json(text);
    const std::vector<std::string> lines = test::level_differences(c);
    for (const std::string& line : lines) std::cout << line << "\n";
    std::cout << (lines.empty() ? "both levels agree\n" : "(clocked, event)\n");
    return lines.empty() ? 0 : 1;
  } catch (const Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    return 2;
  }
}

}  // namespace

int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  if (argc == 3 && std::string(argv[1]) == "--case") return run_case(argv[2]);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
