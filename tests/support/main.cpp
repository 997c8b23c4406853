// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_main.hpp"

int main(int argc, char** argv) { return lacuna::test::run_tests(argc, argv); }
