// SPDX-License-Identifier: Apache-2.0
#include "tests/support/layer_case.hpp"

#include <algorithm>
#include <random>

#include "hw/base/error.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/mac/layer_psums.hpp"

namespace lacuna::test {

namespace {

constexpr std::int64_t kMostSide = 4096;

/// Plain loops over one layer: the reference of its psums.
class PlainLoops {
 public:
  PlainLoops(const LayerCase& layer, const LayerCase::Words& words)
      : shape_(layer.shape),
        arithmetic_(layer.arithmetic()),
        words_(words),
        worths_(layer.activation_worths()),
        float_weights_(layer.weight_format().floating()) {}

  /// The sum of the products of some taps, in their order, from 0.
  Word psum(const std::vector<std::int64_t>& taps, std::int64_t image, std::int64_t m, std::int64_t y,
            std::int64_t x) const {
    const std::vector<StoredWord>& ifmap = words_.ifmaps[static_cast<std::size_t>(image)];
    const std::int64_t first_channel = m / (shape_.M / shape_.G) * shape_.C;
    Word sum = 0;
    for (const std::int64_t tap : taps) {
      const std::int64_t c = tap / (shape_.R * shape_.S);
      const std::int64_t h = y * shape_.U + tap / shape_.S % shape_.R * shape_.D - shape_.P;
      const std::int64_t w = x * shape_.U + tap % shape_.S * shape_.D - shape_.P;
      if (h < 0 || h >= shape_.H || w < 0 || w >= shape_.W) continue;
      const auto at = static_cast<std::size_t>(((first_channel + c) * shape_.H + h) * shape_.W + w);
      const std::int64_t a = worths_.of(Word{ifmap[at]});
      const std::int64_t b = words_.filters[static_cast<std::size_t>(m * shape_.C * shape_.R * shape_.S + tap)];
      sum = accumulate(arithmetic_, sum, product(a, b));
    }
    return sum;
  }

 private:
  std::int64_t product(std::int64_t a, std::int64_t b) const {
    if (arithmetic_.form == PsumForm::integer) return shift_round(a * b, arithmetic_.product_shift);
    const float weight = float_weights_ ? float16::value_of(static_cast<Word>(b)) : static_cast<float>(b);
    const float exact = float16::value_of(static_cast<Word>(a)) * weight;
    return psum_word(arithmetic_.form, psum_rounded(arithmetic_.form, exact));
  }

