// SPDX-License-Identifier: Apache-2.0
// No dead knobs: every field of an experiment changes some figure, or says that people alone read it. The fields are
// those of the schema, so that none can be forgotten.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/schema/schemas.hpp"
#include "tests/knobs/knob_search.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_file.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Json layer_stimulus(double zeros, bool both_signs) {
  return {{"ifmap_zero_share", zeros}, {"ofmap_density", 0.5}, {"seed", 1}, {"signed", both_signs}};
}

/// tiny's layers run alone on seeded data, so that its input may have any shape.
Json stimulus() {
  return {{"name", "s"}, {"description", "d"}, {"source", "s"}, {"layers", {{"conv1", layer_stimulus(0.5, true)}}}};
}

Json mapping(const std::string& array, const Json& entry) {
  return {{"name", "m"},    {"description", "d"}, {"source", "s"},
          {"array", array}, {"network", "tiny"},  {"layers", {{"conv2", entry}}}};
}

Json exceptions() {
  const Json format = {{"format", "fixed_point"}, {"bits", 12}};
  return {{"conv2", {{"weights", format}, {"activations", format}}}};
}

std::string text(const Json& document) { return document.dump(); }

/// Some weights for conv1 of tiny.
Tensor<float> conv1_weights() {
  Tensor<float> weights({8, 3, 5, 5});
  for (std::size_t i = 0; i < weights.data.size(); ++i) weights.data[i] = static_cast<float>(i % 7) / 16.0F;
  return weights;
}

/// Just wide enough for conv1_weights(), up to 6/16; too narrow for the synthetic ones.
Json tiny_ranges() {
  Json ranges = {{"input", {{"activation_integer_bits", 9}}}, {"norm1", {{"activation_integer_bits", 9}}}};
  for (const char* layer : {"conv1", "conv2", "conv3", "conv4", "fc5", "fc6"}) {
    ranges[layer] = {{"weight_integer_bits", 0}, {"psum_integer_bits", 12}, {"activation_integer_bits", 10}};
  }
  return ranges;
}

/// A weight file of conv1 with two sets of biases, as the network's own.
Json trained_weights() {
  WeightFile contents{"tiny", "made for this test", {"zero", "one"}, {share_values("conv1", conv1_weights(), 4)}};
  contents.tensors[0].biases = {Tensor<float>({8}, 0.0F), Tensor<float>({8}, 1.0F)};
  const std::string file = ::testing::TempDir() + "lacuna-knob-" + std::to_string(getpid()) + ".weights";
  std::ofstream(file, std::ios::binary) << weight_file_bytes(contents);
  return {{"file", file}, {"sha256", sha256_of_file(file)}, {"biases", "zero"}, {"ranges", tiny_ranges()}};
}

/// tiny with words of these formats, of all layers and of single ones, on the MAC that takes them.
KnobExperiment word_experiment(const std::string& mac, const Json& weights, const Json& activations) {
  const Json fixed = {{"format", "fixed_point"}, {"bits", 16}};
  const Json precision = {{"name", "p"},
                          {"description", "d"},
                          {"source", "s"},
                          {"mac", mac},
                          {"exempt_mac", "bit_parallel"},
                          {"weights", weights},
                          {"activations", activations},
                          {"layers",
                           {{"input", {{"activations", fixed}}},
                            {"conv1", {{"weights", fixed}}},
                            {"conv2", {{"weights", weights}}},
                            {"conv3", {{"activations", activations}}}}}};
  return {mac + " " + weights["format"].get<std::string>() + " " + activations["format"].get<std::string>(),
          text({{"chip", "eyeriss"},
                {"network", "tiny"},
                {"energy", "generic_45nm"},
                {"precision", precision},
                {"run", {{"extrapolate", true}}}}),
          {change_of("/network/totals", Json::object())}};
}

