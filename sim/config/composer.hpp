// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// Puts the document of an experiment together: overrides in place, names replaced by what they refer to.
class Composer {
 public:
  /// Applies every override but those that stand below a reference not yet resolved.
  explicit Composer(const Request& request);

  const JsonDocument& document() const { return document_; }
  JsonView view() const { return document_.view(); }
  /// The value at a pointer that exists.
  JsonView at(const std::string& pointer) const;
  bool has(const std::string& pointer) const;
  const nlohmann::json& json() const { return document_.json(); }
  std::string origin(const std::string& pointer) const { return document_.origin(pointer); }
  /// Puts a value that the request does not state; `taken_from` is the field that holds it, if one does.
  void put(const std::string& pointer, const nlohmann::json& value, const std::string& origin,
           const std::string& taken_from = "");
  /// Replaces the name or path at a pointer by the file it refers to, unless it is one of the words `stays`, and
  /// applies the overrides below.
  void resolve(const std::string& pointer, DataKind kind, const std::vector<std::string>& stays = {});
  /// Throws Error (bad_input) when an override stands below a reference that the experiment does not have.
  void finish() const;

  /// Adds a file to the inputs, once.
  void add_input(const DataFile& file);
  const std::vector<InputFile>& inputs() const { return inputs_; }
  /// What was put where, in order.
  const std::vector<Placement>& placements() const { return placements_; }

 private:
  void apply(const Override& change);
  void set(const std::string& pointer, nlohmann::json value, const std::string& origin, Placement placement);

  JsonDocument document_;
  std::shared_ptr<FileMemory> files_;
  std::vector<Override> waiting_;
  std::vector<InputFile> inputs_;
  std::vector<Placement> placements_;
};

}  // namespace lacuna
