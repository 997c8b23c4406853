// SPDX-License-Identifier: Apache-2.0
// Times of AlexNet's FC layers on EIE (S. Han et al., ISCA 2016, Table IV), at the densities of its Table III, with
// zeros at random places; and what queues of other depths do to them (its Fig. 8 sweeps 1 to 256 and settles for 8).
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "tests/support/csc_columns_case.hpp"

namespace lacuna::test {
namespace {

constexpr double kClockMhz = 800.0;

struct Benchmark {
  const char* name;
  std::int64_t inputs;
  std::int64_t outputs;
  double weight_density;
  double activation_density;
  double theory_us;  ///< of the paper: entries, padding included, shared evenly by all PEs
  double actual_us;
  bool gates;  ///< whether its times are held against the paper
  double
      efficiencies[6];  ///< of the queue's rules on random zeros, by a cycle loop of its own: Q = 1, 2, 4, 8, 16, 256
};

const Benchmark kBenchmarks[] = {
    {"Alex-6", 9216, 4096, 0.09, 0.351, 28.1, 30.3, true, {.524, .835, .930, .965, .977, .979}},
    {"Alex-7", 4096, 4096, 0.09, 0.353, 11.7, 12.2, true, {.525, .834, .932, .967, .980, .983}},
    {"Alex-8", 4096, 1000, 0.25, 0.375, 8.9, 9.9, false, {.425, .720, .860, .918, .942, .949}},
};
constexpr std::int64_t kDepths[] = {1, 2, 4, 8, 16, 256};

class EieTableIV : public testing::TestWithParam<Benchmark> {
 protected:
  /// A matrix, and as many activations that are not zero as the density says, all at random places.
  void SetUp() override {
    std::mt19937_64 random(2016);
    const auto chosen = [&random](double share) { return static_cast<double>(random() >> 11) * 0x1p-53 < share; };
    std::vector<StoredWord> matrix(static_cast<std::size_t>(GetParam().inputs * GetParam().outputs), 0);
    for (StoredWord& weight : matrix) weight = chosen(GetParam().weight_density) ? StoredWord{1} : StoredWord{0};
    machine_ = std::make_unique<CscColumnsCase>(CscBroadcastConfig(), matrix, GetParam().inputs);
    auto left = static_cast<std::int64_t>(GetParam().activation_density * static_cast<double>(GetParam().inputs) + 0.5);
    for (std::int64_t input = 0; input < GetParam().inputs; ++input) {
      if (!chosen(static_cast<double>(left) / static_cast<double>(GetParam().inputs - input))) continue;
      non_zeros_.push_back(static_cast<std::int32_t>(input));
      --left;
    }
  }

  /// T of all batches of 4096 inputs, and the entries of all PEs.
  std::pair<std::int64_t, std::int64_t> run(std::int64_t depth) {
    machine_->array().queue_depth = depth;
    const std::int64_t batch = machine_->array().inputs_per_batch();
    std::int64_t cycles = 0;
    std::int64_t entries = 0;
    for (std::int64_t first = 0; first < GetParam().inputs; first += batch) {
      std::vector<std::int32_t> columns;
      for (const std::int32_t input : non_zeros_) {
        if (input >= first && input < first + batch) columns.push_back(input);
      }
      const CscPassCounts counts = machine_->serve(columns);
      cycles += counts.busy;
      for (const std::int32_t of_pe : counts.entries) entries += of_pe;
    }
    return {cycles, entries};
  }

  std::unique_ptr<CscColumnsCase> machine_;
  std::vector<std::int32_t> non_zeros_;
};

TEST_P(EieTableIV, TimesAreThoseOfThePaperWithinEightPercent) {
  const auto [cycles, entries] = run(8);
  const double theory_us = static_cast<double>(entries) / static_cast<double>(machine_->array().pe_count) / kClockMhz;
  const double actual_us = static_cast<double>(cycles) / kClockMhz;
  std::cout << GetParam().name << ": theoretical " << theory_us << " us (paper " << GetParam().theory_us << "), actual "
            << actual_us << " us (paper " << GetParam().actual_us << ")\n";
  if (!GetParam().gates) return;  // real weights are not uniform over rows: 8.9 and 9.9 us against 7.5 and 8.2
  EXPECT_NEAR(theory_us / GetParam().theory_us, 1.0, 0.08);
  EXPECT_NEAR(actual_us / GetParam().actual_us, 1.0, 0.08);
}

TEST_P(EieTableIV, DeeperQueuesBalanceThePesUpToADepthOfEight) {
  double before = 0.0;
  double at_eight = 0.0;
  for (std::size_t i = 0; i < std::size(kDepths); ++i) {
    const auto [cycles, entries] = run(kDepths[i]);
    const double efficiency = static_cast<double>(entries) / static_cast<double>(machine_->array().pe_count * cycles);
    EXPECT_NEAR(efficiency, GetParam().efficiencies[i], 0.01) << "queues of " << kDepths[i];
    EXPECT_GE(efficiency, before);
    before = efficiency;
    if (kDepths[i] == 8) at_eight = efficiency;
  }
  EXPECT_LT(before - at_eight, 0.05) << "what 256 places bring over 8";
}

INSTANTIATE_TEST_SUITE_P(AlexNet, EieTableIV, testing::ValuesIn(kBenchmarks),
                         [](const auto& benchmark) { return std::string("Fc") + benchmark.param.name[5]; });

}  // namespace
}  // namespace lacuna::test
