// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace lacuna {

/// Members of a JSON object, in the order in which they are put.
class TraceArgs {
 public:
  TraceArgs& put(const std::string& name, std::int64_t value);
  TraceArgs& put(const std::string& name, const std::string& text);
  /// numerator / denominator, rounded down to thousandths.
  TraceArgs& put_ratio(const std::string& name, std::int64_t numerator, std::int64_t denominator);
  /// `json` is a value as it stands in the file.
  TraceArgs& put_json(const std::string& name, const std::string& json);
  TraceArgs& put(const std::string& name, const TraceArgs& members) { return put_json(name, members.json()); }
  std::string json() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

/// A file in the Chrome trace format (JSON object form: "traceEvents" and "otherData"), which Perfetto and
/// chrome://tracing open. It is written as events come, beside its place, and put there by commit(); what is not
/// committed is removed. All events are of one process; a track is a thread of it.
///
/// The format counts in microseconds. An edge of the core clock is put at the whole nanosecond at or below it, so that
/// what touches in cycles touches in the file.
class ChromeTrace {
 public:
  /// Throws Error (bad_input) "--trace PATH: ..." where the file cannot be written.
  ChromeTrace(const std::string& path, std::int64_t core_clock_khz);
  ~ChromeTrace();
  ChromeTrace(const ChromeTrace&) = delete;
  ChromeTrace& operator=(const ChromeTrace&) = delete;

  void name_process(const std::string& name);
  /// Tracks are shown in the order of their numbers.
  void name_track(std::int64_t track, const std::string& name);
  /// Something that lasts from edge `first` up to edge `end`.
  void slice(std::int64_t track, const std::string& name, std::int64_t first, std::int64_t end, const TraceArgs& args);
  void instant(std::int64_t track, const std::string& name, std::int64_t edge, const TraceArgs& args);
  /// A counter, or several on one chart, from this edge on.
  void counter(const std::string& name, std::int64_t edge, const TraceArgs& values);
  /// Ends the file. Throws Error (run_failed) where not all of it could be written. Nothing may be added behind it.
  void finish(const TraceArgs& other_data);
  /// Puts the finished file in its place. Throws Error (run_failed).
  void commit();

  const std::string& path() const { return path_; }

 private:
  void event(const std::string& phase, std::int64_t track, std::int64_t edge, const std::string& name,
             const std::string& more);
  void metadata(const std::string& name, std::int64_t track, const TraceArgs& args);
  void write(const std::string& text);
  std::int64_t nanoseconds(std::int64_t edge) const;

  std::string path_;
  std::string partial_;
  std::int64_t core_clock_khz_;
  std::FILE* file_ = nullptr;
  bool whole_ = true;  ///< all that was to be written was
  bool first_ = true;
};

}  // namespace lacuna
