#include "service/ops/webhook_post.hpp"

#include "service/ops/webhook_address.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>

namespace faceward::ops {
namespace {

using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// What became of the addresses that a host resolved to.
struct AddressGuard {
    bool public_only;
    bool accepted = false;
    bool refused = false;
};

/// Asked by libcurl for each address that it is about to connect to: what has been resolved is
/// checked, and nothing is resolved again afterwards.
curl_socket_t open_socket(void* guard_pointer, curlsocktype, curl_sockaddr* target) noexcept {
    auto& guard = *static_cast<AddressGuard*>(guard_pointer);
    const auto address = to_address(&target->addr, target->addrlen);
    if (!address || (guard.public_only && !is_public(*address))) {
        guard.refused = true;
        return CURL_SOCKET_BAD;
    }
    guard.accepted = true;
    return socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
}

std::size_t discard(const char*, std::size_t size, std::size_t count, void*) noexcept {
    return size * count;
}

/// A libcurl transfer.
class Transfer {
  public:
    template <class T>
    void set(CURLoption option, T value) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl's interface
        ready_ = ready_ && curl_easy_setopt(handle_.get(), option, value) == CURLE_OK;
    }

    template <class T>
    T get(CURLINFO info) const {
        T value{};
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl's interface
        curl_easy_getinfo(handle_.get(), info, &value);
        return value;
    }

    /// Whether libcurl knew every option; one that it does not must not go unnoticed.
    bool ready() const { return ready_; }
    CURL* handle() const { return handle_.get(); }

  private:
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_{curl_easy_init(),
                                                                &curl_easy_cleanup};
    bool ready_ = handle_ != nullptr;
};

Headers to_list(std::vector<std::string> headers) {
    headers.emplace_back("Expect:");  // none: libcurl would wait for leave to send a long body
    Headers list(nullptr, &curl_slist_free_all);
    for (const std::string& header : headers) {
        curl_slist* whole = curl_slist_append(list.get(), header.c_str());
        if (whole == nullptr) throw std::bad_alloc();
        if (!list) list.reset(whole);  // else it is the list still
    }
    return list;
}

void set_request(Transfer& transfer, const WebhookPost& post, const Headers& headers) {
    transfer.set(CURLOPT_URL, post.url.c_str());
    transfer.set(CURLOPT_POSTFIELDS, post.body.c_str());
    transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    transfer.set(CURLOPT_HTTPHEADER, headers.get());
    transfer.set(CURLOPT_USERAGENT, "faceward");
    transfer.set(CURLOPT_WRITEFUNCTION, &discard);
}

void set_limits(Transfer& transfer, const WebhookPost& post, AddressGuard& guard) {
    transfer.set(CURLOPT_PROTOCOLS_STR, "http,https");
    transfer.set(CURLOPT_FOLLOWLOCATION, 0L);
    transfer.set(CURLOPT_PROXY, "");
    transfer.set(CURLOPT_SSL_VERIFYPEER, 1L);
    transfer.set(CURLOPT_SSL_VERIFYHOST, 2L);
    transfer.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    transfer.set(CURLOPT_OPENSOCKETDATA, &guard);
    transfer.set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(post.timeout.count(), 1L)));
    transfer.set(CURLOPT_NOSIGNAL, 1L);
    // Else a name server that does not answer holds the thread for longer than the timeout.
    transfer.set(CURLOPT_QUICK_EXIT, 1L);
}

/// Runs a transfer. True if it came to its end, false after a fault or `stop`.
bool run(const Transfer& transfer, const std::stop_token& stop) {
    constexpr int longest_wait_ms = 1000;
    const Multi multi(curl_multi_init(), &curl_multi_cleanup);
    if (!multi || curl_multi_add_handle(multi.get(), transfer.handle()) != CURLM_OK) return false;
    {
        const std::stop_callback wake(stop, [&] { curl_multi_wakeup(multi.get()); });
        int running = 1;
        while (!stop.stop_requested()) {
            if (curl_multi_perform(multi.get(), &running) != CURLM_OK || running == 0) break;
            if (curl_multi_poll(multi.get(), nullptr, 0, longest_wait_ms, nullptr) != CURLM_OK)
                break;
        }
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
    const bool done = message != nullptr && message->data.result == CURLE_OK;
    curl_multi_remove_handle(multi.get(), transfer.handle());
    return done;
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

void prepare_posts() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) throw std::runtime_error("libcurl cannot be set up");
}

WebhookAnswer send_post(const WebhookPost& post, const std::stop_token& stop) {
    const Headers headers = to_list(post.headers);
    AddressGuard guard{post.public_addresses_only};
    Transfer transfer;
    set_request(transfer, post, headers);
    set_limits(transfer, post, guard);
    if (!transfer.ready() || !run(transfer, stop))
        return {.status = 0, .location = {}, .address_refused = guard.refused && !guard.accepted};
    return {.status = static_cast<int>(transfer.get<long>(CURLINFO_RESPONSE_CODE)),
            .location = text_or_empty(transfer.get<char*>(CURLINFO_REDIRECT_URL)),
            .address_refused = false};
}

}  // namespace faceward::ops
