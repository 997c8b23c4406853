// SPDX-License-Identifier: Apache-2.0
// The conformance tests, and one case on its own: conformance --case '{...}', as a failing test prints it.
#include <iostream>

#include "tests/conformance/one_case.hpp"
#include "tests/support/test_main.hpp"

int main(int argc, char** argv) {
  using namespace lacuna::test;
  if (argc < 2 || std::string(argv[1]) != "--case") return run_tests(argc, argv);
  if (argc != 3) {
    std::cerr << "usage: " << argv[0] << " --case '{...}'\n";
    return 2;
  }
  prepare_environment();
  return run_case(argv[2], std::cout, std::cerr);
}
