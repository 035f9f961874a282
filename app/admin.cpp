#include "app/admin.hpp"

namespace faceward::app {
namespace {

http::Response plain(int status, std::string text) {
    http::Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(text);
    return response;
}

}  // namespace

void Admin::handle(http::Request request, http::Reply reply) {
    if (request.path != "/metrics") return reply(plain(404, "There is /metrics here.\n"));
    if (request.method != "GET" && request.method != "HEAD")
        return reply(plain(405, "Only GET and HEAD.\n"));
    http::Response response = plain(200, metrics_());
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    reply(std::move(response));
}

http::Response Admin::refuse(http::FramingFault, const http::Request&) {
    return plain(400, "The request cannot be read.\n");
}

http::ServerOptions admin_options(const ops::Settings& settings) {
    http::ServerOptions options;
    options.host = settings.admin_host;
    options.port = settings.admin_port;
    options.max_body_bytes = 1024;
    options.max_connections = 64;
    options.shutdown_grace = std::chrono::milliseconds(0);
    return options;
}

}  // namespace faceward::app
