// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/point_store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/energy/account.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/result/price_identity.hpp"
#include "sim/sweep/figure_columns.hpp"

namespace lacuna {
namespace {

constexpr int kWaitMs = 60'000;

std::string question_marks(std::size_t count) {
  std::string text = "?";
  for (std::size_t i = 1; i < count; ++i) text += ", ?";
  return text;
}

/// Seconds in UTC, as ISO 8601.
std::string now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// The program that runs points: where its revision does not say what was built, its executable does.
Program exact_program() {
  constexpr std::size_t kDigits = 12;
  Program program = this_program();
  const std::string& revision = program.git_revision;
  const bool is_exact = revision != "unknown" && revision.find("-dirty") == std::string::npos;
  if (!is_exact) program.git_revision += "+" + executable_digest().substr(0, kDigits);
  return program;
}

constexpr int kLabels = 9;
constexpr int kPointFields = 11;  // before the figures: key .. prices_digest

}  // namespace

std::string to_string(PointStatus status) {
  switch (status) {
    case PointStatus::ok:
      return "ok";
    case PointStatus::refused:
      return "refused";
    case PointStatus::failed:
      return "failed";
    case PointStatus::crashed:
      return "crashed";
  }
  return "";
}

struct PointStore::Statements {
  explicit Statements(const std::string& file) : database(file, SQLite::OPEN_READWRITE, kWaitMs) {
    // A power failure may lose the last transactions, never the database: a killed process loses none.
    database.exec("PRAGMA synchronous = NORMAL");
  }

  std::int64_t source(const std::string& text);
  void exec(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
  }
  void put_point(const PointRecord& point);
  void put_result(std::int64_t id, const RunResult& result);
  void put_layer(std::int64_t id, int position, const LayerResult& layer);
  void put_exposure(std::int64_t id, const RunResult& result);
  void put_inputs(const RunResult& result);

