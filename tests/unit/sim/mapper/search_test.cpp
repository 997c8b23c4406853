// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/config/field_echo.hpp"
#include "tests/support/mapping_case.hpp"
#include "tests/support/random_case.hpp"
#include "tests/support/row_stationary_layer.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

bool is_legal(const LayerCase& c, const ArrayMapping& mapping) {
  try {
    c.chip.array.array().check(c.context(), mapping);
    return true;
  } catch (const Error&) {
    return false;
  }
}

Candidate found_by_search(const MappingRequest& request) {
  return best_mappings(request, Estimator(request), 1).best.at(0);
}

void expect_not_beaten(const Candidate& found, const MappingRequest& request, const ArrayMapping& other) {
  const Objective& objective = objective_named(request.search.objective);
  const MappingCost cost = request.chip->array.array().cost(request.context, other);
  EXPECT_FALSE(objective.score(Estimator(request).figures(cost)) < found.score)
      << objective.name << ": " << echo_fields(other) << " beats " << echo_fields(*found.mapping);
}

/// A layer of some hundred MACs on an array of 4 x 5 PEs with small spads and few banks.
RowStationaryLayer tiny_row_stationary(const LayerShape& shape) {
  RowStationaryLayer layer;
  layer.shape = shape;
  layer.array().rows = 4;
  layer.array().columns = 5;
  layer.array().filter_spad_words = 12;
  layer.array().ifmap_spad_words = 6;
  layer.array().psum_spad_words = 4;
  layer.chip.global_buffer.bank_bytes = 32;
  layer.chip.global_buffer.banks = 12;
  layer.chip.global_buffer.filter_banks = 3;
  return layer;
}

bool has_factors(const RowStationaryMapping& map, std::int64_t filters, const std::string& factors) {
  const bool divides = map.m % (map.p * map.t) == 0;
  return factors == "any" ? divides || map.m == filters : divides && filters % map.m == 0;
}

/// Every mapping of whole numbers up to the layer's, legal and with such factors.
template <class Visit>
void for_all(const RowStationaryLayer& layer, const std::string& factors, const Visit& visit) {
  const LayerShape& s = layer.shape;
  const std::int64_t filters = s.M / s.G;
  RowStationaryMapping map;
  const std::pair<std::int64_t*, std::int64_t> digits[] = {{&map.m, filters}, {&map.t, filters}, {&map.p, filters},
                                                           {&map.r, s.C},     {&map.q, s.C},     {&map.e, s.E()},
                                                           {&map.n, s.N}};
  for (bool more = true; more;) {
    if (has_factors(map, filters, factors) && is_legal(layer, map)) visit(map);
    more = false;
    for (const auto& [digit, most] : digits) {
      more = ++*digit <= most;
      if (more) break;
      *digit = 1;
    }
  }
}

const LayerShape kTinyShapes[] = {
    // N M C G H W R S U P
    {2, 6, 4, 1, 6, 5, 3, 2, 1, 0}, {3, 8, 3, 2, 5, 5, 2, 2, 1, 1}, {1, 12, 5, 1, 7, 4, 3, 3, 2, 0},
    {4, 5, 7, 1, 1, 1, 1, 1, 1, 0}, {2, 6, 2, 3, 8, 3, 1, 1, 1, 0},
};

TEST(MappingSearch, FindsNoWorseThanTheBestOfAllWholeNumbersOnTheRowStationaryArray) {
  for (const LayerShape& shape : kTinyShapes) {
    const RowStationaryLayer layer = tiny_row_stationary(shape);
    for (const Objective& objective : objectives()) {
      for (const char* factors : {"perfect", "any"}) {
        const MappingCase c(layer, objective.name, factors);
        const MappingRequest request = c.request();
        const Candidate found = found_by_search(request);
        for_all(layer, factors, [&](const ArrayMapping& other) { expect_not_beaten(found, request, other); });
        if (HasFailure()) return;
      }
    }
  }
}

void expect_none_better_on_systolic(const LayerCase& layer) {
  const LayerShape& shape = layer.shape;
  const std::int64_t filters = shape.M / shape.G;
  for (const Objective& objective : objectives()) {
    const MappingCase c(layer, objective.name);
    const MappingRequest request = c.request();
    const Candidate found = found_by_search(request);
    SystolicMapping map;
    for (map.n = 1; map.n <= shape.N; ++map.n) {
      for (map.e = 1; map.e <= shape.E(); ++map.e) {
        for (map.c = 1; map.c <= shape.C; ++map.c) {
          for (map.m = 1; map.m <= filters; ++map.m) {
            if (filters % map.m == 0 && is_legal(layer, map)) expect_not_beaten(found, request, map);
          }
        }
      }
    }
  }
}

TEST(MappingSearch, FindsNoWorseThanTheBestOfAllWholeNumbersOnTheSystolicArray) {
  for (const char* dataflow : {"output_stationary", "weight_stationary", "input_stationary"}) {
    for (const LayerShape& shape : kTinyShapes) {
      SystolicLayer layer(3, 4, dataflow);
      layer.shape = shape;
      layer.chip.global_buffer.bank_bytes = 32;
      layer.chip.global_buffer.banks = 14;
      layer.chip.global_buffer.filter_banks = 4;
      expect_none_better_on_systolic(layer);
    }
  }
  for (std::int64_t seed = 0; seed < 100; ++seed) {
    expect_none_better_on_systolic(random_case(seed, "systolic"));
    if (HasFailure()) return;
  }
}

/// Everything that an array shows, best first.
class All : public MappingVisitor {
 public:
  explicit All(const MappingRequest& request)
      : estimator_(request), objective_(objective_named(request.search.objective)) {
    request.chip->array.array().enumerate(request.context, Factors::perfect, *this);
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
  }
  bool enters(const MappingCost&) override { return true; }
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    const MappingFigures figures = estimator_.figures(cost);
    shown.push_back({mapping.clone(), cost, figures, objective_.score(figures)});
  }
  std::vector<Candidate> shown;

 private:
  const Estimator estimator_;
  const Objective& objective_;
};

TEST(MappingSearch, LosesNoneOfTheBestByNotLookingAtAll) {
  constexpr std::size_t kBest = 5;
  std::int64_t looked_at = 0;
  std::int64_t all = 0;
  for (const char* array : {"row_stationary", "systolic"}) {
    for (std::int64_t seed = 0; seed < 100; ++seed) {
      for (const Objective& objective : objectives()) {
        const MappingCase c(random_case(seed, array), objective.name);
        const MappingRequest request = c.request();
        const Candidates best = best_mappings(request, Estimator(request), kBest);
        const std::vector<Candidate> shown = All(request).shown;
        looked_at += best.visited;
        all += static_cast<std::int64_t>(shown.size());
        ASSERT_EQ(best.best.size(), std::min(kBest, shown.size()));
        for (std::size_t place = 0; place < best.best.size(); ++place) {
          ASSERT_EQ(echo_fields(*best.best[place].mapping), echo_fields(*shown[place].mapping)) << to_json(c.layer());
        }
      }
    }
  }
  EXPECT_LT(looked_at, all);
}

}  // namespace
}  // namespace lacuna::test
