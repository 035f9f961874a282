#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace faceward::ops {

/// Sets libcurl up, once for the process; before any `send_post`. Throws std::runtime_error if it
/// cannot be.
void prepare_posts();

/// One HTTP request of a webhook.
struct WebhookPost {
    std::string url;
    const std::string& body;           ///< JSON
    std::vector<std::string> headers;  ///< "Name: value", without line breaks
    bool public_addresses_only;  ///< refuses, once resolved, what `is_public` does not hold of
    std::chrono::milliseconds timeout;
};

struct WebhookAnswer {
    int status = 0;                ///< 0: none came whole and in time
    std::string location;          ///< of a redirect, as a whole URL; else empty
    bool address_refused = false;  ///< no address that the host resolved to may be called
};

/// Sends a POST over a connection of its own, by http or https with the certificate verified,
/// through no proxy, and reads the answer; follows no redirect. Returns soon after `stop`.
WebhookAnswer send_post(const WebhookPost& post, const std::stop_token& stop);

}  // namespace faceward::ops
