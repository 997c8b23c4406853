// SPDX-License-Identifier: Apache-2.0
// What the loaders take, the schemas take, and what they refuse for its form, the schemas refuse: by the judgement of a
// validator that is not ours.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "hw/base/error.hpp"
#include "sim/config/composer.hpp"
#include "sim/config/data_path.hpp"
#include "sim/engine/engine.hpp"
#include "sim/result/result_json.hpp"
#include "sim/schema/schemas.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/malformed_cases.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// What the validator has against a document; "" for nothing.
std::string complaints(const std::string& name, const Json& document) {
  const Json text = Json::parse(schema_text(name));
  valijson::Schema schema;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(text), schema);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(schema, Adapter(document), &results)) return "";
  std::string all;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) all += step;
    all += " " + error.description + "\n";
  }
  return all;
}

Json read(const std::string& file) { return JsonDocument::load(file).json(); }

TEST(Schemas, TakeEveryShippedFile) {
  const std::pair<const char*, const char*> folders[] = {{"chip", "configs/chips"},
                                                         {"network", "workloads/networks"},
                                                         {"precision", "configs/precision"},
                                                         {"energy", "configs/energy"},
                                                         {"mapping", "configs/mappings"},
                                                         {"stimulus", "workloads/stimuli"},
                                                         {"published", "analysis/published"},
                                                         {"sweep", "configs/sweeps"},
                                                         {"accelergy_map", "tests/data/accelergy"}};
  for (const auto& [schema, folder] : folders) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(LACUNA_SOURCE_DIR "/") + folder)) {
      if (entry.path().extension() != ".json") continue;
      EXPECT_EQ(complaints(schema, read(entry.path())), "") << entry.path();
      ++files;
    }
    EXPECT_GT(files, 0) << folder;
  }
}

TEST(Schemas, TakeAResultAndTheExperimentInIt) {
  const Json runs[] = {
      {{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"layers", {"conv1"}}}}},
      {{"chip", "systolic_32"}, {"network", "tiny"}},
      {{"chip", "eie"}, {"network", "tiny"}, {"run", {{"layers", {"fc6"}}, {"weights", "synthetic:density=0.4"}}}},
      {{"chip", "eyeriss"}, {"network", "alexnet"}, {"run", {{"stimulus", "eyeriss_table_v"}, {"layers", {"conv5"}}}}}};
  for (const Json& run : runs) {
    const RunResult result = run_experiment(compose({JsonDocument(run, "test"), {}, {}}), {});
    const Json written = Json::parse(result_json(result));
    EXPECT_EQ(complaints("result", written), "");
    EXPECT_EQ(complaints("experiment", written.at("config")), "");
  }
}

/// What only the loader can refuse: the form is right.
const char* const kBeyondSchemas[] = {
    "experiment.cases: an override that makes the network wrong",  // arithmetic on shapes
    "experiment.cases: a density of no weights",                   // a number within a text
};

bool is_beyond(const MalformedCase& malformed) {
  return std::find(std::begin(kBeyondSchemas), std::end(kBeyondSchemas), malformed.place) != std::end(kBeyondSchemas);
}

/// Whether a message is about the form of a value.
bool is_structural(const std::string& message) {
  const char* const problems[] = {": unknown key, ",  ": missing key ",    ": wrong type, ",
                                  ": out of range, ", ": unknown value, ", ": groups do not divide"};
  return std::any_of(std::begin(problems), std::end(problems),
                     [&](const char* problem) { return message.find(problem) != std::string::npos; });
}

/// The document that a case has loaded and its schema; none where it has none that could be loaded.
std::optional<std::pair<std::string, Json>> document_of(const MalformedCase& malformed) {
  const std::pair<const char*, const char*> sections[] = {
      {": /chip", "chip"},          {": /network", "network"},     {": /precision", "precision"},
      {": /energy", "energy"},      {": /run/mapping", "mapping"}, {": /run/stimulus", "stimulus"},
      {": /units", "accelergy_map"}};
  if (malformed.words[0] == "check" && malformed.files.size() == 1) {
    for (const auto& [mark, schema] : sections) {
      if (malformed.message.find(mark) == std::string::npos) continue;
      return {{schema, JsonDocument::parse(malformed.files[0].second, "case").json()}};
    }
  }
  if (malformed.words[0] != "run" || !malformed.files.empty()) return {};
  Json request = {{"chip", "grid"}, {"network", "pair"}};
  std::vector<Override> overrides;
  for (std::size_t i = 0; i + 1 < malformed.words.size(); ++i) {
    if (malformed.words[i] == "--set") overrides.push_back(parse_override(malformed.words[i + 1]));
    if (malformed.words[i] == "--batch") overrides.push_back(parse_override("/run/batch=" + malformed.words[i + 1]));
    if (malformed.words[i] == "--level") overrides.push_back(parse_override("/run/level=" + malformed.words[i + 1]));
    if (malformed.words[i] == "--stimulus") request["run"]["stimulus"] = malformed.words[i + 1];
  }
  if (overrides.empty()) return {};
  JsonDocument document(Json::parse(compose({JsonDocument(request, "test"), {}, {}}).resolved), "test");
  for (const Override& change : overrides) document.set(change.pointer, Json::parse(change.value), change.origin);
  return {{"experiment", document.json()}};
}

TEST(Schemas, RefuseWhatTheLoadersRefuseForItsForm) {
  const ScopedVariable data("LACUNA_DATA", LACUNA_SOURCE_DIR "/tests/config/data");
  int refused = 0;
  for (const MalformedCase& malformed : read_cases(LACUNA_SOURCE_DIR "/tests/config/malformed")) {
    if (!is_structural(malformed.message)) continue;
    const auto document = document_of(malformed);
    if (!document) continue;
    const std::string found = complaints(document->first, document->second);
    EXPECT_EQ(found.empty(), is_beyond(malformed)) << malformed.place << "\n" << found;
    ++refused;
  }
  EXPECT_GE(refused, 25);
}

}  // namespace
}  // namespace lacuna
