// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/mapper.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "hw/chip/accelerator.hpp"
#include "sim/config/field_echo.hpp"
#include "sim/energy/account.hpp"
#include "sim/mapper/finalist.hpp"
#include "sim/mapper/search.hpp"

namespace lacuna {

namespace {

/// All that legality and closed forms depend on.
std::string key_of(const ChipConfig& chip, const MappingContext& context) {
  std::ostringstream key;
  key << chip.array.kind() << echo_fields(*context.array) << ' ';
  const LayerShape& s = context.shape;
  for (const std::int64_t number :
       {s.N, s.M, s.C, s.G, s.H, s.W, s.R, s.S, s.U, s.P, context.weight_bits, context.activation_bits,
        context.psum_bits, context.bank_bytes, context.banks, context.filter_banks}) {
    key << number << ' ';
  }
  return key.str();
}

/// All that a search depends on besides.
std::string key_of(const MappingRequest& request) {
  const ChipConfig& chip = *request.chip;
  std::ostringstream key;
  key << key_of(chip, request.context) << echo_fields(request.search) << chip.core_clock_khz << ' '
      << chip.dram_link.bits << ' ' << chip.dram_link.clock_khz << ' ' << chip.mac.kind << ' '
      << echo_fields(chip.codec) << request.widths.coded_weights << request.widths.network_input << ' '
      << request.widths.ofmap_bits << std::hexfloat;
  if (request.prices == nullptr) return key.str();
  const auto price = [&](const std::map<std::string, std::int64_t>& counts, const LayerTime& time) {
    key << ' ' << account(counts, *request.prices, time).total_pj.value;
  };
  for (const std::string& event : events_of(chip)) price({{event, 1}}, {0.0, 0, 0.0});
  for (const LayerTime& time : {LayerTime{1.0, 0, 0.0}, {0.0, 1, 0.0}, {0.0, 1, 1.0}}) price({}, time);
  return key.str();
}

bool equal(const ArrayMapping& a, const ArrayMapping& b) { return echo_fields(a) == echo_fields(b); }

/// Simulates the best of the candidates and the default mapping, and takes the best as simulated; of equal ones the
/// better by closed form.
void play_final(const MappingRequest& request, const Estimator& estimator, std::vector<Candidate> finalists,
                ChosenMapping& chosen) {
  const ArrayKind& array = request.chip->array.array();
  const Objective& objective = objective_named(request.search.objective);
  Candidate fallback;
  fallback.mapping = default_mapping(*request.chip, request.context);
  bool known = false;
  for (const Candidate& finalist : finalists) known = known || equal(*finalist.mapping, *fallback.mapping);
  if (!known) {
    fallback.figures = estimator.figures(array.cost(request.context, *fallback.mapping));
    finalists.push_back(fallback);
  }
  const FinalistRun run(request);
  for (const Candidate& finalist : finalists) {
    const MappingFigures figures = run.figures(*finalist.mapping);
    ++chosen.finalists;
    if (chosen.simulated && !(objective.score(figures) < objective.score(*chosen.simulated))) continue;
    chosen.mapping = finalist.mapping;
    chosen.estimate = finalist.figures;
    chosen.simulated = figures;
  }
}

ChosenMapping choose(const MappingRequest& request) {
  default_mapping(*request.chip, request.context);  // refuses what no mapping fits
  const Estimator estimator(request);
  const bool simulates = request.search.finalists > 0 && !objective_named(request.search.objective).exact;
  const Candidates candidates = best_mappings(request, estimator, simulates ? request.search.finalists : 1);
  ChosenMapping chosen;
  chosen.visited = candidates.visited;
  if (simulates) {
    play_final(request, estimator, candidates.best, chosen);
  } else {
    chosen.mapping = candidates.best.front().mapping;
    chosen.estimate = candidates.best.front().figures;
  }
  return chosen;
}

}  // namespace

const ChosenMapping& search_mapping(const MappingRequest& request) {
  static std::map<std::string, ChosenMapping> known;
  const std::string key = key_of(request);
  const auto found = known.find(key);
  return found != known.end() ? found->second : known.emplace(key, choose(request)).first->second;
}

std::shared_ptr<const ArrayMapping> default_mapping(const ChipConfig& chip, const MappingContext& context) {
  static std::map<std::string, std::shared_ptr<const ArrayMapping>> known;
  const std::string key = key_of(chip, context);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  return known[key] = chip.array.array().default_mapping(context);
}

}  // namespace lacuna