std::vector<KnobExperiment> word_experiments() {
  const auto format = [](const char* name, std::int64_t bits) { return Json{{"format", name}, {"bits", bits}}; };
  const Json fixed = format("fixed_point", 16);
  Json two_values = format("ternary_asymmetric", 2);
  two_values["value_bits"] = 12;
  return {word_experiment("shift_add", format("power_of_two", 4), fixed),
          word_experiment("shift_add", format("log2", 4), fixed),
          word_experiment("log_log", format("log2", 3), format("log2", 4)),
          word_experiment("codebook_lookup", format("log_sqrt2", 4), fixed),
          word_experiment("codebook_lookup", two_values, fixed),
          word_experiment("codebook_lookup", format("tanh_levels", 4), format("uniform_levels", 5)),
          word_experiment("codebook_lookup", format("integer_affine", 6), fixed),
          word_experiment("add_subtract", format("ternary", 2), format("half_wave_gaussian", 2)),
          word_experiment("add_subtract", format("binary_layer_scaled", 1), fixed),
          word_experiment("xnor_popcount", format("binary_filter_scaled", 1), format("binary", 1)),
          word_experiment("xnor_popcount", format("binary", 1), format("uniform_levels", 2)),
          word_experiment("float_multiply_add", format("float16", 16), format("float16", 16))};
}

