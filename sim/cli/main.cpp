// SPDX-License-Identifier: Apache-2.0
#include <iostream>

// libsystemc defines a main of its own and calls sc_main: every executable brings its own main and a stub.
extern "C" int sc_main(int, char**) { return 0; }

int main() {
  std::cout << "lacuna\n";
  return 0;
}
