// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace lacuna {

/// One field of a configuration or counter struct: its name in files, what it means, its unit and what is allowed.
struct FieldInfo {
  std::string name;
  std::string meaning;
  std::string unit;      ///< "" for a pure number or a name
  std::int64_t min = 0;  ///< allowed range of an integer field, both ends included
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  double real_min = 0.0;  ///< allowed range of a real field, both ends included
  double real_max = std::numeric_limits<double>::max();
  std::vector<std::string> choices;  ///< allowed texts; empty = any text
  bool required = false;             ///< a file must state it: there is no default
  bool descriptive = false;          ///< read by people only; changes no result

  FieldInfo(std::string name_, std::string meaning_, std::string unit_ = "")
      : name(std::move(name_)), meaning(std::move(meaning_)), unit(std::move(unit_)) {}
  FieldInfo& range(std::int64_t low, std::int64_t high) {
    min = low;
    max = high;
    return *this;
  }
  FieldInfo& real_range(double low, double high) {
    real_min = low;
    real_max = high;
    return *this;
  }
  FieldInfo& one_of(std::vector<std::string> allowed) {
    choices = std::move(allowed);
    return *this;
  }
  FieldInfo& must() {
    required = true;
    return *this;
  }
  FieldInfo& for_people() {
    descriptive = true;
    return *this;
  }
};

class FieldVisitor;

/// A struct that enumerates its fields, once. Strict loading, schema, echo, CSV headers and the dead-knob test all come
/// from this one list. `describe` presents every field to the visitor, which may read it (writers) or set it (loaders).
class Described {
 public:
  virtual ~Described() = default;
  virtual void describe(FieldVisitor& visitor) = 0;

 protected:
  Described() = default;
  Described(const Described&) = default;
  Described& operator=(const Described&) = default;
  Described(Described&&) = default;
  Described& operator=(Described&&) = default;
};

/// A place in a configuration that holds one of several registered parts, chosen by the text field "kind".
class PartSlot {
 public:
  virtual ~PartSlot() = default;
  virtual std::vector<std::string> kinds() const = 0;
  virtual std::string kind() const = 0;
  /// Makes the slot hold the part's configuration with its defaults; `kind` is one of kinds().
  virtual void select(const std::string& kind) = 0;
  /// The fields of the selected part.
  virtual Described& part() = 0;
};

/// Receives the fields of a Described struct, in order.
class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;
  virtual void integer(const FieldInfo& info, std::int64_t& value) = 0;
  virtual void real(const FieldInfo& info, double& value) = 0;
  virtual void boolean(const FieldInfo& info, bool& value) = 0;
  virtual void text(const FieldInfo& info, std::string& value) = 0;
  /// A list of texts, each one of `choices` where there are any.
  virtual void texts(const FieldInfo& info, std::vector<std::string>& value) = 0;
  /// A nested struct: a JSON object of that name.
  virtual void object(const FieldInfo& info, Described& value) = 0;
  /// A nested plug-in: a JSON object of that name with the field "kind" and the fields of the chosen part.
  virtual void part(const FieldInfo& info, PartSlot& slot) = 0;
  /// Numbers by name ("mac.op" -> 12): only results hold them, so visitors of configurations need not take them.
  virtual void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>&) { refuse(info); }
  virtual void real_map(const FieldInfo& info, std::map<std::string, double>&) { refuse(info); }

 protected:
  /// For a kind of field that a visitor has no use for: meeting one is a mistake in the program.
  [[noreturn]] static void refuse(const FieldInfo& info) {
    throw std::logic_error("field '" + info.name + "' is of a kind that does not belong here");
  }
};

}  // namespace lacuna
