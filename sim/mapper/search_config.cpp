// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/search_config.hpp"

#include "sim/mapper/objective.hpp"

namespace lacuna {

void SearchConfig::describe(FieldVisitor& v) {
  constexpr std::int64_t kMostFinalists = 1000;
  v.text(FieldInfo("objective", "what the mapping search makes least").one_of(objective_names()), objective);
  v.text(FieldInfo("factors", "whether tiles of ofmap channels must divide the next larger ones, or may leave a rest")
             .one_of({"perfect", "any"}),
         factors);
  v.integer(FieldInfo("finalists", "best mappings by closed form that are simulated; 0 = none: the first is taken",
                      "mappings")
                .range(0, kMostFinalists),
            finalists);
  constexpr std::int64_t kAll = 100;
  v.integer(FieldInfo("zero_percent", "zeros among the feature-map words that finalists are simulated on", "%")
                .range(0, kAll),
            zero_percent);
}

}  // namespace lacuna