const std::vector<KnobExperiment>& given_experiments() {
  // Too small a range, so that psums of conv2 overflow: what an accumulator does then is seen.
  const Override small_range = change_of("/network/ranges/conv2/psum_integer_bits", 7);
  const Override no_totals = change_of("/network/totals", Json::object());
  const Override no_biases =
      change_of("/network/synthetic_weights", {{"distribution", "laplace"}, {"seed", 1}, {"zero_share", 0.5}});
  const Json run = {{"batch", 2}, {"extrapolate", true}, {"images", {"tiny"}}};
  // With little room mappings differ enough for every setting of the search to choose another one.
  const Json searching = {
      {"batch", 2}, {"extrapolate", true}, {"mapping", "search"}, {"search", {{"objective", "cycles"}}}};
  static const std::vector<KnobExperiment> all = {
      {"row_stationary", text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", run}}), {small_range}},
      {"generic prices",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"energy", "generic_45nm"}, {"run", run}}),
       {small_range, no_totals, change_of("/energy/clock/1/valid_for", {{"words", {1, 65536}}})}},
      {"other words", text({{"chip", "eyeriss"}, {"network", "tiny"}, {"precision", "fixed8"}, {"run", run}}), {}},
      {"systolic",
       text({{"chip", "systolic_32"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases}},
      {"codebook",
       text({{"chip", "eyeriss"},
             {"network", "tiny"},
             {"precision", "codebook8"},
             {"energy", "generic_45nm"},
             {"run", run}}),
       {change_of("/chip/mac/kind", "codebook_lookup"), no_totals,
        change_of("/precision/layers",
                  {{"conv2", {{"weights", {{"format", "codebook"}, {"bits", 4}, {"value_bits", 16}}}}}})}},
      {"compressed weights",
       // a small buffer, so that the room planned for a weight binds
       text({{"chip", "eyeriss_compressed"}, {"network", "tiny"}, {"run", run}}),
       {no_totals, change_of("/precision/weights/bits", 4), change_of("/chip/global_buffer/filter_banks", 1),
        change_of("/chip/global_buffer/banks", 60), change_of("/chip/global_buffer/bank_bytes", 512)}},
      {"stimulus",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"stimulus", stimulus()}, {"extrapolate", true}}}}),
       {no_totals, no_biases}},
      {"row_stationary mapping",
       text({{"chip", "eyeriss"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"mapping",
                mapping("row_stationary", {{"m", 3}, {"n", 1}, {"e", 2}, {"p", 3}, {"q", 2}, {"r", 1}, {"t", 1}})}}}}),
       {no_totals}},
      {"systolic mapping",
       text({{"chip", "systolic_32"},
             {"network", "tiny"},
             {"run", {{"batch", 2}, {"mapping", mapping("systolic", {{"m", 3}, {"n", 1}, {"e", 2}, {"c", 2}})}}}}),
       {no_totals}},
      {"csc_broadcast",
       text({{"chip", "eie"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"unsupported_layers", "leave_out"},
               {"weights", "synthetic:laplace,density=0.4,seed=3"},
               {"extrapolate", true}}}}),
       {no_totals, change_of("/chip/array/pes", 4), change_of("/chip/dram_link/clock_khz", 1000)}},
      {"csc_broadcast mapping",
       text({{"chip", "eie"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"layers", {"fc5"}},
               {"weights", "synthetic:laplace,density=0.4,seed=3"},
               {"extrapolate", true},
               {"mapping",
                {{"name", "m"},
                 {"description", "d"},
                 {"source", "s"},
                 {"array", "csc_broadcast"},
                 {"network", "tiny"},
                 {"layers", {{"fc5", {{"m", 7}, {"n", 1}, {"c", 5}}}}}}}}}}),
       {no_totals, change_of("/chip/array/pes", 4)}},
      {"dual_csc",
       text({{"chip", "eyeriss_v2_pe"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases}},
      {"dual_csc, short runs",
       text({{"chip", "eyeriss_v2_pe"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases, change_of("/chip/array/run_bits", 1)}},
      {"dual_csc mapping",
       text({{"chip", "eyeriss_v2_pe"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"mapping", mapping("dual_csc", {{"m", 3}, {"n", 1}, {"e", 2}, {"c", 2}, {"k", 2}, {"t", 3}})}}}}),
       {no_totals}},
      {"lane_skip",
       text({{"chip", "cnvlutin"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases, change_of("/chip/array/brick_channels", 4)}},
      {"lane_skip mapping",
       text({{"chip", "cnvlutin"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"extrapolate", true},
               {"mapping", mapping("lane_skip", {{"m", 3}, {"n", 1}, {"e", 2}, {"c", 2}})}}}}),
       {no_totals}},
      {"inner_product",
       text({{"chip", "stripes"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases, change_of("/chip/mac/kind", "bit_parallel")}},
      {"inner_product mapping",
       text({{"chip", "stripes"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"extrapolate", true},
               {"mapping", mapping("inner_product", {{"m", 3}, {"n", 1}, {"e", 2}, {"c", 2}})}}}}),
       {no_totals, change_of("/chip/mac/kind", "bit_parallel")}},
      {"cartesian_product",
       text({{"chip", "scnn"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases, change_of("/chip/array/weight_fifo_entries", 2)}},
      {"cartesian_product, short runs",
       text({{"chip", "scnn"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases, change_of("/chip/array/run_bits", 1)}},
      {"cartesian_product, dense",
       text({{"chip", "dcnn"}, {"network", "tiny"}, {"run", run}}),
       {small_range, no_totals, no_biases}},
      {"tile store",
       text({{"chip", "scnn"}, {"network", "tiny"}, {"run", run}}),
       {no_totals, change_of("/chip/weight_memory/holds", "stream")}},
      {"cartesian_product mapping",
       text({{"chip", "scnn"},
             {"network", "tiny"},
             {"run",
              {{"batch", 2},
               {"extrapolate", true},
               {"mapping", mapping("cartesian_product", {{"m", 3}, {"k", 2}, {"e", 2}})}}}}),
       {no_totals}},
      {"outside prices",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"layers", {"conv1"}}, {"extrapolate", true}}}}),
       {change_of("/chip/array/rows", 10)}},
      {"graph", text({{"chip", "eyeriss"}, {"network", "tiny_graph"}}), {no_totals}},
      {"crop",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"layers", {"conv1"}}, {"images", {"china"}}}}}),
       {change_of("/network/input/crop", true)}},
      {"trained weights",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"layers", {"conv1"}}, {"weights", "trained"}}}}),
       {change_of("/network/weights", trained_weights())}},
      {"one layer", text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"layers", {"conv1"}}}}}), {}},
      {"search",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", searching}}),
       {no_totals, change_of("/chip/array/psum_spad_words", 6), change_of("/chip/global_buffer/bank_bytes", 128)}},
      {"search for a small buffer",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"run", searching}}),
       {no_totals, change_of("/chip/array/psum_spad_words", 6), change_of("/chip/global_buffer/bank_bytes", 64)}},
      {"exceptions",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"energy", "generic_45nm"}}),
       {change_of("/precision/layers", exceptions()), change_of("/precision/ranges", {{"tiny", tiny_ranges()}}),
        no_totals}},
      {"two datapaths",
       text({{"chip", "eyeriss"}, {"network", "tiny"}, {"energy", "generic_45nm"}, {"run", {{"extrapolate", true}}}}),
       {change_of("/chip/mac/kind", "shift_add"), change_of("/chip/mac/exempt_kind", "bit_parallel"), no_totals}},
  };
  return all;
}

