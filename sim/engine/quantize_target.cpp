// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize_target.hpp"

#include <charconv>
#include <cmath>

#include "hw/base/error.hpp"
#include "sim/config/choice.hpp"

namespace lacuna {
namespace {

constexpr double kMostDecibels = 120.0;  // 16 bits hold less than 100
constexpr double kMostBytes = 1e15;

[[noreturn]] void fail(const std::string& key, const std::string& value, const std::string& allowed) {
  fail_input("quantize: --target " + key + ": found '" + value + "'; allowed " + allowed);
}

/// The number that all of a text is; NaN where it is none.
double number_of(const std::string& text) {
  double number = 0.0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? number : std::nan("");
}

double decibels(const std::string& key, const std::string& value) {
  const double number = number_of(value);
  if (!(number > 0.0 && number <= kMostDecibels)) fail(key, value, "a number of dB above 0, up to 120");
  return number;
}

double drop(const std::string& key, const std::string& value) {
  const bool percent = !value.empty() && value.back() == '%';
  const double number = number_of(percent ? value.substr(0, value.size() - 1) : value) / (percent ? 100.0 : 1.0);
  // A share of 1 is more likely a percent that is not said.
  if (!(number >= 0.0 && (percent ? number <= 1.0 : number < 1.0)))
    fail(key, value, "0% to 100%, or a share from 0 to below 1");
  return number;
}

double bytes(const std::string& key, const std::string& value) {
  const double number = number_of(value);
  if (!(number >= 1.0 && number <= kMostBytes)) fail(key, value, "a number of bytes, such as 2e6");
  return number;
}

}  // namespace

QuantizeTarget parse_quantize_target(const std::string& text) {
  const std::size_t sign = text.find('=');
  const std::string key = text.substr(0, sign);
  const std::string value = sign == std::string::npos ? "" : text.substr(sign + 1);
  if (key == "sqnr_db") return {QuantizeGoal::sqnr_db, decibels(key, value), text};
  if (key == "accuracy_drop") return {QuantizeGoal::accuracy_drop, drop(key, value), text};
  if (key == "weight_bytes") return {QuantizeGoal::weight_bytes, bytes(key, value), text};
  fail_choice("quantize: --target: unknown target", key, {"sqnr_db", "accuracy_drop", "weight_bytes"});
}

}  // namespace lacuna
