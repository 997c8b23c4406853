// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/base/field.hpp"

namespace lacuna {

/// A visitor of result structs, which hold numbers, texts, flags and maps of numbers, and nothing nested.
class FlatVisitor : public FieldVisitor {
 public:
  void texts(const FieldInfo& info, std::vector<std::string>&) override { refuse(info); }
  void object(const FieldInfo& info, Described&) override { refuse(info); }
  void part(const FieldInfo& info, PartSlot&) override { refuse(info); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>& value) override = 0;
  void real_map(const FieldInfo& info, std::map<std::string, double>& value) override = 0;
};

}  // namespace lacuna