  SQLite::Database database;
  SQLite::Statement find{database, "SELECT id, status, identity, program, error FROM points WHERE key = ?"};
  SQLite::Statement insert_point{
      database, "INSERT INTO points VALUES(NULL, " + question_marks(kPointFields + point_columns().size()) + ")"};
  SQLite::Statement insert_layer{database,
                                 "INSERT INTO layers VALUES(" + question_marks(2 + layer_columns().size()) + ")"};
  SQLite::Statement insert_energy{database, "INSERT INTO energy VALUES(?, ?, ?, ?)"};
  SQLite::Statement insert_stalls{database, "INSERT INTO stalls VALUES(?, ?, ?, ?)"};
  SQLite::Statement insert_source{database, "INSERT OR IGNORE INTO sources(text) VALUES(?)"};
  SQLite::Statement find_source{database, "SELECT id FROM sources WHERE text = ?"};
  SQLite::Statement insert_exposure{database, "INSERT INTO price_exposure VALUES(?, ?, ?, ?, ?)"};
  SQLite::Statement insert_input{database, "INSERT OR IGNORE INTO inputs VALUES(?, ?)"};
  std::map<std::string, std::int64_t> sources;
  std::int64_t program = 0;
};

/// Ids are remembered once they are committed: a transaction that is rolled back takes a new source with it.
std::int64_t PointStore::Statements::source(const std::string& text) {
  const auto known = sources.find(text);
  if (known != sources.end()) return known->second;
  insert_source.bind(1, text);
  exec(insert_source);
  find_source.bind(1, text);
  find_source.executeStep();
  const std::int64_t id = find_source.getColumn(0).getInt64();
  find_source.reset();
  return sources[text] = id;
}

void PointStore::Statements::put_point(const PointRecord& point) {
  nlohmann::json labels = nlohmann::json::array();
  if (point.result != nullptr) labels = point.result->labels;
  SQLite::Statement& insert = insert_point;
  insert.clearBindings();
  insert.bind(1, point.key);
  insert.bind(2, to_string(point.status));
  if (!point.error.empty()) insert.bind(3, point.error);
  insert.bind(4, point.command);
  insert.bind(5, point.identity);
  insert.bind(6, program);
  insert.bind(7, point.elapsed_ms);
  insert.bind(8, now());
  insert.bind(kLabels, labels.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (point.result != nullptr) {
    insert.bind(kLabels + 1, prices_text(*point.result));
    insert.bind(kLabels + 2, prices_digest(*point.result));
    bind_point(insert, kPointFields + 1, *point.result);
  }
  exec(insert);
}

void PointStore::Statements::put_layer(std::int64_t id, int position, const LayerResult& layer) {
  insert_layer.bind(1, id);
  insert_layer.bind(2, position);
  bind_layer(insert_layer, 3, layer);
  exec(insert_layer);
  const auto put = [&](SQLite::Statement& insert, const std::string& name, auto value) {
    insert.bind(1, id);
    insert.bind(2, position);
    insert.bind(3, name);
    insert.bind(4, value);
    exec(insert);
  };
  for (const auto& [component, pj] : layer.energy_pj) put(insert_energy, component, pj);
  for (const auto& [cause, cycles] : layer.stall_cycles) put(insert_stalls, cause, cycles);
}

void PointStore::Statements::put_exposure(std::int64_t id, const RunResult& result) {
  std::map<std::string, Estimate> sums;
  for (const LayerResult& layer : result.layers) {
    if (layer.on_host()) continue;
    const LayerTime time{layer.total_ms, layer.total_cycles, layer.spatial_utilization};
    for (const Prices& prices : result.prices) {
      if (!prices.are_for(layer.name)) continue;
      for (const auto& [text, estimate] : energy_by_source_pj(layer.counts, prices, time)) sums[text] += estimate;
    }
  }
  for (const auto& [text, estimate] : sums) {
    insert_exposure.bind(1, id);
    insert_exposure.bind(2, source(text));
    insert_exposure.bind(3, estimate.low);
    insert_exposure.bind(4, estimate.value);
    insert_exposure.bind(5, estimate.high);
    exec(insert_exposure);
  }
}

void PointStore::Statements::put_inputs(const RunResult& result) {
  for (const InputFile& input : result.inputs) {
    insert_input.bind(1, input.path);
    insert_input.bind(2, input.sha256);
    exec(insert_input);
  }
}

void PointStore::Statements::put_result(std::int64_t id, const RunResult& result) {
  int position = 0;
  for (const LayerResult& layer : result.layers) {
    if (!layer.on_host()) put_layer(id, position, layer);
    ++position;
  }
  put_exposure(id, result);
  put_inputs(result);
}

PointStore::PointStore(const std::string& file) : sql_(std::make_unique<Statements>(file)) {
  const Program program = exact_program();
  SQLite::Database& database = sql_->database;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(database, "INSERT OR IGNORE INTO programs(version, git_revision, compiler) VALUES(?, ?, ?)");
  SQLite::Statement find(database, "SELECT id FROM programs WHERE version = ? AND git_revision = ? AND compiler = ?");
  for (SQLite::Statement* statement : {&insert, &find}) {
    statement->bind(1, program.version);
    statement->bind(2, program.git_revision);
    statement->bind(3, program.compiler);
  }
  insert.exec();
  find.executeStep();
  sql_->program = find.getColumn(0).getInt64();
  find.reset();
  transaction.commit();
}

PointStore::~PointStore() = default;

bool PointStore::holds(const PointRecord& point) const {
  SQLite::Statement& find = sql_->find;
  find.bind(1, point.key);
  bool same = find.executeStep();
  if (same) {
    const std::string status = find.getColumn(1).getString();
    same = status != to_string(PointStatus::crashed) && find.getColumn(2).getString() == point.identity &&
           find.getColumn(3).getInt64() == sql_->program;
    // Without an identity, the error is all that tells whether anything has changed.
    if (same && point.identity.empty()) same = find.getColumn(4).getString() == point.error;
  }
  find.reset();
  return same;
}

bool PointStore::has_result(const std::string& key) const {
  SQLite::Statement& find = sql_->find;
  find.bind(1, key);
  const bool has = find.executeStep() && find.getColumn(1).getString() == to_string(PointStatus::ok);
  find.reset();
  return has;
}

void PointStore::put(const PointRecord& point) {
  SQLite::Database& database = sql_->database;
  const std::map<std::string, std::int64_t> sources_before = sql_->sources;
  try {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    sql_->find.bind(1, point.key);
    const bool known = sql_->find.executeStep();
    const std::int64_t old = known ? sql_->find.getColumn(0).getInt64() : 0;
    sql_->find.reset();
    if (known) {
      const std::string id = std::to_string(old);
      for (const char* table : {"layers", "energy", "stalls", "price_exposure"}) {
        database.exec(std::string("DELETE FROM ") + table + " WHERE point = " + id);
      }
      database.exec("DELETE FROM points WHERE id = " + id);
    }
    sql_->put_point(point);
    if (point.result != nullptr) sql_->put_result(database.getLastInsertRowid(), *point.result);
    transaction.commit();
  } catch (const SQLite::Exception& error) {
    sql_->sources = sources_before;
    fail_run(database.getFilename() + ": cannot be written: " + error.what());
  }
}

}  // namespace lacuna
