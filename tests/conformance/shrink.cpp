// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/shrink.hpp"

#include <algorithm>

#include "tests/conformance/one_case.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {

namespace {

/// Ways to make one field smaller, boldest first.
enum class Step { least, half, minus_one };
constexpr Step kSteps[] = {Step::least, Step::half, Step::minus_one};

/// Takes one step at the n-th field of a struct, nested ones counted through.
class FieldStep : public FieldVisitor {
 public:
  FieldStep(std::int64_t field, Step step) : left_(field), step_(step) {}

  void integer(const FieldInfo& info, std::int64_t& value) override {
    const std::int64_t least = std::max<std::int64_t>(info.min, 0);
    if (left_-- != 0 || value == least || info.descriptive) return;
    if (value < least && step_ != Step::least) return;
    changed_ = true;
    if (step_ == Step::least) value = least;
    if (step_ == Step::half) value = least + (value - least) / 2;
    if (step_ == Step::minus_one) --value;
  }
  void real(const FieldInfo& info, double& value) override {
    if (left_-- == 0 && step_ == Step::least) set(value, info.real_min);
  }
  void boolean(const FieldInfo&, bool& value) override {
    if (left_-- == 0 && step_ == Step::least) set(value, false);
  }
  void text(const FieldInfo& info, std::string& value) override {
    if (left_-- == 0 && step_ == Step::least && !info.choices.empty()) set(value, info.choices.front());
  }
  void texts(const FieldInfo&, std::vector<std::string>& value) override {
    if (left_-- == 0 && step_ == Step::least) set(value, {});
  }
  void object(const FieldInfo&, Described& value) override { value.describe(*this); }
  void part(const FieldInfo&, PartSlot& slot) override { slot.part().describe(*this); }

  bool changed() const { return changed_; }
  bool past_the_end() const { return left_ >= 0; }

 private:
  template <class T>
  void set(T& value, const T& simplest) {
    changed_ = value != simplest;
    value = simplest;
  }

  std::int64_t left_;
  Step step_;
  bool changed_ = false;
};

class Shrinker {
 public:
  Shrinker(LayerCase failing, const std::function<bool(const LayerCase&)>& fails, const ShrinkPart& part)
      : smallest_(std::move(failing)), fails_(fails), part_(part) {}

  LayerCase run() {
    make_mapping_explicit();
    while (trials_ < kMostTrials && shrink_each_field()) {
    }
    return smallest_;
  }

 private:
  static constexpr int kMostTrials = 4000;

  /// A default mapping follows the shape about; a given one stays.
  void make_mapping_explicit() {
    if (smallest_.mapping) return;
    LayerCase with = smallest_;
    with.mapping = smallest_.chip.array.array().default_mapping(smallest_.context());
    accept(with);
  }

  bool accept(const LayerCase& candidate) {
    ++trials_;
    if (!candidate.legal() || !fails_(candidate)) return false;
    smallest_ = candidate;
    return true;
  }

  bool shrink_each_field() {
    bool shrunk = false;
    for (std::int64_t field = 0;; ++field) {
      for (const Step step : kSteps) {
        LayerCase candidate = smallest_;
        FieldStep visitor(field, step);
        part_(candidate).describe(visitor);
        if (visitor.past_the_end()) return shrunk;
        fit_shape(candidate);  // sides that belong together shrink together
        if (visitor.changed() && to_json(candidate) != to_json(smallest_) && accept(candidate)) {
          shrunk = true;
          break;
        }
      }
    }
  }

  LayerCase smallest_;
  const std::function<bool(const LayerCase&)>& fails_;
  const ShrinkPart& part_;
  int trials_ = 0;
};

}  // namespace

LayerCase shrink(const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails, const ShrinkPart& part) {
  return Shrinker(failing, fails, part).run();
}

std::string report(const LayerCase& failing, const std::function<bool(const LayerCase&)>& fails) {
  return "as drawn: " + command_line(failing) + "\nsmallest: " + command_line(shrink(failing, fails)) + "\n";
}

}  // namespace lacuna::test
