// SPDX-License-Identifier: Apache-2.0
#include "sim/schema/field_schema.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

class FieldSchema : public FieldVisitor {
 public:
  explicit FieldSchema(ObjectSchema& object) : object_(object) {}

  void integer(const FieldInfo& info, std::int64_t& value) override { put(object_.integer(info), info, value); }
  void real(const FieldInfo& info, double& value) override { put(object_.real(info), info, value); }
  void boolean(const FieldInfo& info, bool& value) override { put(object_.boolean(info), info, value); }
  void text(const FieldInfo& info, std::string& value) override { put(object_.text(info), info, value); }
  void texts(const FieldInfo& info, std::vector<std::string>& value) override { put(object_.texts(info), info, value); }
  void object(const FieldInfo& info, Described& value) override { object_.member(info, field_schema(value)); }
  void part(const FieldInfo& info, PartSlot& slot) override {
    std::vector<Schema> forms;
    for (const std::string& kind : slot.kinds()) {
      slot.select(kind);
      ObjectSchema form;
      form.constant({"kind", info.meaning}, kind);
      add_fields(form, slot.part());
      forms.push_back(form.json());
    }
    object_.member(info, one_of_schema(forms));
  }

 private:
  /// What must be stated has no default.
  template <class Value>
  static void put(ObjectSchema& object, const FieldInfo& info, const Value& value) {
    if (!info.required) object.by_default(value);
  }

  ObjectSchema& object_;
};

class ResultFieldSchema : public FieldVisitor {
 public:
  explicit ResultFieldSchema(ObjectSchema& object) : object_(object) {}

  void integer(const FieldInfo& info, std::int64_t&) override { object_.integer(FieldInfo(info).must()); }
  void real(const FieldInfo& info, double&) override {
    object_.member(FieldInfo(info).must(), {{"type", {"number", "null"}}});
  }
  void boolean(const FieldInfo& info, bool&) override { object_.boolean(FieldInfo(info).must()); }
  void text(const FieldInfo& info, std::string&) override { object_.text(FieldInfo(info).must()); }
  void texts(const FieldInfo& info, std::vector<std::string>&) override { object_.texts(FieldInfo(info).must()); }
  void object(const FieldInfo& info, Described&) override { refuse(info); }
  void part(const FieldInfo& info, PartSlot&) override { refuse(info); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>&) override {
    object_.member(FieldInfo(info).must(), map_schema({{"type", "integer"}}));
  }
  void real_map(const FieldInfo& info, std::map<std::string, double>&) override {
    object_.member(FieldInfo(info).must(), map_schema({{"type", "number"}}));
  }

 private:
  ObjectSchema& object_;
};

}  // namespace

void add_fields(ObjectSchema& object, Described& defaults) {
  FieldSchema visitor(object);
  defaults.describe(visitor);
}

Schema field_schema(Described& defaults, const std::string& meaning) {
  ObjectSchema object(meaning);
  add_fields(object, defaults);
  return object.json();
}

Schema result_field_schema(Described& source, const std::string& meaning) {
  ObjectSchema object(meaning);
  ResultFieldSchema visitor(object);
  source.describe(visitor);
  return object.json();
}

}  // namespace lacuna
