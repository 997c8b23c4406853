// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace lacuna {

class JsonView;

/// A JSON document and where its parts came from. Strict: comments, trailing commas, duplicate keys, NaN and anything
/// after the value are refused with file, line and column.
class JsonDocument {
 public:
  /// Reads a file. Throws Error (bad_input) naming the file when it is missing, unreadable or not JSON. `origin` stands
  /// for the file name in messages about its contents; "" = the file name itself.
  static JsonDocument load(const std::string& file, const std::string& origin = "");
  /// Parses a text; `origin` stands for the file name in messages.
  static JsonDocument parse(const std::string& text, const std::string& origin);
  /// Takes a value built by the program; `root` is the JSON Pointer at which it stands in the experiment ("" or
  /// "/chip").
  JsonDocument(nlohmann::json value, std::string origin, std::string root = "");

  JsonView view() const;
  const nlohmann::json& json() const { return *value_; }
  /// Puts `value` at a JSON Pointer of the document, making missing objects on the way, and remembers `origin`
  /// ("--set /chip/array/rows=3") for messages about it and about the objects made. Throws Error (bad_input) where the
  /// pointer runs through a value that is no object or array, or past the end of an array.
  void set(const std::string& pointer, nlohmann::json value, const std::string& origin);
  /// The origin of the part at a pointer: that of its nearest ancestor that has one.
  std::string origin(const std::string& pointer) const;

 private:
  std::shared_ptr<nlohmann::json> value_;
  std::string root_;
  std::map<std::string, std::string> origins_;
  friend class JsonView;
};

/// A place in a document. Every accessor throws Error (bad_input) on a mismatch; the message is
///   ORIGIN: POINTER: what is wrong, found F; allowed A[; did you mean 'X'?]
/// Views borrow the document: it must outlive them.
class JsonView {
 public:
  JsonView(const JsonDocument& document, const nlohmann::json& value, std::string pointer);

  const std::string& pointer() const { return pointer_; }
  const nlohmann::json& json() const { return *value_; }
  std::string origin() const;

  bool is_object() const;
  bool is_array() const;
  bool is_text() const;
  bool is_number() const;

  bool has(const std::string& key) const;     ///< refuses a value that is no object
  JsonView at(const std::string& key) const;  ///< refuses a missing key
  std::vector<std::string> keys() const;      ///< in file order is not kept: alphabetical
  std::size_t size() const;                   ///< items of an array; refuses anything else
  JsonView item(std::size_t index) const;

  std::int64_t integer(std::int64_t low, std::int64_t high) const;  ///< refuses 3.0 and "3"
  double real(double low, double high) const;                       ///< integers are accepted
  bool boolean() const;
  std::string text() const;
  std::string text_of(const std::vector<std::string>& choices) const;  ///< with "did you mean"

  /// Refuses any key that is not in the list, with the nearest spelling.
  void allow_keys(const std::vector<std::string>& allowed) const;
  /// Throws Error (bad_input) "ORIGIN: POINTER: problem".
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  const JsonDocument* document_;
  const nlohmann::json* value_;
  std::string pointer_;
};

/// "/key", escaped: one step of a JSON Pointer (RFC 6901).
std::string pointer_step(const std::string& key);

/// The entry of `candidates` that is nearest to `word` in edit distance (with transpositions), or "" when none is near
/// enough to be meant (distance over a third of the longer word, at least 1).
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// "a, b, c", or "none".
std::string joined(const std::vector<std::string>& words);

/// "; did you mean 'X'?" or "".
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace lacuna
