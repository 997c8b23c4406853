// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <ostream>

#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/cli/command.hpp"
#include "sim/config/catalogue.hpp"
#include "sim/config/choice.hpp"
#include "sim/config/data_path.hpp"
#include "sim/energy/price_table.hpp"
#include "workloads/network/network.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

/// How far each price table's models are from the published points that they rest on.
void print_fits(std::ostream& out) {
  for (const std::string& name : data_names(DataKind::energy)) {
    const JsonDocument file = JsonDocument::load(shipped_file(DataKind::energy, name).path);
    const PriceTable table = load_price_table(file.view());
    if (table.fit.empty()) continue;
    out << "\n" << name << ": models beside published points\n";
    TextTable fit({"point", "unit", "published", "model", "error %"}, 1);
    for (const FitPoint& point : table.fit) {
      fit.add({point.what, point.unit, fixed(point.published, 3), fixed(point.model, 3),
               fixed(std::abs(point.error_percent()) < 0.05 ? 0.0 : point.error_percent(), 1)});
    }
    out << fit.text(0);
    for (const std::string& note : table.notes) out << note << "\n";
  }
}

/// A damaged file is said in its line, and takes nothing from the others.
std::string trained_label(const Network& network, const std::string& folder) {
  try {
    return open_weights("trained", network, folder)->label();
  } catch (const Error& error) {
    return error.what();
  }
}

/// Where the weights of each network come from.
void print_weights(std::ostream& out) {
  TextTable weights({"network", "--weights", ""}, 3);
  for (const std::string& name : data_names(DataKind::network)) {
    const JsonDocument file = JsonDocument::load(shipped_file(DataKind::network, name).path);
    const Network network = load_network(file.view());
    const std::string folder = data_root() + "/workloads/weights";
    const bool trained = !network.trained.file.empty();
    if (trained) weights.add({name, "trained (default)", trained_label(network, folder)});
    const std::string synthetic = open_weights("synthetic", network, folder)->label();
    weights.add({trained ? "" : name, trained ? "synthetic" : "synthetic (default)", synthetic});
  }
  out << "\n" << weights.text(0);
}

}  // namespace

int list_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna list WHAT, with WHAT one of\n";
    for (const std::string& what : catalogue_names()) out << "  " << what << "\n";
    return 0;
  }
  if (words.size() != 1) {
    fail_choice("list: takes one word", std::to_string(words.size()) + " words", catalogue_names());
  }
  const std::vector<CatalogueEntry> entries = catalogue(words[0]);
  std::size_t width = 0;
  for (const CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
  for (const CatalogueEntry& entry : entries) {
    out << entry.name << std::string(width - entry.name.size() + 2, ' ') << entry.description << "\n";
  }
  if (words[0] == "energy") print_fits(out);
  if (words[0] == "networks") print_weights(out);
  return 0;
}

}  // namespace lacuna
