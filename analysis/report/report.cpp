// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/report.hpp"

#include <memory>
#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"
#include "analysis/report/page.hpp"
#include "analysis/report/result_page.hpp"
#include "analysis/report/sweep_page.hpp"
#include "analysis/sweep_sql.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

Report report_of(const Page& page, const ReportKit& kit) {
  Report report;
  report.html = page_html(page, kit.folder);
  for (const DrawnChart& chart : page.charts) {
    if (!chart.content.svg.empty()) report.drawings.push_back({chart.name + ".svg", chart.content.svg});
  }
  return report;
}

}  // namespace

Report make_report(const std::string& file, const ReportKit& kit) {
  if (is_database(file)) return report_of(sweep_page(sweep_document(file, kit.precisions)), kit);
  auto json = std::make_shared<const nlohmann::json>(nlohmann::json::parse(read_text(file), nullptr, false));
  const bool is_result = json->is_object() && json->contains("layers") && json->contains("totals");
  if (!is_result) {
    fail_input(file +
               ": is neither a result nor a sweep; allowed a result.json of lacuna run, a database of lacuna sweep");
  }
  return report_of(result_page(result_document(file, json), kit), kit);
}

}  // namespace lacuna