  const LayerShape& shape_;
  const Arithmetic arithmetic_;
  const LayerCase::Words& words_;
  const ActivationWorths worths_;
  const bool float_weights_;
};

/// Bits that a word has beside those that its format counts.
std::int64_t sign_bits(const NumberFormat& format) {
  NumberParameters parameters;
  return format.word_bits(parameters) - parameters.bits;
}

NumberParameters parameters_of(const NumberFormat& format, std::int64_t word_bits) {
  NumberParameters parameters;
  parameters.bits = word_bits - sign_bits(format);
  return parameters;
}

bool has_width(const NumberFormat& format, std::int64_t word_bits) {
  const std::int64_t bits = word_bits - sign_bits(format);
  return bits >= format.min_bits() && bits <= format.max_bits();
}

std::int64_t nearest_width(const NumberFormat& format, std::int64_t word_bits, std::int64_t most) {
  const std::int64_t bits = std::min(word_bits, most) - sign_bits(format);
  return std::clamp(bits, format.min_bits(), format.max_bits()) + sign_bits(format);
}

const NumberFormat& chosen(const std::vector<std::string>& formats, std::int64_t choice) {
  return *Registry<NumberFormat>::instance().find(formats[static_cast<std::size_t>(choice) % formats.size()]);
}

}  // namespace

void LayerCase::describe(FieldVisitor& v) {
  const auto side = [](const char* name, const char* meaning) { return FieldInfo(name, meaning).range(1, kMostSide); };
  v.integer(side("N", "images"), shape.N);
  v.integer(side("M", "ofmap channels"), shape.M);
  v.integer(side("C", "ifmap channels of a group"), shape.C);
  v.integer(side("G", "groups"), shape.G);
  v.integer(side("H", "ifmap height"), shape.H);
  v.integer(side("W", "ifmap width"), shape.W);
  v.integer(side("R", "filter height"), shape.R);
  v.integer(side("S", "filter width"), shape.S);
  v.integer(side("U", "stride"), shape.U);
  v.integer(FieldInfo("P", "padding").range(0, kMostSide), shape.P);
  v.integer(side("D", "dilation"), shape.D);
  v.integer(FieldInfo("weight_bits", "width of a stored weight", "bit").range(1, 16), weight_bits);
  v.integer(FieldInfo("activation_bits", "width of an activation", "bit").range(1, 16), activation_bits);
  v.integer(FieldInfo("product_shift", "right shift of a product", "bit").range(0, 30), product_shift);
  v.integer(FieldInfo("right_shift", "right shift of a psum", "bit").range(-8, 30), right_shift);
  v.boolean(FieldInfo("relu", "whether negative ofmap words become zero"), relu);
  v.boolean(FieldInfo("network_input", "whether the ifmap is the network's input"), network_input);
  v.integer(FieldInfo("ofmap_group_channels", "channels of an ofmap stream").range(1, kMostSide), ofmap_group_channels);
  v.integer(FieldInfo("zero_percent", "zero ifmap words").range(0, 100), zero_percent);
  v.integer(FieldInfo("weight_zero_percent", "zero weights").range(0, 100), weight_zero_percent);
  v.boolean(FieldInfo("zero_code_is_zero", "whether code 0 of a codebook is worth zero"), zero_code_is_zero);
  v.integer(FieldInfo("format_choice", "which of the formats that the MACs take").range(0, 20), format_choice);
  v.integer(FieldInfo("seed", "of all words"), seed);
  v.object(FieldInfo("chip", "the chip"), chip);
  if (mapping) v.object(FieldInfo("mapping", "how the layer is cut into passes"), *mapping);
}

const NumberFormat& LayerCase::weight_format() const {
  return chosen(stored_datapath_of(chip).weight_formats(), format_choice);
}

const NumberFormat& LayerCase::activation_format() const {
  return chosen(datapath_of(chip).activation_formats(), format_choice);
}

std::optional<ActivationLevels> LayerCase::levels() const {
  return activation_format().levels(parameters_of(activation_format(), activation_bits));
}

ActivationWorths LayerCase::activation_worths() const {
  const std::optional<ActivationLevels> steps = levels();
  return steps ? ActivationWorths(steps->worths) : ActivationWorths();
}

void LayerCase::fit_widths() {
  weight_bits = nearest_width(weight_format(), weight_bits, stored_datapath_of(chip).max_weight_bits());
  activation_bits = nearest_width(activation_format(), activation_bits, datapath_of(chip).max_activation_bits());
  if (datapath_of(chip).floating()) chip.mac.accumulator_bits = chip.mac.accumulator_bits <= 16 ? 16 : 32;
}

Arithmetic LayerCase::arithmetic() const {
  Arithmetic result{product_shift, chip.mac.accumulator_bits, chip.mac.overflow == "saturate"};
  result.form = datapath_of(chip).psum_form(chip.mac.accumulator_bits);
  return result;
}

PostArithmetic LayerCase::post() const {
  PostArithmetic result{right_shift, activation_bits, relu};
  result.psum = arithmetic().form;
  result.float_ofmap = activation_format().floating();
  if (result.float_ofmap) result.psum_fraction_bits = right_shift;
  const std::optional<ActivationLevels> steps = levels();
  if (!steps) return result;
  result.words = steps->words;
  result.mirrored = steps->mirrored;
  result.relu = relu && !steps->two_signs;
  for (std::size_t i = 0; i < steps->thresholds.size(); ++i) {
    result.thresholds.push_back(static_cast<std::int64_t>(i) * (right_shift + 9) * 3 *
                                (std::int64_t{1} << PostArithmetic::kScaleBits));
  }
  for (std::int64_t m = 0; m < shape.M; ++m) result.scales.push_back(30000 + 7919 * m);
  return result;
}

StreamWidths LayerCase::widths() const {
  StreamWidths result{weight_bits, coded(), activation_bits, activation_bits, network_input};
  const std::optional<ActivationLevels> steps = levels();
  if (!steps) return result;
  result.activation_form = steps->two_signs        ? WordForm::sign
                           : steps->unsigned_words ? WordForm::not_negative
                                                   : WordForm::twos_complement;
  result.ofmap_form = result.activation_form;
  return result;
}

MappingContext LayerCase::context() const {
  MappingContext context = mapping_context(chip, shape, {weight_bits, 16, activation_bits, coded()});
  context.network_input = network_input;
  context.zero_code_is_zero = !coded() || codebook()[0] == 0;
  return context;
}

std::unique_ptr<LayerSchedule> LayerCase::schedule() const {
  const ArrayKind& kind = chip.array.array();
  const MappingContext fit = context();
  const std::unique_ptr<ArrayMapping> chosen = mapping ? mapping->clone() : kind.default_mapping(fit);
  kind.check(fit, *chosen);
  return kind.schedule(fit, *chosen);
}

void LayerCase::check() const {
  if (shape.padded_height() < shape.span_height() || shape.padded_width() < shape.span_width())
    fail_input("the filter exceeds the ifmap");
  if (shape.M % shape.G != 0) fail_input("M is no multiple of G");
  const MacDatapath& datapath = stored_datapath_of(chip);
  if (weight_bits > datapath.max_weight_bits()) fail_input("weights are too wide for the MAC");
  if (activation_bits > datapath.max_activation_bits()) fail_input("activations are too wide for the MAC");
  if (!has_width(weight_format(), weight_bits) && weight_bits != 1) fail_input("weights have no such width");
  if (!has_width(activation_format(), activation_bits)) fail_input("activations have no such width");
  datapath.set_up({arithmetic(), codebook(), {weight_bits, activation_bits}, activation_worths()});
  formats_of(chip, widths());
  const std::unique_ptr<LayerSchedule> cut = schedule();
  if (!filters_stay_encoded(chip, *cut)) return;
  const Words data = words();
  DramImage(chip, job(*cut, data));  // the streams of these words fit the memories
}

bool LayerCase::legal() const {
  try {
    check();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    return false;
  }
}

std::vector<Word> LayerCase::codebook() const {
  std::vector<Word> worths;
  if (!coded()) return worths;
  if (!weight_format().chooses_value_bits()) {
    return weight_format().encode(Span<const float>(), parameters_of(weight_format(), weight_bits)).codebook;
  }
  std::mt19937_64 random(static_cast<std::uint64_t>(seed) + 1);
  for (std::int64_t code = 0; code < std::int64_t{1} << weight_bits; ++code) {
    worths.push_back(static_cast<Word>(wrap(static_cast<std::int64_t>(random()), 16)));
  }
  worths[0] = zero_code_is_zero ? 0 : 1;
  return worths;
}

LayerCase::Words LayerCase::words() const {
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  const auto word = [&random](std::int64_t bits) {
    return static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), bits));
  };
  // Where some words are drawn as zero, others may be so by chance. A signed word of one bit is 0 or -1.
  const StoredWord one = weight_bits == 1 && !coded() ? StoredWord{-1} : StoredWord{1};
  const auto sparse = [&random](std::int64_t percent, StoredWord drawn, StoredWord instead) {
    if (percent == 0) return drawn == 0 ? instead : drawn;
    return static_cast<std::int64_t>(random() % 100) < percent ? StoredWord{0} : drawn;
  };
  const std::vector<Word> worths = codebook();
  const bool chosen_worths = weight_format().chooses_value_bits();
  const auto is_negative_zero = [&](StoredWord code) {  // a code that no encoder gives
    return !chosen_worths && code != 0 && worths[static_cast<std::size_t>(code)] == 0;
  };
  const bool ternary = &weight_format() == Registry<NumberFormat>::instance().find("ternary");
  const auto weight = [&] {
    const std::int64_t drawn = word(weight_bits);
    if (ternary) return static_cast<StoredWord>(drawn == -2 ? 1 : drawn);
    if (!coded()) return static_cast<StoredWord>(drawn);
    const auto code = static_cast<StoredWord>(drawn & ((std::int64_t{1} << weight_bits) - 1));
    return is_negative_zero(code) ? StoredWord{1} : code;
  };
  const std::optional<ActivationLevels> steps = levels();
  const auto activation = [&] {
    if (!steps) return sparse(zero_percent, word(activation_bits), 1);
    const StoredWord drawn = steps->words[random() % steps->words.size()];
    if (steps->two_signs) return drawn;
    return sparse(zero_percent, steps->mirrored && random() % 2 == 0 ? static_cast<StoredWord>(-drawn) : drawn, 1);
  };
  Words result;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    std::vector<StoredWord> ifmap;
    for (std::int64_t i = 0; i < shape.ifmap_words(); ++i) ifmap.push_back(activation());
    result.ifmaps.push_back(ifmap);
  }
  for (std::int64_t i = 0; i < shape.filter_words(); ++i)
    result.filters.push_back(sparse(weight_zero_percent, weight(), one));
  if (shape.G == 1) result.filters_by_tap = tap_major(result.filters, shape.M);
  const bool float_biases = arithmetic().form != PsumForm::integer;
  for (std::int64_t i = 0; i < shape.M; ++i) {
    const StoredWord bias = word(10);
    result.biases.push_back(float_biases ? psum_word(PsumForm::float32, static_cast<float>(bias)) : bias);
  }
  return result;
}

