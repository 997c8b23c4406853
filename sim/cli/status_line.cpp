// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/status_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace lacuna {

StatusLine::StatusLine() : on_(isatty(STDERR_FILENO) == 1) {}

void StatusLine::show(double share, const std::string& text) {
  constexpr std::size_t kWidth = 40;
  if (!on_) return;
  const auto filled = static_cast<std::size_t>(kWidth * std::clamp(share, 0.0, 1.0));
  std::string line = "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') + "] " + text;
  const std::size_t length = line.size();
  if (length < shown_) line += std::string(shown_ - length, ' ');
  shown_ = length;
  std::cerr << '\r' << line << std::flush;
}

void StatusLine::clear() {
  if (shown_ > 0) std::cerr << '\r' << std::string(shown_, ' ') << '\r' << std::flush;
  shown_ = 0;
}

}  // namespace lacuna
