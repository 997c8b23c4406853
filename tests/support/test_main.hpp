// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace lacuna::test {

/// Sets the environment that every test program runs in.
void prepare_environment();

/// What the main of a test program does.
int run_tests(int argc, char** argv);

}  // namespace lacuna::test
