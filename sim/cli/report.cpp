// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/report.hpp"

#include <filesystem>
#include <ostream>

#include "analysis/marked_text.hpp"
#include "analysis/sweep_results.hpp"
#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/precision_sources.hpp"
#include "sim/config/data_path.hpp"
#include "sim/result/flat_visitor.hpp"
#include "sim/result/layer_result.hpp"
#include "sim/result/output.hpp"
#include "sim/result/totals.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna report RESULT.json|results.db");
  const auto text = text_option;
  options.add_options()("out", text("FILE"), "where the page goes (default: report.html)")(
      "svg", text("DIR"), "also write the headline charts as SVG into this folder")(
      "into", text("PAGE.md"),
      "no report: write the precisions of a sweep over them between '<!-- begin precisions -->' and '<!-- end "
      "precisions -->' of a page")("check", text("PAGE.md"), "no report: compare them with what stands there")(
      "help", "print this");
  return options;
}

/// The fields of a struct, as they are described.
class FieldList : public FlatVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t&) override { fields.push_back(info); }
  void real(const FieldInfo& info, double&) override { fields.push_back(info); }
  void boolean(const FieldInfo& info, bool&) override { fields.push_back(info); }
  void text(const FieldInfo& info, std::string&) override { fields.push_back(info); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>&) override { fields.push_back(info); }
  void real_map(const FieldInfo& info, std::map<std::string, double>&) override { fields.push_back(info); }

  std::vector<FieldInfo> fields;
};

template <class Struct>
std::vector<FieldInfo> fields_of() {
  FieldList list;
  Struct().describe(list);
  return std::move(list.fields);
}

std::int64_t bytes_of(const std::vector<OutputFile>& files) {
  std::int64_t bytes = 0;
  for (const OutputFile& file : files) bytes += static_cast<std::int64_t>(file.content.size());
  return bytes;
}

/// --into and --check: the precisions of a sweep and a page in Markdown. Returns the exit code.
int precisions_and_page(const std::string& file, const po::variables_map& options, std::ostream& out) {
  const bool check = options.count("check") != 0;
  for (const char* other : {"out", "svg", "into"}) {
    if (options.count(other) == 0 || (!check && std::string(other) == "into")) continue;
    fail_input(std::string("report: found --") + (check ? "check" : "into") + " with --" + other +
               "; allowed one of --out, --svg, --into and --check, or --out with --svg");
  }
  const std::optional<ReducedPrecision> precisions = reduced_precision(SweepResults(file), shipped_precision_sources());
  if (!precisions) {
    fail_input(
        file +
        ": no precisions side by side; allowed a sweep with results and an axis of path /precision, on at most " +
        std::to_string(kMostMachines) + " machines");
  }
  const std::string text = markdown_of(*precisions);
  const std::string page = text_of(options, check ? "check" : "into");
  if (!check) {
    write_marked(page, "precisions", text);
    return out << "written: " << page << "\n", 0;
  }
  if (holds_marked(page, "precisions", text)) return 0;
  return out << page << ": its table of precisions is not what comes out\n", 1;
}

}  // namespace

int report_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("report", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("report: no result given; allowed RESULT.json or results.db, before the options");
  if (options.count("into") + options.count("check") != 0) return precisions_and_page(words[0], options, out);
  const fs::path page = options.count("out") == 0 ? "report.html" : options["out"].as<std::string>();
  std::error_code ignored;
  if (page.filename().empty() || fs::is_directory(page, ignored)) {
    fail_input(page.string() + ": is a folder; allowed the name of a file");
  }
  check_outputs({page.string()}, words[0]);
  const Report report = make_report(words[0], {data_root() + "/analysis/report", fields_of<LayerResult>(),
                                               fields_of<Totals>(), shipped_precision_sources()});
  const std::string folder = page.has_parent_path() ? page.parent_path().string() : ".";
  const std::vector<OutputFile> pages = {{page.filename().string(), report.html}};
  std::vector<OutputFile> drawings;
  if (options.count("svg") != 0) {
    for (const ReportDrawing& drawing : report.drawings) drawings.push_back({drawing.name, drawing.svg});
  }
  prepare_output(folder, bytes_of(pages));
  if (!drawings.empty()) prepare_output(options["svg"].as<std::string>(), bytes_of(drawings));
  if (!drawings.empty()) commit_output(options["svg"].as<std::string>(), drawings);
  commit_output(folder, pages);
  out << "written: " << page.string();
  for (const OutputFile& drawing : drawings) out << ", " << options["svg"].as<std::string>() << "/" << drawing.name;
  out << "\n";
  return 0;
}

}  // namespace lacuna
