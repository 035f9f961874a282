#include "service/console/console.hpp"

#include "service/console/files.hpp"

#include <utility>

namespace faceward::console {
namespace {

constexpr std::string_view facts_path = "/console/facts.json";

/// No inline script or style, no other host, no string that becomes code.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Null for what is no file of the console. People also write the page's path with a slash.
const pages::Asset* file_of(std::string_view path) {
    return pages::find_asset(files(), path == "/console/" ? "/console" : path);
}

bool is_ours(const http::Request& request) {
    return (request.method == "GET" || request.method == "HEAD") &&
           (request.path == facts_path || file_of(request.path) != nullptr);
}

}  // namespace

Console::Console(http::Application& api, Facts facts, Finished finished)
    : api_(api), finished_(std::move(finished)), facts_(std::move(facts)) {}

void Console::change(Facts facts) {
    const std::scoped_lock lock(mutex_);
    facts.loaded = std::move(facts_.loaded);
    facts_ = std::move(facts);
}

void Console::serve_with(Loaded loaded) {
    const std::scoped_lock lock(mutex_);
    facts_.loaded = std::move(loaded);
}

void Console::handle(http::Request request, http::Reply reply) {
    if (!is_ours(request)) return api_.handle(std::move(request), std::move(reply));
    reply(answer(request));
}

http::Response Console::answer(const http::Request& request) const {
    if (request.path == facts_path) return facts_response();
    http::Response response =
        pages::asset_response(*file_of(request.path), request.header("If-None-Match"), policy);
    response.headers.emplace_back("Permissions-Policy",
                                  "camera=(self), microphone=(), geolocation=()");
    return response;
}

http::Response Console::facts_response() const {
    const std::scoped_lock lock(mutex_);
    http::Response response;
    response.body = facts_json(facts_);
    return response;
}

http::Response Console::refuse(http::FramingFault fault, const http::Request& request) {
    return api_.refuse(fault, request);
}

void Console::finished(const http::Exchange& exchange) {
    if (!is_ours(exchange.request)) return api_.finished(exchange);
    finished_(exchange, "/console");
}

}  // namespace faceward::console
