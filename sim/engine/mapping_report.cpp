// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/mapping_report.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"
#include "hw/base/text_table.hpp"
#include "hw/chip/accelerator.hpp"
#include "sim/engine/plan.hpp"
#include "sim/mapper/estimate.hpp"

namespace lacuna {
namespace {

/// "m 96 n 1 e 7"
class MappingText : public FieldVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t& value) override { add(info, std::to_string(value)); }
  void text(const FieldInfo& info, std::string& value) override { add(info, value); }
  void boolean(const FieldInfo& info, bool& value) override { add(info, value ? "true" : "false"); }
  void real(const FieldInfo& info, double&) override { refuse(info); }
  void texts(const FieldInfo& info, std::vector<std::string>&) override { refuse(info); }
  void object(const FieldInfo& info, Described&) override { refuse(info); }
  void part(const FieldInfo& info, PartSlot&) override { refuse(info); }
  std::string result;

 private:
  void add(const FieldInfo& info, const std::string& value) {
    result += (result.empty() ? "" : " ") + info.name + " " + value;
  }
};

std::string text_of(const ArrayMapping& mapping) {
  MappingText text;
  mapping.clone()->describe(text);
  return text.result;
}

/// What could hold a layer up, in cycles of its own.
struct Bound {
  std::string name;
  std::int64_t cycles;
};

/// One layer, mapped.
class LayerReport {
 public:
  LayerReport(const Experiment& experiment, const LayerPlan& plan)
      : plan_(plan),
        array_(experiment.chip.array.array()),
        estimator_({plan.chip.get(), plan.context, plan.widths, accumulator_of(experiment.chip), &plan.prices, {}}),
        cost_(array_.cost(plan.context, *plan.mapping)),
        figures_(estimator_.figures(cost_)),
        bounds_{{"compute", cost_.compute_cycles},
                {"port", cost_.port_cycles},
                {"load", cost_.load_cycles},
                {"link", estimator_.filter_link_cycles(cost_) + estimator_.exposed_link_cycles(cost_)}} {}

  static std::vector<std::string> head() {
    return {"layer",     "mapping",    "limit",        "PEs",       "cycles",
            "simulated", "DRAM words", "buffer words", "energy uJ", "ranked"};
  }
  std::vector<std::string> row() const {
    constexpr double kPicojoulesPerMicrojoule = 1e6;
    const bool simulated = plan_.search != nullptr && plan_.search->simulated;
    return {plan_.layer->name,
            text_of(*plan_.mapping),
            limit().name,
            std::to_string(plan_.schedule->active_pes),
            std::to_string(figures_.total_cycles),
            simulated ? std::to_string(plan_.search->simulated->total_cycles) : "-",
            std::to_string(figures_.dram_words),
            std::to_string(figures_.buffer_words),
            fixed(figures_.energy_pj / kPicojoulesPerMicrojoule, 1),
            plan_.search == nullptr ? "-" : std::to_string(plan_.search->visited)};
  }
  std::string explanation() const {
    std::string text = "\n" + plan_.layer->name + ": " + text_of(*plan_.mapping) + "\n";
    for (const std::string& line : array_.explain(plan_.context, *plan_.mapping)) text += "  " + line + "\n";
    return text + "  " + buffer_line() + "\n  " + traffic_line() + "\n  " + bound_line() + "\n";
  }

 private:
  const Bound& limit() const {
    return *std::max_element(bounds_.begin(), bounds_.end(),
                             [](const Bound& a, const Bound& b) { return a.cycles < b.cycles; });
  }
  std::string buffer_line() const {
    const MappingContext& context = plan_.context;
    const auto held = [&](const std::string& what, std::int64_t words, std::int64_t bits) {
      return std::to_string(words) + " " + what + " (" + std::to_string(banks_for(context, words, bits)) + ")";
    };
    return "global buffer holds (banks) " + held("ifmap words", plan_.schedule->ifmap_words, context.activation_bits) +
           " and " + held("psums", plan_.schedule->psum_words, context.psum_bits) + " of " +
           std::to_string(context.banks) + "; " +
           held("filter words", plan_.schedule->filter_words, context.filter_room()) + " of " +
           std::to_string(context.filter_banks);
  }
  std::string traffic_line() const {
    return "DRAM words: filters " + std::to_string(cost_.dram_filter_words) + ", ifmap " +
           std::to_string(cost_.dram_ifmap_words) + ", ofmap " + std::to_string(cost_.dram_ofmap_words) +
           "; buffer words: ifmap " + std::to_string(cost_.buffer_ifmap_reads) + ", psums " +
           std::to_string(cost_.buffer_psum_reads) + " in and out";
  }
  std::string bound_line() const {
    std::string line = "cycles if there were nothing else:";
    for (const Bound& bound : bounds_) {
      line += (&bound == bounds_.data() ? " " : ", ") + bound.name + " " + std::to_string(bound.cycles);
    }
    return line + "; limited by " + limit().name;
  }

  const LayerPlan& plan_;
  const ArrayKind& array_;
  const Estimator estimator_;
  const MappingCost cost_;
  const MappingFigures figures_;
  const std::vector<Bound> bounds_;
};

std::string footer(const Experiment& experiment) {
  const SearchConfig& search = experiment.run.search;
  const std::string closed_form =
      "cycles, words and energy by closed form: data without zeros, streams uncompressed, the whole batch\n";
  if (!experiment.mapping.searched()) return "mapping: " + experiment.mapping.name + "\n" + closed_form;
  return "search: least " + search.objective + " (" + objective_named(search.objective).meaning + "), " +
         search.factors + " factors\n" + closed_form;
}

}  // namespace

std::string mapping_report(const Experiment& experiment, bool explain) {
  const NetworkPrecision precision = resolved_precision(experiment);
  TextTable table(LayerReport::head(), 3);
  std::string explanations;
  for (const LayerPlan& plan : plan_layers(experiment, precision)) {
    const LayerReport report(experiment, plan);
    table.add(report.row());
    if (explain) explanations += report.explanation();
  }
  std::string left_out;
  for (const auto& [layer, reason] : experiment.unsupported_layers()) {
    left_out += layer->name + ": not mapped: " + reason + "\n";
  }
  return table.text(0) + explanations + (explain ? "\n" : "") + left_out + footer(experiment);
}

}  // namespace lacuna
