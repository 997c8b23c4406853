// SPDX-License-Identifier: Apache-2.0
#include "sim/config/synthetic_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace lacuna {
namespace {

const char* const kWeights = "/run/weights";
const std::string kPrefix = "synthetic:";
const char* const kDigits = "0123456789";

/// A field of /network/synthetic_weights, and what a part says of it.
struct SyntheticPart {
  std::string name;
  std::string field;
  nlohmann::json value;
};

[[noreturn]] void fail_value(const JsonView& view, const std::string& part, const std::string& allowed) {
  view.fail("synthetic weights: out of range, found '" + part + "'; allowed " + allowed);
}

/// 1 - density, subtracted in decimals: of 0.35 it is the number that 0.65 reads as, and not the double beside it that
/// binary arithmetic gives.
double zero_share_of(const JsonView& view, const std::string& part, const std::string& density) {
  constexpr std::size_t kMostDecimals = 15;  // as many as a double keeps
  const std::size_t point = std::min(density.find('.'), density.size());
  const std::string whole = density.substr(0, point);
  const std::string decimals = point < density.size() ? density.substr(point + 1) : "";
  const bool plain = (whole == "0" || whole == "1") && decimals.find_first_not_of(kDigits) == std::string::npos &&
                     decimals.size() <= kMostDecimals && (point == density.size() || !decimals.empty());
  std::int64_t one = 1;
  for (std::size_t i = 0; i < decimals.size(); ++i) one *= 10;
  const std::int64_t kept = plain ? std::strtoll((whole + decimals).c_str(), nullptr, 10) : 0;
  std::string missing = std::to_string(one - kept);
  if (missing.size() < decimals.size()) missing.insert(0, decimals.size() - missing.size(), '0');
  missing.insert(0, "0.");
  double share = 0.0;
  std::from_chars(missing.data(), missing.data() + missing.size(), share);
  if (!plain || kept > one || share > kMostZeroShare || kept == 0) {
    fail_value(view, part, "density=D with D a decimal fraction from 0.0001 to 1, of at most 15 decimals");
  }
  return kept == one ? 0.0 : share;
}

/// The network's loader knows how large it may be.
std::int64_t seed_of(const JsonView& view, const std::string& part, const std::string& seed) {
  constexpr std::size_t kMostDigits = 18;
  if (seed.empty() || seed.size() > kMostDigits || seed.find_first_not_of(kDigits) != std::string::npos) {
    fail_value(view, part, "seed=N with N an integer");
  }
  return std::strtoll(seed.c_str(), nullptr, 10);
}

SyntheticPart read_part(const JsonView& view, const std::string& part) {
  const std::vector<std::string>& distributions = weight_distributions();
  if (std::find(distributions.begin(), distributions.end(), part) != distributions.end()) {
    return {"distribution", "distribution", part};
  }
  const std::size_t equals = std::min(part.find('='), part.size());
  const std::string key = part.substr(0, equals);
  const std::string value = part.substr(std::min(equals + 1, part.size()));
  if (key == "density") return {key, "zero_share", zero_share_of(view, part, value)};
  if (key == "seed") return {key, "seed", seed_of(view, part, value)};
  std::vector<std::string> known = distributions;
  known.insert(known.end(), {"density", "seed"});
  view.fail("synthetic weights: unknown part, found '" + part + "'; allowed " + joined(distributions) +
            ", density=D, seed=N, separated by ','" + did_you_mean(key, known));
}

/// An override of the field would go unused.
void refuse_second_say(const Composer& composer, const JsonView& view, const std::string& pointer) {
  for (const Placement& placement : composer.placements()) {
    if (placement.pointer != pointer) continue;
    view.fail("sets " + pointer + ", as " + placement.origin + " does, found both; allowed one of them");
  }
}

}  // namespace

void place_synthetic_text(Composer& composer) {
  if (!composer.has(kWeights) || !composer.at(kWeights).is_text()) return;
  const std::string text = composer.at(kWeights).text();
  if (text.compare(0, kPrefix.size(), kPrefix) != 0) return;
  const JsonDocument document = composer.document();  // what is put must not move what messages look at
  const JsonView view(document, document.json().at(nlohmann::json::json_pointer(kWeights)), kWeights);
  const std::string origin = view.origin();
  std::istringstream parts(text.substr(kPrefix.size()) + ",");
  std::set<std::string> seen;
  for (std::string word; std::getline(parts, word, ',');) {
    const SyntheticPart part = read_part(view, word);
    const std::string pointer = "/network/synthetic_weights/" + part.field;
    if (!seen.insert(part.field).second) {
      view.fail("synthetic weights: " + part.name + " given twice, found '" + word + "' too; allowed once");
    }
    refuse_second_say(composer, view, pointer);
    composer.put(pointer, part.value, origin);
  }
  composer.put(kWeights, "synthetic", origin);
}

}  // namespace lacuna
