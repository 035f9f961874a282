#include "service/ops/webhook_url.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace faceward::ops {
namespace {

/// The target of "//host…", by http, or of a whole URL.
std::optional<WebhookTarget> parse(std::string_view url) {
    return parse_webhook_url((url.starts_with("//") ? "http:" : "") + std::string(url));
}

Permission permission_of(std::string_view url, std::vector<std::string> allow) {
    const auto target = parse(url);
    EXPECT_TRUE(target) << url;
    return target ? permission(*target, allow) : Permission::none;
}

TEST(WebhookUrl, isReadAsLibcurlReadsIt) {
    const struct {
        const char* url;
        bool encrypted;
        const char* host;
        std::uint16_t port;
    } cases[] = {
        {"//hooks.example.com", false, "hooks.example.com", 80},
        {"HTTPS://Hooks.Example.COM/a?b=c#d", true, "hooks.example.com", 443},
        {"//hooks.example.com:8080/a", false, "hooks.example.com", 8080},
        {"//0x7f.1/", false, "127.0.0.1", 80},
        {"//2130706433/", false, "127.0.0.1", 80},
        {"//[::1]:81/", false, "[::1]", 81},
        {"//[FD00:0:0::1]/", false, "[fd00::1]", 80},
        {"//%6cocalhost/", false, "localhost", 80},
        {"//xn--bcher-kva.example.org/", false, "xn--bcher-kva.example.org", 80},
    };
    for (const auto& c : cases) {
        const auto target = parse(c.url);
        ASSERT_TRUE(target) << c.url;
        EXPECT_EQ(target->encrypted, c.encrypted) << c.url;
        EXPECT_EQ(target->host, c.host) << c.url;
        EXPECT_EQ(target->port, c.port) << c.url;
        const auto again = parse_webhook_url(target->url);
        ASSERT_TRUE(again) << target->url;
        EXPECT_EQ(again->host, target->host) << target->url;
        EXPECT_EQ(again->port, target->port) << target->url;
    }
}

TEST(WebhookUrl, keepsPathAndQuery) {
    EXPECT_EQ(parse_webhook_url("http://a.example.com/b%2Fc?d=%20&e")->url,
              "http://a.example.com/b%2Fc?d=%20&e");
}

TEST(WebhookUrl, mayHaveAPathBeyondAscii) {
    EXPECT_TRUE(parse_webhook_url("http://a.example.com/b\xC3\xBC?c=\xC3\xBC"));
}

TEST(WebhookUrl, isRefused) {
    using namespace std::string_view_literals;
    for (const std::string_view url : {""sv,
                                       "hooks.example.com"sv,
                                       "/path"sv,
                                       "//"sv,
                                       "//b\xC3\xBC.example.org/"sv,
                                       "//b%C3%BC.example.org/"sv,
                                       "ftp://hooks.example.com/"sv,
                                       "file:///etc/passwd"sv,
                                       "gopher://hooks.example.com/"sv,
                                       "javascript:alert(1)"sv,
                                       "data:text/plain,a"sv,
                                       "//user@hooks.example.com/"sv,
                                       "//user:word@hooks.example.com/"sv,
                                       "//:word@hooks.example.com/"sv,
                                       "//@hooks.example.com/"sv,
                                       "//hooks.example.com:0/"sv,
                                       "//hooks.example.com:65536/"sv,
                                       "//hooks.example.com:8o/"sv,
                                       "//hooks example.com/"sv,
                                       "//hooks.example.com/\r\nX: y"sv,
                                       "//hooks.example.com\0.example.org/"sv,
                                       "//[fe80::1%25eth0]/"sv,
                                       "//[::1/"sv})
        EXPECT_FALSE(parse(url)) << url;
}

TEST(WebhookUrl, isRefusedWithoutAScheme) {
    EXPECT_FALSE(parse_webhook_url("//hooks.example.com/"));
    EXPECT_FALSE(parse_webhook_url("localhost:80/"));
}

TEST(WebhookUrl, isPermittedByAnEntry) {
    const auto any = Permission::any_address;
    const auto wild = Permission::public_addresses;
    const auto none = Permission::none;
    const struct {
        const char* url;
        const char* entry;
        Permission permission;
    } cases[] = {
        {"//hooks.example.com/", "hooks.example.com", any},
        {"https://Hooks.example.com:8443/", "hooks.EXAMPLE.com", any},
        {"https://hooks.example.com:8443/", "hooks.example.com:8443", any},
        {"https://hooks.example.com/", "hooks.example.com:443", any},
        {"//hooks.example.com/", "hooks.example.com:443", none},
        {"//hooks.example.com/", "hooks.example.com:http", none},
        {"//hooks.example.com/", "hooks.example.com:", none},
        {"//a.hooks.example.com/", "hooks.example.com", none},
        {"//hooks.example.com.example.org/", "hooks.example.com", none},
        {"//hooks.example.com/", "*.example.com", wild},
        {"//a.hooks.Example.com/", "*.EXAMPLE.com", wild},
        {"//hooks.example.com:81/", "*.example.com:81", wild},
        {"//hooks.example.com:82/", "*.example.com:81", none},
        {"//example.com/", "*.example.com", none},
        {"//badexample.com/", "*.example.com", none},
        {"//hooks.example.com/", "hooks.*.com", none},
        {"//hooks.example.com/", "*", wild},
        {"//hooks.example.com/", "*:80", wild},
        {"//8.8.8.8/", "*", wild},
        {"//127.0.0.1/", "*", none},
        {"//127.0.0.1/", "*.0.0.1", none},
        {"//127.0.0.1/", "127.0.0.1", any},
        {"//0x7f.0.0.1/", "127.0.0.1", any},
        {"//[::1]/", "*", none},
        {"//[::1]/", "[::1]", any},
        {"//[::1]:81/", "[::1]:81", any},
        {"//[::1]:82/", "[::1]:81", none},
        {"//[::1]/", "::1", none},
        {"//[::ffff:127.0.0.1]/", "*", none},
        {"//localhost/", "*", wild},  // its address is looked at when it is known
        {"//hooks.example.com/", "", none},
    };
    for (const auto& c : cases)
        EXPECT_EQ(permission_of(c.url, {c.entry}), c.permission) << c.url << " by " << c.entry;
}

TEST(WebhookUrl, isPermittedByTheStrongestEntry) {
    const std::string url = "http://hooks.example.com/";
    EXPECT_EQ(permission_of(url, {}), Permission::none);
    EXPECT_EQ(permission_of(url, {"a", "*", "b"}), Permission::public_addresses);
    EXPECT_EQ(permission_of(url, {"*", "hooks.example.com", "*"}), Permission::any_address);
}

TEST(WebhookUrl, staysEncryptedWhenRedirected) {
    const auto clear = parse_webhook_url("http://a.example.com/").value();
    const auto encrypted = parse_webhook_url("https://a.example.com/").value();
    EXPECT_TRUE(may_redirect(clear, clear));
    EXPECT_TRUE(may_redirect(clear, encrypted));
    EXPECT_TRUE(may_redirect(encrypted, encrypted));
    EXPECT_FALSE(may_redirect(encrypted, clear));
}

}  // namespace
}  // namespace faceward::ops