const std::vector<KnobExperiment>& experiments() {
  static const std::vector<KnobExperiment> all = [] {
    std::vector<KnobExperiment> experiments = given_experiments();
    for (KnobExperiment& experiment : word_experiments()) experiments.push_back(std::move(experiment));
    return experiments;
  }();
  return all;
}

/// Fields whose effect is that other values are refused: they tie parts of the experiment together.
const std::map<std::string, const char*> kRefused = {
    {"/network/name", "a mapping has its layers under it"},
    {"/network/layers/*(conv)/name", "the network has its range under it"},
    {"/network/layers/*(fc)/name", "the network has its range under it"},
    {"/network/layers/*(lrn)/name", "the network has its range under it"},
    {"/network/layers/*(add)/name", "the network has its range under it"},
    {"/network/layers/*(concat)/name", "the network has its range under it"},
    {"/network/totals/conv_macs", "checked against the layers"},
    {"/network/totals/fc_macs", "checked against the layers"},
    {"/network/totals/conv_weights", "checked against the layers"},
    {"/network/totals/fc_weights", "checked against the layers"},
    {"/network/totals/weights", "checked against the layers"},
    {"/network/weights/file", "a file that is not there"},
    {"/network/weights/sha256", "a file of another digest"},
    {"/energy/prices/*/class", "an event without a price"},
    {"/energy/prices/*/units", "an event without a price"},
    {"/energy/prices/*/actions", "an event without a price"},
    {"/energy/prices/*/variant", "a variant that no model has"},
    {"/energy/leakage/*/class", "a unit without a model"},
    {"/energy/leakage/*/units", "a unit without a model"},
    {"/energy/clock/*/class", "a unit without a model"},
    {"/energy/clock/*/units", "a unit without a model"},
    {"/energy/area/*/class", "a unit without a model"},
    {"/energy/area/*/units", "a unit without a model"},
    {"/run/mapping(row_stationary)/network", "a mapping for another network"},
    {"/run/mapping(cartesian_product)/network", "a mapping for another network"},
    {"/run/mapping(dual_csc)/network", "a mapping for another network"},
    {"/run/mapping(lane_skip)/network", "a mapping for another network"},
    {"/run/mapping(inner_product)/network", "a mapping for another network"},
    {"/run/mapping(systolic)/network", "a mapping for another network"},
    {"/run/mapping(csc_broadcast)/network", "a mapping for another network"},
    {"/precision/mac", "a MAC that does not take the words"},
    {"/precision/exempt_mac", "a MAC that does not take the words of the layers that are exempt"},
    {"/run/unsupported_layers", "layers that the chip does not take"},
    {"/run/extrapolate", "a price outside its range"},
};

