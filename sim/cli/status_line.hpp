// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// One line on standard error that is written over and over: on a terminal only, and gone when it is destroyed.
class StatusLine {
 public:
  StatusLine();
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  bool on() const { return on_; }
  /// "[####....] text": `share` of the bar, from 0 to 1, is filled.
  void show(double share, const std::string& text);
  void clear();

 private:
  const bool on_;
  std::size_t shown_ = 0;  ///< characters
};

}  // namespace lacuna
