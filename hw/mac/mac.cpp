// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/mac.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void Mac::sum_in_order(const TapMajorBlock& /*block*/, const AccumulationOrder& /*order*/) const {
  fail_run("a MAC was asked for sums in order of weights that lie tap by tap, which it does not make");
}

PsumForm MacDatapath::psum_form(std::int64_t accumulator_bits) const {
  if (!floating()) return PsumForm::integer;
  if (accumulator_bits == 16) return PsumForm::float16;
  if (accumulator_bits == 32) return PsumForm::float32;
  fail_input("/chip/mac/accumulator_bits: found " + std::to_string(accumulator_bits) +
             ", but a MAC's psums are float; allowed 16 and 32");
}

bool MacDatapath::looks_up() const {
  const std::vector<MacEvent> raised = events({});
  return std::any_of(raised.begin(), raised.end(), [](const MacEvent& event) { return event.name == "codebook.read"; });
}

bool MacDatapath::takes_weights(const std::string& format) const { return contains(weight_formats(), format); }

bool MacDatapath::takes_activations(const std::string& format) const { return contains(activation_formats(), format); }

}  // namespace lacuna