/// Fields that change no figure, by design.
const std::map<std::string, const char*> kNoFigure = {
    {"/run/level", "both levels give the same figures"},
    {"/run/check_values", "ofmaps are compared with the exact ones, and are the same"},
    {"/network/layers/*(relu)/name", "for other layers to name as their input: no figure is of a ReLU alone"},
};

/// Forms that a loader takes and no machine does: no MAC takes activations to the root of 2.
bool no_machine_takes(const std::string& pattern) {
  return pattern.find("/activations(log_sqrt2)/") != std::string::npos;
}

/// conv1 of tiny with weights of its own, in a folder.
std::string weights_folder() {
  const std::string folder = ::testing::TempDir() + "lacuna-knob-weights-" + std::to_string(getpid());
  std::filesystem::create_directories(folder);
  write_npy(folder + "/conv1.weight.npy", conv1_weights());
  write_npy(folder + "/conv1.bias.npy", Tensor<float>({8}));
  return folder;
}

/// What to try of fields that are names, lists of names or the like, and what must change with them.
const std::vector<std::pair<std::string, Change>>& own_changes() {
  const auto changed = [](const std::string& pointer, const Json& value) { return Change{change_of(pointer, value)}; };
  static const std::vector<std::pair<std::string, Change>> all = {
      {"/chip/energy", changed("/chip/energy", "generic_45nm")},
      {"/chip/energy_of_other_words", changed("/chip/energy_of_other_words", "eyeriss_65nm")},
      {"/chip/mapping", changed("/chip/mapping", LACUNA_SOURCE_DIR "/tests/data/mappings/one_by_one.json")},
      {"/chip/precision", changed("/chip/precision", "fixed8")},
      {"/chip/weight_memory/holds",
       {change_of("/chip/weight_memory/holds", "words"), change_of("/chip/mac/kind", "codebook_lookup")}},
      {"/chip/weight_memory/look_up",
       {change_of("/chip/weight_memory/look_up", "array"), change_of("/chip/mac/kind", "codebook_lookup")}},
      {"/chip/mac/kind", {change_of("/chip/mac/kind", "codebook_lookup"), change_of("/precision", "codebook8")}},
      {"/network/name", changed("/network/name", "other")},
      {"/network/input/C", {change_of("/network/input/C", 2), change_of("/network/normalisation/mean", {0.0, 0.0})}},
      {"/network/weights/file", changed("/network/weights/file", "./none.weights")},
      {"/network/weights/sha256", changed("/network/weights/sha256", std::string(64, '0'))},
      {"/network/weights/biases", changed("/network/weights/biases", "one")},
      {"/network/synthetic_weights/biases", changed("/network/synthetic_weights/biases", "")},
      {"/network/synthetic_weights/calibration_image",
       changed("/network/synthetic_weights/calibration_image", "flower.png")},
      {"/run/images", changed("/run/images", {LACUNA_SOURCE_DIR "/tests/data/images/noise16.png"})},
      {"/run/layers", changed("/run/layers", {"conv2"})},
      {"/run/weights", changed("/run/weights", weights_folder())},
      {"/run/mapping(row_stationary)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(cartesian_product)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(dual_csc)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(lane_skip)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(inner_product)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(systolic)/network", changed("/run/mapping/network", "alexnet")},
      {"/run/mapping(csc_broadcast)/network", changed("/run/mapping/network", "alexnet")},
  };
  return all;
}

/// The same by the last step of the pattern, for fields of lists.
std::vector<Json> own_values(const std::string& pattern) {
  const std::string field = pattern.substr(pattern.rfind('/') + 1);
  if (field == "per") return {Json::array()};
  if (pattern == "/energy/variants/*") return {"hbm2", "ddr3"};
  if (field == "class" || field == "variant") return {"other"};
  if (field == "units" || field == "actions") return {{"other"}};
  if (pattern.rfind("/network/layers/", 0) != 0) return {};
  if (field == "name") return {"other"};
  if (pattern.find("/inputs") != std::string::npos)
    return {{"relu1", "relu2"}, {"relu5_1x1", "relu5_dilated", "relu5_pool"}};
  if (field == "input") return {"input", "conv1", "norm1", "conv2", "relu2", "pool2", "conv3", "pool3", "conv4", "fc5"};
  return {};
}

