// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_image.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>
// After <cstdio>: it uses FILE without including it.
#include <jpeglib.h>

namespace lacuna {

std::string jpeg_of(const Image& image, const JpegSetting& setting) {
  jpeg_error_mgr errors = {};
  jpeg_compress_struct jpeg = {};
  jpeg.err = jpeg_std_error(&errors);  // ends the test on an error
  jpeg_create_compress(&jpeg);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &bytes, &size);
  jpeg.image_width = static_cast<JDIMENSION>(image.width);
  jpeg.image_height = static_cast<JDIMENSION>(image.height);
  jpeg.input_components = setting.channels;
  jpeg.in_color_space = setting.channels == 1 ? JCS_GRAYSCALE : setting.channels == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, setting.quality, TRUE);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = setting.channels == 3 ? setting.chroma : 1;
  if (setting.progressive) jpeg_simple_progression(&jpeg);
  jpeg.restart_in_rows = setting.restart_rows;
  jpeg_start_compress(&jpeg, TRUE);
  for (std::int64_t y = 0; y < image.height; ++y) {
    std::vector<JSAMPLE> line;
    for (std::int64_t x = 0; x < image.width; ++x) {
      for (int c = 0; c < setting.channels; ++c) {
        line.push_back(image.rgb[static_cast<std::size_t>((y * image.width + x) * 3 + c % 3)]);
      }
    }
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::string file(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return file;
}

Image waves(std::int64_t height, std::int64_t width, std::uint32_t seed) {
  std::mt19937 random(seed);
  Image image = blank_image("waves", height, width);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {
    const auto pixel = static_cast<std::int64_t>(i / 3);
    const std::int64_t y = pixel / width;
    const std::int64_t x = pixel % width;
    const std::int64_t c = static_cast<std::int64_t>(i % 3) + 1;
    const std::int64_t ramp = (c * 5 * x + (4 - c) * 3 * y) % 480;  // up to 239 and down again
    image.rgb[i] = static_cast<std::uint8_t>((ramp < 240 ? ramp : 479 - ramp) + random() % 16);
  }
  return image;
}

Image plain(std::int64_t height, std::int64_t width, const std::vector<std::uint8_t>& rgb) {
  Image image = blank_image("plain", height, width);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = rgb[i % 3];
  return image;
}

}  // namespace lacuna
