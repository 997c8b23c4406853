// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/strict_parse.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 64;

/// Iterates over the text and leaves behind how far the parser has read: SAX events carry no position.
class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, const char** read_to) : at_(at), read_to_(read_to) {}
  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    *read_to_ = ++at_;
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackedIterator& other) const { return at_ == other.at_; }
  bool operator!=(const TrackedIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** read_to_;
};

/// Builds the value from the parser's events.
class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(const std::string& text, const std::string& origin) : text_(text), origin_(origin), read_to_(text.data()) {}

  json run() {
    const char* end = text_.data() + text_.size();
    json::sax_parse(TrackedIterator(text_.data(), &read_to_), TrackedIterator(end, &read_to_), this);
    return std::move(root_);
  }

  bool null() override { return put(nullptr), true; }
  bool boolean(bool value) override { return put(value), true; }
  bool number_integer(number_integer_t value) override { return put(value), true; }
  bool number_unsigned(number_unsigned_t value) override { return put(value), true; }
  bool number_float(number_float_t value, const string_t&) override { return put(value), true; }
  bool string(string_t& value) override { return put(value), true; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()), true; }
  bool start_array(std::size_t) override { return open(json::array()), true; }
  bool end_object() override { return open_.pop_back(), true; }
  bool end_array() override { return open_.pop_back(), true; }

  bool key(string_t& name) override {
    if (open_.back()->contains(name)) fail(start_of_key(), "duplicate key, found '" + name + "' a second time");
    key_ = name;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    const std::string what = error.what();
    const std::string place = "parse error at ";
    const std::size_t found = what.find(place);
    if (found == std::string::npos) fail(read_to_ - 1, what.substr(what.find("] ") + 2));
    fail_input(origin_ + ": " + printable(what.substr(found + place.size())));
  }

 private:
  json* put(json value) {
    if (open_.empty()) return root_ = std::move(value), &root_;
    if (open_.back()->is_array()) return open_.back()->push_back(std::move(value)), &open_.back()->back();
    return &((*open_.back())[key_] = std::move(value));
  }

  void open(json value) {
    if (open_.size() == kMaxDepth) fail(read_to_ - 1, "nested too deep; allowed 64 levels");
    open_.push_back(put(std::move(value)));
  }

  /// The opening quote of the key whose closing quote was read last: the one before it that no backslash escapes.
  const char* start_of_key() const {
    const char* at = read_to_ - 2;
    for (;; --at) {
      const char* before = at;
      while (before[-1] == '\\') --before;
      if (*at == '"' && (at - before) % 2 == 0) return at;
    }
  }

  [[noreturn]] void fail(const char* at, const std::string& problem) const {
    const std::string before(text_.data(), at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 = 0: the first line
    fail_input(origin_ + ": line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + problem);
  }

  /// The library's message quotes what it read last, which may be half a file, or no text at all.
  static std::string printable(const std::string& message) {
    constexpr std::size_t kLongest = 240;
    std::string result;
    for (const char c : message.substr(0, kLongest)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = byte >= 0x20 && byte < 0x7f;
      const char* digits = "0123456789abcdef";
      result += plain ? std::string(1, c) : std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
    }
    return message.size() <= kLongest ? result : result + "...";
  }

  const std::string& text_;
  const std::string& origin_;
  const char* read_to_;
  json root_;
  std::vector<json*> open_;
  std::string key_;
};

}  // namespace

json parse_strict(const std::string& text, const std::string& origin) { return Builder(text, origin).run(); }

}  // namespace lacuna