/// All changes to try of one knob.
std::vector<Change> changes_of(const Knob& knob) {
  std::vector<Change> changes;
  for (const auto& [pattern, change] : own_changes()) {
    if (pattern == knob.place.pattern) changes.push_back(change);
  }
  for (const Json& value : own_values(knob.place.pattern)) changes.push_back({change_of(knob.place.pointer, value)});
  for (const Json& value : other_values(knob)) changes.push_back({change_of(knob.place.pointer, value)});
  return changes;
}

std::string described(const Change& change) {
  std::string text;
  for (const Override& one : change) text += (text.empty() ? "" : " ") + one.origin;
  return text;
}

/// Whether a field changes some figure somewhere; `tried` says what was tried and what became of it.
bool is_live(const std::vector<Knob>& knobs, bool refusal_counts, std::string& tried) {
  for (const Knob& knob : knobs) {
    const Outcome& before = outcome_of(*knob.experiment, {});
    EXPECT_EQ(before.refusal, "") << knob.experiment->name;
    for (const Change& change : changes_of(knob)) {
      const Outcome& after = outcome_of(*knob.experiment, change);
      if (after.refusal.empty() ? after.figures != before.figures : refusal_counts) return true;
      tried += "\n  " + knob.experiment->name + ": " + described(change) + ": " +
               (after.refusal.empty() ? "the same figures" : after.refusal);
    }
  }
  return false;
}

class Knobs : public ::testing::TestWithParam<const char*> {};

TEST_P(Knobs, ChangeSomeFigureOrAreForPeople) {
  const Schema schema = schema_of("experiment");
  const auto knobs = knobs_of(schema, experiments(), GetParam());
  std::set<std::string> missing;
  for (const SchemaPlace& place : places_at(schema, nullptr, GetParam())) {
    for (const SchemaPlace& leaf : leaves_below(place, nullptr)) missing.insert(leaf.pattern);
  }
  for (const auto& [pattern, places] : knobs) {
    missing.erase(pattern);
    // A constant tells which form an object has; its other members are knobs of that form. One choice is no choice.
    const Schema& form = *places[0].place.form;
    if (places[0].place.descriptive || form.contains("const") || form.value("enum", Json()).size() == 1) continue;
    if (form.contains("minimum") && form.contains("maximum") && form["minimum"] == form["maximum"]) continue;
    std::string tried;
    const bool live = is_live(places, kRefused.count(pattern) != 0, tried);
    EXPECT_EQ(live, kNoFigure.count(pattern) == 0) << pattern << tried;
  }
  for (const std::string& pattern : missing) {
    EXPECT_TRUE(no_machine_takes(pattern)) << pattern << " is in no experiment of this test";
  }
}

TEST_P(Knobs, ForPeopleChangeNoFigure) {
  const Schema schema = schema_of("experiment");
  for (const auto& [pattern, places] : knobs_of(schema, experiments(), GetParam())) {
    if (!places[0].place.descriptive) continue;
    const Knob& knob = places[0];
    std::vector<Json> values = other_values(knob);
    if (knob.value[0] == '"') values = {"another text"};
    if (values.empty()) continue;
    const Outcome& after = outcome_of(*knob.experiment, {change_of(knob.place.pointer, values[0])});
    EXPECT_TRUE(!after.refusal.empty() || after.figures == outcome_of(*knob.experiment, {}).figures) << pattern;
  }
}

INSTANTIATE_TEST_SUITE_P(Sections, Knobs, ::testing::Values("/chip", "/network", "/precision", "/energy", "/run"),
                         [](const auto& section) { return std::string(section.param).substr(1); });

}  // namespace
}  // namespace lacuna
