// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/worker.hpp"

#include <chrono>
#include <optional>

#include "hw/base/error.hpp"
#include "sim/engine/engine.hpp"
#include "sim/sweep/point_request.hpp"

namespace lacuna {

SweepWorker::SweepWorker(const SweepFile& sweep, const std::string& database, ValuesCache* cache)
    : sweep_(sweep), keys_(sweep), store_(database), cache_(cache) {}

SweepWorker::Outcome SweepWorker::run(const SweepPoint& point) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  PointRecord record;
  record.key = keys_.key(point);
  std::optional<RunResult> result;
  try {
    const Experiment experiment = compose(request_of(sweep_, point, files_));
    record.identity = identity_of(experiment);
    if (store_.holds(record)) return Outcome::kept;
    EngineHooks hooks;
    hooks.cache = cache_;
    result = run_experiment(experiment, hooks);
    record.result = &*result;
  } catch (const Error& error) {
    record.status = error.kind() == ErrorKind::bad_input ? PointStatus::refused : PointStatus::failed;
    record.error = error.what();
    if (record.identity.empty() && store_.holds(record)) return Outcome::kept;
  } catch (const std::exception& error) {  // out of memory, say: the others go on, and this one is tried again
    record.status = PointStatus::crashed;
    record.error = error.what();
  }
  // A file that is not there today, or not from this folder, says nothing against the result of before.
  if (record.status == PointStatus::refused && record.identity.empty() && store_.has_result(record.key)) {
    stale_error_ = record.error;
    return Outcome::stale;
  }
  record.command = command_of(sweep_, point);
  record.elapsed_ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  store_.put(record);
  if (record.status == PointStatus::ok) return Outcome::ok;
  return record.status == PointStatus::refused ? Outcome::refused : Outcome::failed;
}

}  // namespace lacuna
