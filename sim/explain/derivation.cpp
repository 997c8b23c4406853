// SPDX-License-Identifier: Apache-2.0
#include "sim/explain/derivation.hpp"

#include <cmath>

namespace lacuna {
namespace {

using Operands = std::vector<double>;

constexpr double kBitsPerByte = 8.0;
constexpr double kPicojoulesPerMillijoule = 1e9;
constexpr double kPicojoulePerMilliwattMillisecond = 1e6;

const char* const kClock = "/config/chip/core_clock_khz";  // kHz: cycles in a millisecond
const char* const kArray = "/config/chip/array";           // stands for its PEs

double quotient(const Operands& x) { return x[0] / x[1]; }
double sum(const Operands& x) { return x[0] + x[1]; }
double milliwatt(const Operands& x) { return x[0] / x[1] / kPicojoulePerMilliwattMillisecond; }
double millijoule_per_image(const Operands& x) { return x[0] / x[1] / kPicojoulesPerMillijoule; }
double whole_bytes(double bits) { return std::ceil(bits / kBitsPerByte); }

}  // namespace

const std::vector<Derivation>& derivations(bool totals) {
  static const std::vector<Derivation> of_layers = {
      {"processing_ms", "processing cycles / core clock", {"/processing_cycles", kClock}, quotient},
      {"total_ms", "total cycles / core clock", {"/total_cycles", kClock}, quotient},
      {"macs_total",
       "performed + gated + skipped MACs",
       {"/macs_performed", "/macs_gated", "/macs_skipped"},
       [](const Operands& x) { return x[0] + x[1] + x[2]; }},
      {"spatial_utilization", "active PEs / PEs of the array", {"/active_pes", kArray}, quotient},
      {"mac_utilization",
       "performed MACs x cycles of an issue / (PEs of the array x processing cycles x MACs of an issue)",
       {"/macs_performed", "/cycles_per_issue", kArray, "/processing_cycles", "/macs_per_issue"},
       [](const Operands& x) { return x[0] / (x[2] * x[3] * x[4] / x[1]); }},
      {"dram_read_bytes",
       "bits read / 8",
       {"/counts/dram.read_bit"},
       [](const Operands& x) { return x[0] / kBitsPerByte; }},
      {"dram_write_bytes",
       "bits written / 8",
       {"/counts/dram.write_bit"},
       [](const Operands& x) { return x[0] / kBitsPerByte; }},
      {"global_buffer_read_bytes",
       "(ifmap words x their width + psum words x their width) / 8",
       {"/counts/global_buffer.ifmap_read", "/activation_bits", "/counts/global_buffer.psum_read",
        "/config/chip/mac/accumulator_bits"},
       [](const Operands& x) { return whole_bytes(x[0] * x[1] + x[2] * x[3]); }},
      {"global_buffer_write_bytes",
       "psum words x their width / 8",
       {"/counts/global_buffer.psum_write", "/config/chip/mac/accumulator_bits"},
       [](const Operands& x) { return whole_bytes(x[0] * x[1]); }},
      {"energy_total_pj", "chip + DRAM", {"/energy_chip_pj", "/energy_dram_pj"}, sum},
      {"power_chip_mw",
       "energy of the chip / total time; 1 mW x 1 ms = 1e6 pJ",
       {"/energy_chip_pj", "/total_ms"},
       milliwatt},
  };
  static const std::vector<Derivation> of_totals = {
      {"images_per_second",
       "1000 x batch / total time",
       {"/batch", "/total_ms"},
       [](const Operands& x) { return 1000.0 * x[0] / x[1]; }},
      {"energy_chip_per_image_mj", "energy of the chip / batch", {"/energy_chip_pj", "/batch"}, millijoule_per_image},
      {"energy_total_per_image_mj",
       "energy of chip and DRAM / batch",
       {"/energy_total_pj", "/batch"},
       millijoule_per_image},
      {"power_chip_mw",
       "energy of the chip / total time; 1 mW x 1 ms = 1e6 pJ",
       {"/energy_chip_pj", "/total_ms"},
       milliwatt},
  };
  return totals ? of_totals : of_layers;
}

const Derivation* derivation_of(const std::string& field, bool totals) {
  for (const Derivation& derivation : derivations(totals)) {
    if (derivation.field == field) return &derivation;
  }
  return nullptr;
}

}  // namespace lacuna
