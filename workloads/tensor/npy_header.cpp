// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npy_header.hpp"

#include <set>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kLargestExtent = std::int64_t{1} << 40;
constexpr std::size_t kLongestType = 60;  // as much as messages tell of a structured type
constexpr std::size_t kMostExtents = 32;  // NumPy's own limit

/// Reads the dictionary from left to right.
class HeaderCursor {
 public:
  HeaderCursor(const std::string& text, const std::string& place) : text_(text), place_(place) {}

  [[noreturn]] void fail(const std::string& problem) const {
    fail_input(place_ + ": damaged .npy header at character " + std::to_string(at_ + 1) + ": " + problem);
  }

  /// Whether the next thing is this character; if so, steps over it.
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail(std::string("'") + c + "' wanted");
  }

  void expect_end() {
    skip_blanks();
    if (at_ != text_.size()) fail("nothing more wanted");
  }

  std::string quoted() {
    const char quote = take('\'') ? '\'' : take('"') ? '"' : '\0';
    if (quote == '\0') fail("a quoted text wanted");
    const std::size_t end = text_.find(quote, at_);
    if (end == std::string::npos) fail(std::string("a closing ") + quote + " wanted");
    const std::string result = text_.substr(at_, end - at_);
    at_ = end + 1;
    return result;
  }

  /// A type string; of a structured type, a list, its text, cut where it is long.
  std::string type() {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != '[') return quoted();
    const std::size_t start = at_;
    int depth = 0;
    do {
      if (at_ >= text_.size()) fail("a closing ] wanted");
      const char c = text_[at_];
      if (c == '\'' || c == '"') {
        quoted();
        continue;
      }
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      ++at_;
    } while (depth > 0);
    const std::string found = text_.substr(start, at_ - start);
    return found.size() <= kLongestType ? found : found.substr(0, kLongestType) + "...";
  }

  bool boolean() {
    skip_blanks();
    for (const bool value : {false, true}) {
      const std::string word = value ? "True" : "False";
      if (text_.compare(at_, word.size(), word) == 0) {
        at_ += word.size();
        return value;
      }
    }
    fail("True or False wanted");
  }

  std::vector<std::int64_t> shape() {
    std::vector<std::int64_t> result;
    expect('(');
    while (!take(')')) {
      if (result.size() == kMostExtents) fail("at most 32 extents allowed");
      result.push_back(extent());
      if (!take(',') && text_.compare(at_, 1, ")") != 0) fail("',' or ')' wanted");
    }
    return result;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  std::int64_t extent() {
    skip_blanks();
    const std::size_t start = at_;
    std::int64_t value = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + (text_[at_++] - '0');
      if (value > kLargestExtent) fail("an extent of at most 2^40 wanted");
    }
    if (at_ == start) fail("an extent wanted");
    return value;
  }

  const std::string& text_;
  const std::string& place_;
  std::size_t at_ = 0;
};

}  // namespace

NpyHeader parse_npy_header(const std::string& text, const std::string& place) {
  NpyHeader header;
  std::set<std::string> seen;
  HeaderCursor cursor(text, place);
  cursor.expect('{');
  while (!cursor.take('}')) {
    const std::string key = cursor.quoted();
    cursor.expect(':');
    if (!seen.insert(key).second) cursor.fail("key '" + key + "' a second time");
    if (key == "descr") {
      header.type = cursor.type();
    } else if (key == "fortran_order") {
      header.fortran_order = cursor.boolean();
    } else if (key == "shape") {
      header.shape = cursor.shape();
    } else {
      cursor.fail("unknown key '" + key + "'; descr, fortran_order and shape wanted");
    }
    if (!cursor.take(',')) {
      cursor.expect('}');
      break;
    }
  }
  cursor.expect_end();
  if (seen.size() != 3) cursor.fail("all of descr, fortran_order and shape wanted");
  return header;
}

}  // namespace lacuna
