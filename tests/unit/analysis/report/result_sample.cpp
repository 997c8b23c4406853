// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/analysis/report/result_sample.hpp"

#include <nlohmann/json.hpp>

#include "sim/result/pe_result.hpp"
#include "sim/result/result_json.hpp"
#include "tests/support/sample_result.hpp"

namespace lacuna {

RunResult reported_result() {
  RunResult result = sample_result();
  result.config_json = R"({"chip": {"name": "eyeriss", "core_clock_khz": 200000, "mac": {"accumulator_bits": 32},
                                    "dram_link": {"bits": 64, "clock_khz": 60000}},
                           "network": {"name": "small"}})";
  return result;
}

LayerPes reported_pes(const std::string& layer) {
  LayerPes pes{layer, {"link"}, {}};
  for (std::int64_t i = 0; i < 4; ++i) {
    const std::int64_t filler = i == 3 ? 10 : 0;
    pes.pes.push_back({i / 2, i % 2, 187500 + filler, 62500, filler, {1000}, 100 * i});
  }
  return pes;
}

ResultDocument document_of(const std::string& text, const std::string& file) {
  return result_document(file, std::make_shared<const nlohmann::json>(nlohmann::json::parse(text)));
}

ResultDocument reported_document() { return document_of(result_json(reported_result())); }

ResultDocument reported_document_with_pes(const ScratchFolder& scratch) {
  const RunResult result = reported_result();
  scratch.write("pes.csv", pes_csv({reported_pes("conv1"), reported_pes("conv2"), reported_pes("fc6")}));
  return document_of(result_json(result), scratch.path("result.json"));
}

}  // namespace lacuna
