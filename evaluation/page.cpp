#include "evaluation/page.hpp"

#include "service/pages/asset.hpp"

namespace faceward::evaluation {

/// The files that the page is made of; cmake/embed.cmake writes it.
std::span<const pages::Asset> page_parts();

namespace {

/// Puts a text in the place of a mark, which is there once.
void fill(std::string& page, std::string_view mark, std::string_view with) {
    page.replace(page.find(mark), mark.size(), with);
}

std::string_view part(std::string_view path) {
    return pages::find_asset(page_parts(), path)->bytes;
}

/// JSON that can stand within <script>: no text of it ends the element.
std::string for_script(const Report& report) {
    std::string text = report.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
        text.replace(at, 1, "\\u003c");
    return text;
}

}  // namespace

std::string page_of(const Report& report) {
    std::string page(part("/report.html"));
    fill(page, "/*style*/", part("/report.css"));
    fill(page, "/*d3*/", part("/d3.js"));
    fill(page, "/*plot*/", part("/plot.js"));
    fill(page, "/*code*/", part("/report.js"));
    fill(page, "/*report*/", for_script(report));
    fill(page, "<!--d3-->", part("/d3.txt"));
    fill(page, "<!--plot-->", part("/plot.txt"));
    return page;
}

}  // namespace faceward::evaluation
