// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/weight_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/json/text_file.hpp"
#include "workloads/weight/symbol_stream.hpp"

namespace lacuna {
namespace {

const std::string kMagic = "LACUNAW1";
constexpr std::size_t kWord = 8;
constexpr std::size_t kDigest = 64;  // hexadecimal digits of the SHA-256 at the end

std::size_t padded(std::size_t bytes) { return (bytes + kWord - 1) / kWord * kWord; }

template <class T>
void append(std::string& bytes, const std::vector<T>& numbers) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T));
  bytes.resize(padded(bytes.size()), '\0');
}

/// Takes parts of the file one after another, as append put them there.
class PartReader {
 public:
  PartReader(const std::string& bytes, std::size_t offset) : bytes_(bytes), offset_(offset) {}

  template <class T>
  std::vector<T> next(std::size_t count) {
    std::vector<T> numbers(count);
    std::memcpy(numbers.data(), bytes_.data() + offset_, count * sizeof(T));
    offset_ += padded(count * sizeof(T));
    return numbers;
  }

 private:
  const std::string& bytes_;
  std::size_t offset_;
};

/// Of all parts before the biases.
std::size_t weight_bytes(const SharedTensor& tensor, const WeightPlace& place) {
  return padded(tensor.codebook.size() * sizeof(float)) + padded(std::size_t{1} << tensor.code_bits) +
         padded(std::size_t{1} << tensor.index.run_bits) + (place.code_words + place.run_words) * kWord;
}

std::size_t bytes_of(const SharedTensor& tensor, std::size_t bias_sets, const WeightPlace& place) {
  return weight_bytes(tensor, place) + bias_sets * padded(static_cast<std::size_t>(tensor.shape[0]) * sizeof(float));
}

std::string digest_of(const std::string& bytes, std::size_t size) {
  return sha256_hex({reinterpret_cast<const unsigned char*>(bytes.data()), size});
}

[[noreturn]] void fail_altered(const std::string& file, const std::string& found, const std::string& expected,
                               const std::string& why) {
  fail_input(file + ": damaged weight file, cut short or altered: found SHA-256 " + found + "; expected " + expected +
             ", " + why);
}

void check_numbers(const std::vector<float>& numbers, const std::string& what) {
  for (const float number : numbers) {
    if (!std::isfinite(number)) fail_input(what + ": found NaN or an infinite number; allowed finite ones");
  }
}

}  // namespace

std::string weight_file_bytes(const WeightFile& file) {
  nlohmann::ordered_json header = {{"network", file.network}, {"source", file.source}, {"bias_sets", file.bias_sets}};
  header["run_bits"] = file.tensors.front().index.run_bits;
  std::string parts;
  for (const SharedTensor& tensor : file.tensors) {
    const SymbolStream codes(tensor.index.codes, tensor.code_bits);
    const SymbolStream runs(tensor.index.runs, tensor.index.run_bits);
    header["layers"].push_back({{"name", tensor.layer},
                                {"shape", tensor.shape},
                                {"code_bits", tensor.code_bits},
                                {"codebook", tensor.codebook.size()},
                                {"entries", tensor.index.entries()},
                                {"code_words", codes.words().size()},
                                {"run_words", runs.words().size()}});
    append(parts, tensor.codebook);
    append(parts, codes.lengths());
    append(parts, runs.lengths());
    append(parts, codes.words());
    append(parts, runs.words());
    for (const Tensor<float>& bias : tensor.biases) append(parts, bias.data);
  }
  std::string text = header.dump(1) + "\n";
  text.resize(padded(text.size()), ' ');
  const std::vector<std::uint64_t> length = {text.size()};
  std::string bytes = kMagic;
  append(bytes, length);
  bytes += text + parts;
  return bytes + digest_of(bytes, bytes.size());
}

bool is_weight_file(const std::string& file) {
  std::string first(kMagic.size(), '\0');
  std::ifstream(file, std::ios::binary).read(first.data(), static_cast<std::streamsize>(first.size()));
  return first == kMagic;
}

WeightFileReader::WeightFileReader(const std::string& file, const std::string& sha256)
    : file_(file), bytes_(read_text_file(file, "weights")) {
  const std::string whole = sha256.empty() ? "" : digest_of(bytes_, bytes_.size());
  if (whole != sha256) fail_altered(file, whole, sha256, "as the network's file says");
  if (bytes_.compare(0, kMagic.size(), kMagic) != 0) {
    fail_input(file + ": not a weight file (it does not begin with " + kMagic + "), or altered: found SHA-256 " +
               digest_of(bytes_, bytes_.size()) + " of " + std::to_string(bytes_.size()) + " bytes");
  }
  const std::size_t contents = bytes_.size() - std::min(bytes_.size(), kDigest);
  const std::string stated = bytes_.substr(contents);
  const bool is_digest = stated.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (contents < kMagic.size() + kWord || !is_digest) {
    fail_altered(file, digest_of(bytes_, contents), "none", "because the file does not end in one");
  }
  bytes_.resize(bytes_.size() - kDigest);
  const std::string found = digest_of(bytes_, bytes_.size());
  if (found != stated) fail_altered(file, found, stated, "as stands at its end");
  read_header();
}

