#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace faceward::ops {

/// Where a webhook goes, as libcurl reads its URL.
struct WebhookTarget {
    std::string url;   ///< whole, in libcurl's spelling
    bool encrypted;    ///< https
    std::string host;  ///< in lower case, an IPv6 address in []
    std::uint16_t port;
};

/// The target of an http or https URL. Nothing for other URLs, and for those with a user name, a
/// password, a zone of an IPv6 address, or a name beyond ASCII (its ASCII form, "xn--…", is read).
std::optional<WebhookTarget> parse_webhook_url(std::string_view text);

/// How far a target may be called.
enum class Permission {
    none,
    public_addresses,  ///< wherever its name leads on the public Internet
    any_address,
};

/// What the entries of a list give: "host" any address, "*.domain" (the hosts below it) and "*"
/// public ones, each with ":port" for this port alone. Case does not matter.
Permission permission(const WebhookTarget& target, std::span<const std::string> allow);

/// Whether a redirect keeps the secrecy that the first target had.
bool may_redirect(const WebhookTarget& from, const WebhookTarget& to);

}  // namespace faceward::ops
