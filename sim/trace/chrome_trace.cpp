// SPDX-License-Identifier: Apache-2.0
#include "sim/trace/chrome_trace.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kThousand = 1000;

/// A path need not be UTF-8, JSON must be.
std::string quoted(const std::string& text) {
  const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  if (std::all_of(text.begin(), text.end(), plain)) return '"' + text + '"';  // nearly always, and many times faster
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// A whole number of thousandths as decimals: 1234 -> "1.234".
std::string thousandths(std::int64_t value) {
  std::string digits = std::to_string(value % kThousand);
  digits.insert(0, 3 - digits.size(), '0');
  return std::to_string(value / kThousand) + "." + digits;
}

}  // namespace

TraceArgs& TraceArgs::put_json(const std::string& name, const std::string& json) {
  if (!members_.empty()) members_ += ',';
  members_ += quoted(name) + ":" + json;
  return *this;
}

TraceArgs& TraceArgs::put(const std::string& name, std::int64_t value) { return put_json(name, std::to_string(value)); }

TraceArgs& TraceArgs::put(const std::string& name, const std::string& text) { return put_json(name, quoted(text)); }

TraceArgs& TraceArgs::put_ratio(const std::string& name, std::int64_t numerator, std::int64_t denominator) {
  return put_json(name, thousandths(numerator * kThousand / denominator));
}

ChromeTrace::ChromeTrace(const std::string& path, std::int64_t core_clock_khz)
    : path_(path), partial_(path + ".partial"), core_clock_khz_(core_clock_khz) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    fail_input("--trace " + path +
               ": cannot be written: something that is no file is there; allowed the path of a file");
  }
  file_ = std::fopen(partial_.c_str(), "wbe");
  if (file_ == nullptr) fail_input("--trace " + path + ": cannot be written: " + std::strerror(errno));
  write(R"({"displayTimeUnit":"ns","traceEvents":[)"
        "\n");
}

ChromeTrace::~ChromeTrace() {
  if (file_ != nullptr) std::fclose(file_);
  if (!partial_.empty()) ::unlink(partial_.c_str());
}

void ChromeTrace::write(const std::string& text) {
  whole_ = std::fwrite(text.data(), 1, text.size(), file_) == text.size() && whole_;
}

std::int64_t ChromeTrace::nanoseconds(std::int64_t edge) const {
  constexpr std::int64_t kNanosecondsTimesKhz = 1'000'000;
  return edge * kNanosecondsTimesKhz / core_clock_khz_;
}

void ChromeTrace::event(const std::string& phase, std::int64_t track, std::int64_t edge, const std::string& name,
                        const std::string& more) {
  write((first_ ? "" : ",\n") + (R"({"ph":")" + phase) + R"(","pid":1,"tid":)" + std::to_string(track) + R"(,"ts":)" +
        thousandths(nanoseconds(edge)) + R"(,"name":)" + quoted(name) + more + "}");
  first_ = false;
}

void ChromeTrace::metadata(const std::string& name, std::int64_t track, const TraceArgs& args) {
  event("M", track, 0, name, R"(,"args":)" + args.json());
}

void ChromeTrace::name_process(const std::string& name) { metadata("process_name", 0, TraceArgs().put("name", name)); }

void ChromeTrace::name_track(std::int64_t track, const std::string& name) {
  metadata("thread_name", track, TraceArgs().put("name", name));
  metadata("thread_sort_index", track, TraceArgs().put("sort_index", track));
}

void ChromeTrace::slice(std::int64_t track, const std::string& name, std::int64_t first, std::int64_t end,
                        const TraceArgs& args) {
  event("X", track, first, name,
        R"(,"dur":)" + thousandths(nanoseconds(end) - nanoseconds(first)) + R"(,"args":)" + args.json());
}

void ChromeTrace::instant(std::int64_t track, const std::string& name, std::int64_t edge, const TraceArgs& args) {
  event("i", track, edge, name, R"(,"s":"t","args":)" + args.json());
}

void ChromeTrace::counter(const std::string& name, std::int64_t edge, const TraceArgs& values) {
  event("C", 0, edge, name, R"(,"args":)" + values.json());
}

void ChromeTrace::finish(const TraceArgs& other_data) {
  write("\n]" + (R"(,"otherData":)" + other_data.json()) + "}\n");
  const bool on_disk = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  const bool closed = std::fclose(file_) == 0;
  file_ = nullptr;
  if (!whole_ || !on_disk || !closed) {
    fail_run("--trace " + path_ + ": cannot be written: " + std::strerror(errno) + "; no result was written");
  }
}

void ChromeTrace::commit() {
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) {
    fail_run("--trace " + path_ + ": cannot be put in place: " + std::strerror(errno));
  }
  partial_.clear();
}

}  // namespace lacuna
