// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/json_file.hpp"
#include "analysis/report/pe_table.hpp"

namespace lacuna {

/// The figures of a layer, or sums of several, by the names that result.json gives them.
struct Figures {
  std::string where;                                          ///< file and place, for messages
  std::map<std::string, double> numbers;                      ///< null (no such number) is absent
  std::map<std::string, std::string> texts;                   ///< flags are "yes" and "no"
  std::map<std::string, std::map<std::string, double>> maps;  ///< "energy_pj" -> component -> pJ, and so on

  /// These throw Error (bad_input), with file and place, for what is not there.
  double number(const std::string& field) const;
  const std::string& text(const std::string& field) const;
  const std::map<std::string, double>& map(const std::string& field) const;
};

/// A result.json, and pes.csv beside it.
struct ResultDocument {
  std::string file;
  std::shared_ptr<const nlohmann::json> json;
  std::vector<Figures> layers;           ///< those that ran on the array
  std::vector<std::string> host_layers;  ///< "name (kind)" of those that did not
  Figures conv;                          ///< over the conv layers
  Figures all;                           ///< over all of `layers`
  std::vector<std::string> not_run;      ///< conv and fc layers that the run left out
  std::vector<std::string> labels;
  std::optional<PeTable> pes;  ///< absent without pes.csv

  JsonPlace place() const { return {*json, file}; }
  /// PEs of the array: 0 where no layer ran on it.
  double pes_of_array() const;
  std::vector<std::string> layer_names() const;
};

/// Reads a result. Throws Error (bad_input) where `json`, read from `file`, is none or is of another schema version,
/// and for a pes.csv beside it that is damaged or of another run.
ResultDocument result_document(const std::string& file, std::shared_ptr<const nlohmann::json> json);

}  // namespace lacuna
