// SPDX-License-Identifier: Apache-2.0
#include "sim/result/price_identity.hpp"

#include <nlohmann/json.hpp>

#include "workloads/json/digest.hpp"

namespace lacuna {

std::string prices_text(const RunResult& result) {
  if (result.prices.empty()) return "";
  const Prices& prices = result.prices.front();
  std::string text = prices.table + ", " + std::to_string(prices.node_nm) + " nm";
  for (const auto& [kind, variant] : prices.variants) text += ", " + kind + " " + variant;
  return text;
}

std::string prices_digest(const RunResult& result) {
  const nlohmann::json config = nlohmann::json::parse(result.config_json, nullptr, false);
  nlohmann::json energy = config.is_object() ? config.value("energy", nlohmann::json::object()) : nlohmann::json();
  if (!energy.is_object()) return "";
  for (const char* text : {"description", "fit", "notes", "source"}) energy.erase(text);
  const std::string figures = energy.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return sha256_hex({reinterpret_cast<const unsigned char*>(figures.data()), figures.size()});
}

}  // namespace lacuna
