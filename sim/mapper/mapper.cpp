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
  for (const std::int64_t number : {s.N,
                                    s.M,
                                    s.C,
                                    s.G,
                                    s.H,
                                    s.W,
                                    s.R,
                                    s.S,
                                    s.U,
                                    s.P,
                                    s.D,
                                    context.weight_bits,
                                    context.activation_bits,
                                    context.psum_bits,
                                    context.bank_bytes,
                                    context.banks,
                                    context.filter_banks,
                                    context.filter_bits,
                                    context.filter_fifo_words,
                                    context.filter_store_words}) {
    key << number << ' ';
  }
  key << context.network_input << ' ';
  return key.str();
}

/// All that a search depends on besides.
std::string key_of(const MappingRequest& request) {
  const ChipConfig& chip = *request.chip;
  std::ostringstream key;
  key << key_of(chip, request.context) << echo_fields(request.search) << chip.core_clock_khz << ' '
      << chip.dram_link.bits << ' ' << chip.dram_link.clock_khz << ' ' << chip.mac.kind << ' '
      << echo_fields(chip.codec) << echo_fields(chip.weight_memory) << request.widths.weight_bits << ' '
      << request.widths.coded_weights << request.widths.network_input << ' ' << request.widths.ofmap_bits
      << std::hexfloat;
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

/// Things by all that they depend on. It forgets everything when it knows very much, as after thousands of points of a
/// sweep: what is in use lives on, and the rest is soon known again.
template <class Thing>
class Memo {
 public:
  template <class Make>
  std::shared_ptr<const Thing> get(const std::string& key, const Make& make) {
    constexpr std::size_t kMost = 10'000;
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    std::shared_ptr<const Thing> thing = make();
    if (known_.size() >= kMost) known_.clear();
    known_.emplace(key, thing);
    return thing;
  }

 private:
  std::map<std::string, std::shared_ptr<const Thing>> known_;
};

}  // namespace

std::shared_ptr<const ChosenMapping> search_mapping(const MappingRequest& request) {
  static Memo<ChosenMapping> known;
  return known.get(key_of(request), [&] { return std::make_shared<const ChosenMapping>(choose(request)); });
}

std::shared_ptr<const ArrayMapping> default_mapping(const ChipConfig& chip, const MappingContext& context) {
  static Memo<ArrayMapping> known;
  return known.get(key_of(chip, context), [&] { return chip.array.array().default_mapping(context); });
}

}  // namespace lacuna
