// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/page.hpp"

#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"
#include "analysis/report/html.hpp"

namespace lacuna {
namespace {

/// No network, no frames, no forms: what is not inline does not exist. Vega compiles its expressions ('unsafe-eval').
constexpr char kPolicy[] =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:";

/// A script of the chart library without the reference to its source map, which browsers would look for.
std::string script(const std::string& file) {
  std::string text = read_text(file);
  const std::string reference = "//# sourceMappingURL=";
  const std::size_t at = text.rfind(reference);
  if (at != std::string::npos) text.erase(at, text.find('\n', at) - at);
  return "<script>\n" + text + "\n</script>\n";
}

std::string head(const Page& page, const std::string& folder) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         std::string(kPolicy) +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>" +
         escaped(page.title) + "</title>\n<style>\n" + read_text(folder + "/page/report.css") + "</style>\n</head>\n";
}

std::string notices(const Page& page) {
  if (page.notices.empty()) return "";
  std::string text = "<ul class=\"notices\" aria-label=\"What to know about these figures\">\n";
  for (const std::string& notice : page.notices) text += "<li>" + escaped(notice) + "</li>\n";
  return text + "</ul>\n";
}

std::string key_figures(const Page& page) {
  std::string text = "<dl class=\"key-figures\">\n";
  for (const KeyFigure& figure : page.key_figures) {
    text += "<div><dt>" + escaped(figure.name) + "</dt><dd><strong>" + escaped(figure.value) + "</strong>";
    if (!figure.detail.empty()) text += " <span>" + escaped(figure.detail) + "</span>";
    text += "</dd></div>\n";
  }
  return text + "</dl>\n";
}

/// The drawing stands in its place until the script has drawn the interactive chart.
std::string chart_figure(const DrawnChart& chart) {
  const ChartContent& content = chart.content;
  std::string text = "<figure id=\"" + chart.name + "\" class=\"chart" + (content.half_width ? " half" : "") +
                     "\">\n<h3>" + escaped(content.title) + "</h3>\n";
  if (!content.svg.empty()) text += "<div class=\"still\">" + content.svg + "</div>\n";
  if (!content.spec.empty()) {
    text += "<div class=\"live\"></div>\n";
    if (content.svg.empty())
      text += "<noscript><p>This chart needs JavaScript; the tables below do not.</p></noscript>\n";
    text += "<script type=\"application/json\">" + script_json(nlohmann::json::parse(content.spec)) + "</script>\n";
  }
  return text + "<figcaption>" + escaped(content.caption) + "</figcaption>\n</figure>\n";
}

std::string contents(const Page& page) {
  std::string text = R"(<nav aria-label="Contents"><a href="#charts">Charts</a>)";
  for (const PageSection& section : page.sections) {
    text += " <a href=\"#" + section.id + "\">" + escaped(section.title) + "</a>";
  }
  return text + "</nav>\n";
}

}  // namespace

std::string page_html(const Page& page, const std::string& folder) {
  std::string text = head(page, folder) + "<body>\n<header>\n<h1>" + escaped(page.title) + "</h1>\n<p>" +
                     escaped(page.subtitle) + "</p>\n" + contents(page) + "</header>\n<main>\n" + notices(page) +
                     key_figures(page) + "<section id=\"charts\" class=\"charts\" aria-label=\"Charts\">\n";
  for (const DrawnChart& chart : page.charts) text += chart_figure(chart);
  text += "</section>\n";
  for (const PageSection& section : page.sections) {
    text += "<section id=\"" + section.id + "\">\n<h2>" + escaped(section.title) + "</h2>\n" + section.html +
            "</section>\n";
  }
  text += "</main>\n";
  for (const char* file : {"vega/vega.min.js", "vega/vega-lite.min.js", "vega/vega-embed.min.js", "page/report.js"}) {
    text += script(folder + "/" + file);
  }
  return text + "</body>\n</html>\n";
}

}  // namespace lacuna
