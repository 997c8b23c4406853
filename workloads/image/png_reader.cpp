// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/png_reader.hpp"

#include <png.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

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
  png_read_info(png, info);
  png_set_scale_16(png);
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

/// All files come as 8-bit RGB, those with transparency as RGBA.
void check_format(const PngState& state, const std::string& file) {
  if (png_get_channels(state.png(), state.info()) == 3) return;
  fail_input(file +
             ": PNG file with transparency found; allowed images without an alpha channel and transparent colours "
             "(what lies behind them is not in the file)");
}

}  // namespace

bool is_png(const std::string& start) {
  png_byte bytes[kSignatureBytes] = {};
  std::copy_n(start.begin(), std::min(start.size(), kSignatureBytes), bytes);
  return start.size() >= kSignatureBytes && png_sig_cmp(bytes, 0, kSignatureBytes) == 0;
}

Image read_png(const std::string& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
  if (in == nullptr) fail_input(file + ": cannot be read");
  std::string start(kSignatureBytes, '\0');
  start.resize(std::fread(start.data(), 1, kSignatureBytes, in.get()));
  if (!is_png(start)) fail_input(file + ": not a PNG file");
  Complaint complaint;
  const PngState state(complaint);
  const auto damaged = [&] { fail_input(file + ": damaged PNG file (" + complaint.text + ")"); };
  if (!read_info(state.png(), state.info(), in.get())) damaged();
  check_format(state, file);
  Image image = blank_image(file, png_get_image_height(state.png(), state.info()),
                            png_get_image_width(state.png(), state.info()));
  std::vector<png_bytep> rows = rows_of(image);
  if (!read_pixels(state.png(), rows.data())) damaged();
  return image;
}

}  // namespace lacuna
