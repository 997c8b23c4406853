// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/json_line.hpp"

#include <algorithm>

#include "workloads/json/json_view.hpp"

namespace lacuna {
namespace {

/// Walks over sound JSON without reading more of it than where values begin and end.
class Scanner {
 public:
  explicit Scanner(const std::string& text) : text_(text) {}

  /// The place of the value at a pointer below the value that begins here, or npos.
  std::size_t find(const std::string& pointer) {
    skip_space();
    if (pointer.empty()) return at_;
    if (at_ >= text_.size() || (text_[at_] != '{' && text_[at_] != '[')) return std::string::npos;
    const bool object = text_[at_++] == '{';
    for (std::size_t index = 0; !at_end(); ++index) {
      const std::string step = object ? key_step() : "/" + std::to_string(index);
      const bool here = pointer.compare(0, step.size(), step) == 0;
      if (here && (pointer.size() == step.size() || pointer[step.size()] == '/')) {
        return find(pointer.substr(step.size()));
      }
      skip_value();
    }
    return std::string::npos;
  }

 private:
  void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size()); }

  /// Whether the object or array ends here.
  bool at_end() {
    skip_space();
    return at_ >= text_.size() || text_[at_] == '}' || text_[at_] == ']';
  }

  /// A key, as a step of a pointer. Keys with escapes in them are taken as they are written.
  std::string key_step() {
    const std::size_t start = at_ + 1;
    skip_text();
    const std::string key = text_.substr(start, at_ - start - 1);
    skip_space();
    return pointer_step(key);
  }

  void skip_text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  void skip_value() {
    std::size_t depth = 0;
    do {
      skip_space();
      if (at_ >= text_.size()) return;
      const char c = text_[at_];
      if (c == '"') {
        skip_text();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        --depth;
        ++at_;
      } else {
        at_ = std::min(text_.find_first_of(" \t\r\n,:]}", at_), text_.size());
      }
    } while (depth != 0);
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

}  // namespace

std::int64_t line_of(const std::string& text, const std::string& pointer) {
  const std::size_t place = Scanner(text).find(pointer);
  if (place >= text.size()) return 0;
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n');
}

}  // namespace lacuna
