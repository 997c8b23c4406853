// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npy_number.hpp"

#include <cstdint>
#include <cstring>

namespace lacuna {

namespace {

enum class Order { little, big };

/// The bits of a number of that many bytes.
template <std::size_t bytes, Order order>
std::uint32_t bits_at(const char* from) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    bits = bits << 8 | static_cast<unsigned char>(from[order == Order::big ? i : bytes - 1 - i]);
  }
  return bits;
}

float float_of(std::uint32_t bits) {
  static_assert(sizeof(float) == sizeof bits);
  float value = 0.0F;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// binary16: a sign, 5 bits of exponent with bias 15, 10 of fraction; binary32: 8 with bias 127, 23.
float float_of_half(std::uint32_t half) {
  const std::uint32_t sign = (half & 0x8000U) << 16;
  const std::uint32_t exponent = half >> 10 & 0x1FU;
  const std::uint32_t fraction = half & 0x3FFU;
  if (exponent == 0) {  // subnormal: fraction x 2^-24
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return sign == 0 ? magnitude : -magnitude;
  }
  const std::uint32_t wide = exponent == 0x1F ? 0xFFU : exponent + 127 - 15;
  return float_of(sign | wide << 23 | fraction << 13);
}

template <Order order>
void from_float32(const char* from, float* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = float_of(bits_at<4, order>(from + 4 * i));
}

template <Order order>
void from_float16(const char* from, float* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = float_of_half(bits_at<2, order>(from + 2 * i));
}

void from_int8(const char* from, float* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<float>(static_cast<std::int8_t>(from[i]));
}

constexpr NpyNumber kNumbers[] = {
    {"<f4", 4, from_float32<Order::little>},
    {">f4", 4, from_float32<Order::big>},
    {"<f2", 2, from_float16<Order::little>},
    {">f2", 2, from_float16<Order::big>},
    {"|i1", 1, from_int8},
};

}  // namespace

const NpyNumber* find_npy_number(const std::string& type) {
  for (const NpyNumber& number : kNumbers) {
    if (type == number.type) return &number;
  }
  return nullptr;
}

}  // namespace lacuna
