#include "service/ops/webhook_url.hpp"

#include "service/ops/webhook_address.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>

namespace faceward::ops {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::optional<std::string> part(const Url& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return std::nullopt;
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
    return std::string(text);
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

std::optional<std::uint16_t> to_port(std::string_view text) {
    std::uint16_t port = 0;
    const char* end = std::to_address(text.end());
    const auto [rest, fault] = std::from_chars(std::to_address(text.begin()), end, port);
    if (fault != std::errc{} || rest != end || port == 0) return std::nullopt;
    return port;
}

/// An entry of the list taken apart.
struct Entry {
    std::string host;
    std::optional<std::uint16_t> port;
};

Entry to_entry(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    // The last colon of "[::1]" is none before a port.
    if (colon == std::string_view::npos || text.ends_with(']')) return {lower_case(text), {}};
    // What is no port matches nothing: 0 is no target's.
    return {lower_case(text.substr(0, colon)), to_port(text.substr(colon + 1)).value_or(0)};
}

Permission permission(const WebhookTarget& target, const Entry& entry) {
    if (entry.port && *entry.port != target.port) return Permission::none;
    if (entry.host == target.host) return Permission::any_address;
    const bool below = entry.host.starts_with("*.") && target.host.ends_with(entry.host.substr(1));
    if (!below && entry.host != "*") return Permission::none;
    const auto address = to_address(target.host);
    return address && !is_public(*address) ? Permission::none : Permission::public_addresses;
}

}  // namespace

std::optional<WebhookTarget> parse_webhook_url(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return std::nullopt;
    const Url url(curl_url(), &curl_url_cleanup);
    if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER) !=
        CURLUE_OK)
        return std::nullopt;
    const auto whole = part(url, CURLUPART_URL);
    const auto scheme = part(url, CURLUPART_SCHEME);
    const auto host = part(url, CURLUPART_HOST);
    const auto port = to_port(part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or(""));
    if (!whole || !host || !port || (scheme != "http" && scheme != "https")) return std::nullopt;
    // What libcurl makes of a name beyond ASCII depends on the locale.
    if (!is_ascii(*host)) return std::nullopt;
    if (part(url, CURLUPART_USER) || part(url, CURLUPART_PASSWORD) || part(url, CURLUPART_ZONEID))
        return std::nullopt;
    return WebhookTarget{*whole, scheme == "https", lower_case(*host), *port};
}

Permission permission(const WebhookTarget& target, std::span<const std::string> allow) {
    auto most = Permission::none;
    for (const std::string& entry : allow)
        most = std::max(most, permission(target, to_entry(entry)));
    return most;
}

bool may_redirect(const WebhookTarget& from, const WebhookTarget& to) {
    return to.encrypted || !from.encrypted;
}

}  // namespace faceward::ops
