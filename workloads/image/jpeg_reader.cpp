// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/jpeg_reader.hpp"

#include <csetjmp>
#include <cstdio>
#include <memory>
// After <cstdio>: these headers use its FILE without including it.
#include <jerror.h>
#include <jpeglib.h>

#include "hw/base/error.hpp"

#ifndef LIBJPEG_TURBO_VERSION
#error "libjpeg-turbo is needed: other libraries of this interface decode chroma to other samples"
#endif

namespace lacuna {

namespace {

/// libjpeg's way to report, with where to go on an error: by default it would end the program. `base` comes first, so
/// that the pointer which libjpeg hands back is one to all of it.
struct Complaint {
  jpeg_error_mgr base = {};
  std::jmp_buf back = {};
  int code = 0;  ///< of J_MESSAGE_CODE
  char text[JMSG_LENGTH_MAX] = "";
};

[[noreturn]] void on_error(j_common_ptr jpeg) {
  auto* complaint = reinterpret_cast<Complaint*>(jpeg->err);
  complaint->code = jpeg->err->msg_code;
  jpeg->err->format_message(jpeg, complaint->text);
  std::longjmp(complaint->back, 1);  // NOLINT(cert-err52-cpp)
}

/// Level -1 is a warning: libjpeg would go on with samples that it made up. The others are chatter.
void on_message(j_common_ptr jpeg, int level) {
  if (level < 0) on_error(jpeg);
}

/// The decoder, freed with it.
class JpegState {
 public:
  JpegState() {
    jpeg_.err = jpeg_std_error(&complaint_.base);
    complaint_.base.error_exit = on_error;
    complaint_.base.emit_message = on_message;
  }
  ~JpegState() { jpeg_destroy_decompress(&jpeg_); }
  JpegState(const JpegState&) = delete;
  JpegState& operator=(const JpegState&) = delete;
  jpeg_decompress_struct& jpeg() { return jpeg_; }
  Complaint& complaint() { return complaint_; }

 private:
  Complaint complaint_;
  jpeg_decompress_struct jpeg_ = {};
};

// libjpeg leaves by longjmp on an error: the two functions around setjmp own nothing that would have to be destroyed.

bool read_header(JpegState& state, std::FILE* file) {
  if (setjmp(state.complaint().back) != 0) return false;  // NOLINT(cert-err52-cpp)
  jpeg_create_decompress(&state.jpeg());
  jpeg_stdio_src(&state.jpeg(), file);
  jpeg_read_header(&state.jpeg(), TRUE);
  return true;
}

bool read_pixels(JpegState& state, JSAMPARRAY rows) {
  if (setjmp(state.complaint().back) != 0) return false;  // NOLINT(cert-err52-cpp)
  jpeg_decompress_struct& jpeg = state.jpeg();
  jpeg.out_color_space = JCS_RGB;
  jpeg.dct_method = JDCT_ISLOW;
  jpeg.do_fancy_upsampling = TRUE;
  jpeg.do_block_smoothing = FALSE;  // guesses at what a progressive file leaves out, differently in every version
  jpeg_start_decompress(&jpeg);
  while (jpeg.output_scanline < jpeg.output_height) {
    jpeg_read_scanlines(&jpeg, rows + jpeg.output_scanline, jpeg.output_height - jpeg.output_scanline);
  }
  jpeg_finish_decompress(&jpeg);
  return true;
}

[[noreturn]] void refuse(const std::string& file, const Complaint& complaint) {
  const std::string text = complaint.text;
  switch (complaint.code) {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
      fail_input(file + ": JPEG file of another kind found (" + text + "); allowed baseline and progressive of 8 bits");
    case JERR_OUT_OF_MEMORY:
      fail_run(file + ": " + text);
    default:
      fail_input(file + ": damaged JPEG file (" + text + ")");
  }
}

void check_colours(const jpeg_decompress_struct& jpeg, const std::string& file) {
  std::string found;
  switch (jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_YCbCr:
    case JCS_RGB:
      return;
    case JCS_CMYK:
      found = "CMYK";
      break;
    case JCS_YCCK:
      found = "YCCK (CMYK)";
      break;
    default:
      found = std::to_string(jpeg.num_components) + " components of unknown colour";
  }
  fail_input(file + ": JPEG file of " + found + " found; allowed grey, YCbCr and RGB");
}

}  // namespace

bool is_jpeg(const std::string& start) { return start.compare(0, 3, "\xff\xd8\xff") == 0; }

Image read_jpeg(const std::string& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), std::fclose);
  if (in == nullptr) fail_input(file + ": cannot be read");
  JpegState state;
  if (!read_header(state, in.get())) refuse(file, state.complaint());
  check_colours(state.jpeg(), file);
  Image image = blank_image(file, state.jpeg().image_height, state.jpeg().image_width);
  std::vector<std::uint8_t*> rows = rows_of(image);
  if (!read_pixels(state, rows.data())) refuse(file, state.complaint());
  return image;
}

}  // namespace lacuna
