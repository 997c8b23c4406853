// SPDX-License-Identifier: Apache-2.0
#include "sim/config/field_loader.hpp"

#include <utility>

namespace lacuna {
namespace {

/// Collects the names of the fields.
class FieldNames : public FieldVisitor {
 public:
  explicit FieldNames(std::vector<std::string>& names) : names_(names) {}
  void integer(const FieldInfo& info, std::int64_t&) override { names_.push_back(info.name); }
  void real(const FieldInfo& info, double&) override { names_.push_back(info.name); }
  void boolean(const FieldInfo& info, bool&) override { names_.push_back(info.name); }
  void text(const FieldInfo& info, std::string&) override { names_.push_back(info.name); }
  void texts(const FieldInfo& info, std::vector<std::string>&) override { names_.push_back(info.name); }
  void object(const FieldInfo& info, Described&) override { names_.push_back(info.name); }
  void part(const FieldInfo& info, PartSlot&) override { names_.push_back(info.name); }

 private:
  std::vector<std::string>& names_;
};

std::string load_text(const FieldInfo& info, const JsonView& value) {
  return info.choices.empty() ? value.text() : value.text_of(info.choices);
}

class FieldLoader : public FieldVisitor {
 public:
  explicit FieldLoader(JsonView view) : view_(std::move(view)) {}

  void integer(const FieldInfo& info, std::int64_t& value) override {
    if (given(info)) value = view_.at(info.name).integer(info.min, info.max);
  }
  void real(const FieldInfo& info, double& value) override {
    if (given(info)) value = view_.at(info.name).real(info.real_min, info.real_max);
  }
  void boolean(const FieldInfo& info, bool& value) override {
    if (given(info)) value = view_.at(info.name).boolean();
  }
  void text(const FieldInfo& info, std::string& value) override {
    if (given(info)) value = load_text(info, view_.at(info.name));
  }
  void texts(const FieldInfo& info, std::vector<std::string>& value) override {
    if (!given(info)) return;
    const JsonView list = view_.at(info.name);
    value.clear();
    for (std::size_t i = 0; i < list.size(); ++i) value.push_back(load_text(info, list.item(i)));
  }
  void object(const FieldInfo& info, Described& value) override {
    if (given(info)) load_fields(view_.at(info.name), value);
  }
  void part(const FieldInfo& info, PartSlot& slot) override {
    if (!given(info)) return;
    const JsonView value = view_.at(info.name);
    slot.select(value.at("kind").text_of(slot.kinds()));
    load_fields(value, slot.part(), {"kind"});
  }

 private:
  /// A required field that is missing is refused where it is asked for.
  bool given(const FieldInfo& info) const { return info.required || view_.has(info.name); }

  JsonView view_;
};

}  // namespace

void load_fields(const JsonView& view, Described& target, const std::vector<std::string>& also_allowed) {
  std::vector<std::string> allowed = also_allowed;
  FieldNames names(allowed);
  target.describe(names);
  view.allow_keys(allowed);
  FieldLoader loader(view);
  target.describe(loader);
}

}  // namespace lacuna
