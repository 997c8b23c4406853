// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/png_reader.hpp"

#include <png.h>

#include <cstdio>
#include <memory>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

constexpr png_uint_32 kLargestSide = 8192;
constexpr std::size_t kSignatureBytes = 8;

/// What libpng said last, kept across its longjmp.
struct Complaint {
  char text[128] = "";
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
  auto* complaint = static_cast<Complaint*>(png_get_error_ptr(png));
  std::snprintf(complaint->text, sizeof complaint->text, "%s", message);
  png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}  // damage that matters is an error; the rest is ancillary

/// The two structs of libpng, freed together.
class PngState {
 public:
  explicit PngState(Complaint& complaint)
      : png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, &complaint, on_error, on_warning)),
        info_(png_ == nullptr ? nullptr : png_create_info_struct(png_)) {
    if (info_ == nullptr) fail_run("libpng cannot be started");
  }
  ~PngState() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngState(const PngState&) = delete;
  PngState& operator=(const PngState&) = delete;
  png_structp png() const { return png_; }
  png_infop info() const { return info_; }

 private:
  png_structp png_;
  png_infop info_;
};

// libpng leaves by longjmp on an error: the two functions around setjmp own nothing that would have to be destroyed.

bool read_info(png_structp png, png_infop info, std::FILE* file) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;  // NOLINT(cert-err52-cpp)
  png_init_io(png, file);
  png_set_sig_bytes(png, kSignatureBytes);
  png_set_user_limits(png, kLargestSide, kLargestSide);
  png_read_info(png, info);
  png_set_expand(png);
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return true;
}

bool read_pixels(png_structp png, png_bytepp rows) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;  // NOLINT(cert-err52-cpp)
  png_read_image(png, rows);
  png_read_end(png, nullptr);
  return true;
}

void check_format(const PngState& state, const std::string& file) {
  const int bits = png_get_bit_depth(state.png(), state.info());
  const int channels = png_get_channels(state.png(), state.info());
  if (bits == 8 && channels == 3) return;
  fail_input(file + ": samples of " + std::to_string(bits) + " bits" + (channels == 4 ? " with transparency" : "") +
             " found; 8 bits without transparency (RGB, grey or palette) wanted");
}

}  // namespace

Image read_png(const std::string& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
  if (in == nullptr) fail_input(file + ": cannot be read");
  png_byte signature[kSignatureBytes] = {};
  const std::size_t got = std::fread(signature, 1, kSignatureBytes, in.get());
  if (got != kSignatureBytes || png_sig_cmp(signature, 0, kSignatureBytes) != 0) fail_input(file + ": not a PNG file");
  Complaint complaint;
  const PngState state(complaint);
  const auto damaged = [&] { fail_input(file + ": damaged PNG file (" + complaint.text + ")"); };
  if (!read_info(state.png(), state.info(), in.get())) damaged();
  check_format(state, file);
  Image image;
  image.height = png_get_image_height(state.png(), state.info());
  image.width = png_get_image_width(state.png(), state.info());
  image.rgb.resize(static_cast<std::size_t>(image.height * image.width * 3));
  std::vector<png_bytep> rows;
  for (std::int64_t y = 0; y < image.height; ++y) rows.push_back(image.rgb.data() + y * image.width * 3);
  if (!read_pixels(state.png(), rows.data())) damaged();
  return image;
}

}  // namespace lacuna
