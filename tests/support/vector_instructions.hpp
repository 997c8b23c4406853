// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <string>

namespace lacuna {

/// A test that runs with every set of vector instructions that this host has: what is computed must not depend on it.
class VectorInstructions : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override {
    hwy::SetSupportedTargetsForTest(GetParam());
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  void TearDown() override {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
  }
};

inline auto every_vector_instruction_set() { return testing::ValuesIn(hwy::SupportedAndGeneratedTargets()); }

inline std::string name_of_instruction_set(const testing::TestParamInfo<std::int64_t>& target) {
  return hwy::TargetName(target.param);
}

}  // namespace lacuna
