// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/config/experiment.hpp"
#include "sim/result/program.hpp"
#include "sim/result/run_result.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {
namespace {

InputFile check_input(const JsonView& view) {
  view.allow_keys({"path", "sha256"});
  const InputFile expected = {view.at("path").text(), view.at("sha256").text()};
  const DataFile file = recorded_file(expected.path);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file.path, ignored)) {
    view.fail("missing input, found no file '" + expected.path + "'; expected one with SHA-256 " + expected.sha256);
  }
  const std::string found = sha256_of_file(file.path);
  if (found != expected.sha256) {
    view.fail("changed input '" + expected.path + "', found SHA-256 " + found + "; expected " + expected.sha256);
  }
  return expected;
}

}  // namespace

Request request_from_result(const std::string& file) {
  const JsonDocument result = JsonDocument::load(file);
  const JsonView schema = result.view().at("schema_version");
  if (!schema.is_number() || schema.json() != RunResult::kSchemaVersion) {
    schema.fail("result of another schema, found " + schema.json().dump() + "; allowed " +
                std::to_string(RunResult::kSchemaVersion));
  }
  const JsonView program = result.view().at("program").at("version");
  if (program.text() != this_program().version) {
    program.fail("result of another version, found '" + program.text() + "'; allowed '" + this_program().version +
                 "', the version of this program");
  }
  Request request{JsonDocument(result.view().at("config").json(), file), {}, {}};
  const JsonView inputs = result.view().at("inputs");
  for (std::size_t i = 0; i < inputs.size(); ++i) request.recorded_inputs.push_back(check_input(inputs.item(i)));
  return request;
}

}  // namespace lacuna
