// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lacuna {

/// Lines of labels and texts, or of columns, aligned.
class Sheet {
 public:
  /// A line; one without cells is left out.
  void line(std::vector<std::string> cells) {
    if (!cells.empty()) lines_.push_back(std::move(cells));
  }
  /// A label and its text, where there is one.
  void entry(const std::string& label, const std::string& text) {
    if (!text.empty()) line({label, text});
  }
  /// All lines, each `indent` spaces in.
  std::string text(std::size_t indent) const;

 private:
  std::vector<std::vector<std::string>> lines_;
};

}  // namespace lacuna
