// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/mutant.hpp"

namespace lacuna::test {

namespace {

/// Visits the integers of a struct by path; what else there is passes by.
class IntegerVisitor : public FieldVisitor {
 public:
  using Action = std::function<void(const std::string& path, const FieldInfo& info, std::int64_t& value)>;
  explicit IntegerVisitor(Action action, std::string place = "")
      : action_(std::move(action)), place_(std::move(place)) {}

  void integer(const FieldInfo& info, std::int64_t& value) override {
    if (!info.descriptive) action_(place_ + "/" + info.name, info, value);
  }
  void real(const FieldInfo&, double&) override {}
  void boolean(const FieldInfo&, bool&) override {}
  void text(const FieldInfo&, std::string&) override {}
  void texts(const FieldInfo&, std::vector<std::string>&) override {}
  void object(const FieldInfo& info, Described& value) override {
    IntegerVisitor inner(action_, place_ + "/" + info.name);
    value.describe(inner);
  }
  void part(const FieldInfo&, PartSlot&) override {}

 private:
  Action action_;
  std::string place_;
};

}  // namespace

std::vector<std::string> integer_fields(Described& target) {
  std::vector<std::string> paths;
  IntegerVisitor visitor([&paths](const std::string& path, const FieldInfo&, std::int64_t&) { paths.push_back(path); });
  target.describe(visitor);
  return paths;
}

bool perturb_field(Described& target, const std::string& field, std::int64_t delta) {
  bool done = false;
  IntegerVisitor visitor([&](const std::string& path, const FieldInfo& info, std::int64_t& value) {
    if (path != field || value + delta < info.min || value + delta > info.max) return;
    value += delta;
    done = true;
  });
  target.describe(visitor);
  return done;
}

}  // namespace lacuna::test
