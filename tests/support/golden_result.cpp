// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden_result.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace lacuna {

GoldenLayer golden_layer(const std::string& name, const std::string& layer) {
  std::ifstream stream(LACUNA_SOURCE_DIR "/tests/golden/eyeriss_table_v/" + name + ".json");
  const nlohmann::json result = nlohmann::json::parse(stream);
  for (const nlohmann::json& found : result.at("layers")) {
    if (found.at("name") != layer) continue;
    GoldenLayer golden;
    golden.processing_cycles = found.at("processing_cycles");
    golden.total_cycles = found.at("total_cycles");
    golden.macs_total = found.at("macs_total");
    golden.active_pes = found.at("active_pes");
    golden.processing_ms = found.at("processing_ms");
    const std::int64_t bytes = found.at("global_buffer_read_bytes").get<std::int64_t>() +
                               found.at("global_buffer_write_bytes").get<std::int64_t>();
    golden.global_buffer_mb = static_cast<double>(bytes) / 1e6;
    golden.energy_chip_pj = found.at("energy_chip_pj");
    return golden;
  }
  throw std::runtime_error(name + " has no layer " + layer);
}

}  // namespace lacuna
