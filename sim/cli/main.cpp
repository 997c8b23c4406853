// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "sim/cli/command_line.hpp"

// libsystemc defines a main of its own and calls sc_main: every executable brings its own main and a stub.
extern "C" int sc_main(int, char**) { return 0; }

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond a limit fails like one to a full disk, with a message
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 1);
  return lacuna::command_line({argv + 1, argv + argc}, std::cout, std::cerr);
}