void WeightFileReader::read_header() {
  const std::uint64_t length = PartReader(bytes_, kMagic.size()).next<std::uint64_t>(1)[0];
  std::size_t offset = kMagic.size() + kWord;
  if (length > bytes_.size() - offset) fail_input(file_ + ": damaged weight file, it ends in its header");
  const JsonDocument header = JsonDocument::parse(bytes_.substr(offset, length), file_ + " (header)");
  offset += length;
  const JsonView view = header.view();
  view.allow_keys({"network", "source", "bias_sets", "run_bits", "layers"});
  contents_.network = view.at("network").text();
  contents_.source = view.at("source").text();
  const JsonView sets = view.at("bias_sets");
  for (std::size_t i = 0; i < sets.size(); ++i) contents_.bias_sets.push_back(sets.item(i).text());
  const std::int64_t run_bits = view.at("run_bits").integer(1, 8);
  const JsonView layers = view.at("layers");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    read_layer(layers.item(i), run_bits, offset);
    offset += bytes_of(contents_.tensors.back(), contents_.bias_sets.size(), places_.back());
  }
  if (offset != bytes_.size()) {
    fail_input(file_ + ": damaged weight file, found " + std::to_string(bytes_.size()) + " bytes; its header says " +
               std::to_string(offset));
  }
}

void WeightFileReader::read_layer(const JsonView& layer, std::int64_t run_bits, std::size_t offset) {
  layer.allow_keys({"name", "shape", "code_bits", "codebook", "entries", "code_words", "run_words"});
  SharedTensor tensor;
  tensor.layer = layer.at("name").text();
  tensor.place = file_ + ": " + tensor.layer + ".weight";
  const JsonView shape = layer.at("shape");
  if (shape.size() != 4) shape.fail("found " + std::to_string(shape.size()) + " extents; allowed 4, M C R S");
  for (std::size_t k = 0; k < 4; ++k) tensor.shape.push_back(shape.item(k).integer(1, 1 << 24));
  tensor.code_bits = layer.at("code_bits").integer(1, 8);
  tensor.index.run_bits = run_bits;
  tensor.codebook.resize(
      static_cast<std::size_t>(layer.at("codebook").integer(2, std::int64_t{1} << tensor.code_bits)));
  const auto words = static_cast<std::int64_t>(bytes_.size() / kWord);
  const std::int64_t code_words = layer.at("code_words").integer(1, words);
  const std::int64_t run_words = layer.at("run_words").integer(1, words);
  const std::int64_t entries = layer.at("entries").integer(1, 64 * std::min(code_words, run_words));
  const WeightPlace place{offset, entries, static_cast<std::size_t>(code_words), static_cast<std::size_t>(run_words)};
  places_.push_back(place);
  contents_.tensors.push_back(std::move(tensor));
}

std::vector<std::string> WeightFileReader::layers() const {
  std::vector<std::string> names;
  for (const SharedTensor& tensor : contents_.tensors) names.push_back(tensor.layer);
  return names;
}

std::size_t WeightFileReader::position(const std::string& layer) const {
  const std::vector<std::string> names = layers();
  const auto found = std::find(names.begin(), names.end(), layer);
  if (found == names.end()) {
    fail_input(file_ + ": no weights of layer '" + layer + "'; it has " + joined(names) + did_you_mean(layer, names));
  }
  return static_cast<std::size_t>(found - names.begin());
}

const std::vector<std::int64_t>& WeightFileReader::shape(const std::string& layer) const {
  return contents_.tensors[position(layer)].shape;
}

SharedTensor WeightFileReader::tensor(const std::string& layer) const {
  const std::size_t at = position(layer);
  const WeightPlace& place = places_[at];
  SharedTensor tensor = contents_.tensors[at];
  PartReader parts(bytes_, place.offset);
  tensor.codebook = parts.next<float>(tensor.codebook.size());
  auto code_lengths = parts.next<std::uint8_t>(std::size_t{1} << tensor.code_bits);
  auto run_lengths = parts.next<std::uint8_t>(std::size_t{1} << tensor.index.run_bits);
  const auto code_words = parts.next<std::uint64_t>(place.code_words);
  const auto run_words = parts.next<std::uint64_t>(place.run_words);
  try {
    tensor.index.codes = read_symbols(std::move(code_lengths), code_words, place.entries);
    tensor.index.runs = read_symbols(std::move(run_lengths), run_words, place.entries);
  } catch (const Error& error) {
    fail_input(tensor.place + ": " + error.what());
  }
  check_numbers(tensor.codebook, tensor.place);
  if (tensor.codebook.front() != 0.0F) {
    fail_input(tensor.place + ": found a codebook that begins with " + shortest_decimal(tensor.codebook.front()) +
               "; allowed 0");
  }
  tensor.biases = biases(layer);
  return tensor;
}

std::vector<Tensor<float>> WeightFileReader::biases(const std::string& layer) const {
  const std::size_t at = position(layer);
  const SharedTensor& tensor = contents_.tensors[at];
  PartReader parts(bytes_, places_[at].offset + weight_bytes(tensor, places_[at]));
  std::vector<Tensor<float>> biases;
  for (std::size_t set = 0; set < contents_.bias_sets.size(); ++set) {
    Tensor<float> bias({tensor.shape[0]});
    bias.data = parts.next<float>(static_cast<std::size_t>(tensor.shape[0]));
    check_numbers(bias.data, file_ + ": " + layer + ".bias");
    biases.push_back(std::move(bias));
  }
  return biases;
}

}  // namespace lacuna
