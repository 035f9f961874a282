#include "service/ops/webhook_post.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <thread>

namespace faceward::ops {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A TLS server's context with a certificate for 127.0.0.1 that it signed itself.
Context self_signed() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    EXPECT_EQ(SSL_CTX_use_certificate(context.get(), certificate.get()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), key.get()), 1);
    return context;
}

/// Serves one handshake, and gives the reason for which it failed.
int handshake(SSL_CTX* context, int listener) {
    const int connection = accept(listener, nullptr, nullptr);
    const std::unique_ptr<SSL, decltype(&SSL_free)> session(SSL_new(context), &SSL_free);
    SSL_set_fd(session.get(), connection);
    const int reason = SSL_accept(session.get()) == 1 ? 0 : ERR_GET_REASON(ERR_peek_last_error());
    close(connection);
    return reason;
}

TEST(WebhookPost, isNotSentToAServerWhoseCertificateNobodyVouchesFor) {
    prepare_posts();
    const Context context = self_signed();
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* general = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof(address);
    ASSERT_EQ(bind(listener, general, length), 0);
    ASSERT_EQ(listen(listener, 1), 0);
    ASSERT_EQ(getsockname(listener, general, &length), 0);

    int reason = 0;
    std::thread server([&] { reason = handshake(context.get(), listener); });
    const std::string body = "{}";
    const WebhookAnswer answer =
        send_post({.url = "https://127.0.0.1:" + std::to_string(ntohs(address.sin_port)),
                   .body = body,
                   .headers = {},
                   .public_addresses_only = false,
                   .timeout = std::chrono::minutes(1)},
                  {});
    server.join();
    close(listener);
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(reason, SSL_R_TLSV1_ALERT_UNKNOWN_CA);
}

}  // namespace
}  // namespace faceward::ops