LayerJob LayerCase::job(const LayerSchedule& schedule, const Words& words) const {
  LayerJob job;
  job.name = "layer";
  job.shape = shape;
  job.schedule = &schedule;
  job.widths = widths();
  job.mac = {arithmetic(), codebook(), mac_widths(chip, {weight_bits, 16, activation_bits}), activation_worths()};
  job.post = post();
  job.ofmap_group_channels = ofmap_group_channels;
  for (const auto& ifmap : words.ifmaps) job.ifmaps.emplace_back(ifmap);
  job.filters = words.filters;
  job.filters_by_tap = words.filters_by_tap;
  job.biases = words.biases;
  return job;
}

LayerRun LayerCase::run(RunHooks hooks) const {
  const Words data = words();
  const std::unique_ptr<LayerSchedule> cut = schedule();
  hooks.record = true;
  return run_clocked(chip, job(*cut, data), hooks);
}

LayerRun LayerCase::run_event(RunHooks hooks, Span<const StoredWord> known_ofmaps) const {
  const Words data = words();
  const std::unique_ptr<LayerSchedule> cut = schedule();
  hooks.record = true;
  LayerJob whole = job(*cut, data);
  const auto image_words = static_cast<std::size_t>(shape.ofmap_words());
  for (std::size_t first = 0; first < known_ofmaps.size(); first += image_words) {
    whole.known_ofmaps.push_back(known_ofmaps.subspan(first, image_words));
  }
  return lacuna::run_event(chip, whole, hooks);
}

