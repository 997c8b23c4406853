// SPDX-License-Identifier: Apache-2.0
#include "sim/config/field_echo.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

class FieldEcho : public FieldVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t& value) override { result[info.name] = value; }
  void real(const FieldInfo& info, double& value) override { result[info.name] = value; }
  void boolean(const FieldInfo& info, bool& value) override { result[info.name] = value; }
  void text(const FieldInfo& info, std::string& value) override { result[info.name] = value; }
  void texts(const FieldInfo& info, std::vector<std::string>& value) override { result[info.name] = value; }
  void object(const FieldInfo& info, Described& value) override { result[info.name] = echo_fields(value); }
  void part(const FieldInfo& info, PartSlot& slot) override {
    if (slot.kind().empty()) return;
    result[info.name] = echo_fields(slot.part());
    result[info.name]["kind"] = slot.kind();
  }

  nlohmann::json result = nlohmann::json::object();
};

}  // namespace

nlohmann::json echo_fields(const Described& source) {
  FieldEcho echo;
  // describe() is not const because loaders set the fields through it; this visitor only reads them.
  const_cast<Described&>(source).describe(echo);
  return std::move(echo.result);
}

}  // namespace lacuna