std::vector<StoredWord> LayerCase::expected() const {
  Words data = words();
  const std::vector<Word> worths = codebook();
  if (!worths.empty()) {
    for (StoredWord& weight : data.filters) weight = static_cast<StoredWord>(worths[static_cast<std::size_t>(weight)]);
  }
  AccumulationOrder order(1);
  for (std::int64_t tap = 0; tap < shape.C * shape.R * shape.S; ++tap) order[0].push_back(tap);
  if (arithmetic().in_order()) order = schedule()->accumulation_order();
  const PlainLoops loops(*this, data);
  std::vector<StoredWord> ofmap;
  const PostArithmetic after = post();
  for (std::int64_t image = 0; image < shape.N; ++image) {
    for (std::int64_t m = 0; m < shape.M; ++m) {
      for (std::int64_t y = 0; y < shape.E(); ++y) {
        for (std::int64_t x = 0; x < shape.F(); ++x) {
          Word sum = 0;
          for (const auto& taps : order) sum = accumulate(arithmetic(), sum, loops.psum(taps, image, m, y, x));
          ofmap.push_back(
              static_cast<StoredWord>(post_process(after, sum, data.biases[static_cast<std::size_t>(m)], m)));
        }
      }
    }
  }
  return ofmap;
}

}  // namespace lacuna::test
