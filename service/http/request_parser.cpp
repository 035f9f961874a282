#include "service/http/request_parser.hpp"

#include "service/http/ascii.hpp"
#include "service/http/request_id.hpp"
#include "service/http/target.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace faceward::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;
using beast::http::field;

constexpr std::size_t first_input_bytes = 8192;
constexpr std::size_t chunked_input_bytes = 64U << 10U;
constexpr std::size_t trusted_body_bytes = 1U << 20U;  // reserved on the word of Content-Length
constexpr std::size_t body_window_bytes = 256U << 10U;

/// Beast's parser, filling a Request.
class MessageParser final : public beast::http::basic_parser<true> {
  public:
    MessageParser(Request& request, const RequestLimits& limits) : request_(request) {
        constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
        header_limit(static_cast<std::uint32_t>(std::min(limits.max_header_bytes, most)));
        body_limit(limits.max_body_bytes);
    }

    bool expects_continue() const { return expects_continue_; }

  private:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                         int version, beast::error_code&) override {
        request_.method = method;
        const Target split = split_target({target.data(), target.size()});
        request_.path = split.path;
        request_.query = split.query;
        is_http_1_1_ = version == 11;
    }

    void on_field_impl(field name, beast::string_view name_text, beast::string_view value,
                       beast::error_code& ec) override {
        if (is_header_done())
            return;  // a trailer: never to be taken for a header (RFC 9110 §6.5.1)
        request_.headers.emplace_back(name_text, value);
        if (name == field::host) ++hosts_;
        if (name == field::expect)
            expects_continue_ = is_http_1_1_ && equal_ignoring_case(value, "100-continue");
        // Beast overlooks codings that it does not know, and with them the body.
        if (name == field::transfer_encoding &&
            (!is_http_1_1_ || !equal_ignoring_case(value, "chunked")))
            ec = error::bad_transfer_encoding;
    }

    void on_header_impl(beast::error_code& ec) override {
        if (hosts_ > 1 || (hosts_ == 0 && is_http_1_1_)) ec = error::bad_field;
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body,
                                   beast::error_code&) override {
        request_.body.append(body.data(), body.size());
        return body.size();
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    void on_finish_impl(beast::error_code&) override {}

    Request& request_;
    bool is_http_1_1_ = false;
    bool expects_continue_ = false;
    int hosts_ = 0;
};

FramingFault fault_of(beast::error_code ec) {
    if (ec == error::body_limit) return FramingFault::body_too_large;
    if (ec == error::header_limit) return FramingFault::header_too_large;
    return FramingFault::malformed;
}

}  // namespace

struct RequestParser::Impl {
    explicit Impl(const RequestLimits& its_limits)
        : limits(its_limits), input(first_input_bytes, '\0') {
        begin_request();
    }

    void begin_request() {
        request = {};
        message.emplace(request, limits);
        state = State::waiting;
        bytes_in = 0;
        body_bytes = 0;
        body_filled = 0;
    }

    bool receives_in_place() const { return state == State::body && !message->chunked(); }
    std::string_view pending() const { return {input.data() + begin, end - begin}; }

    void consume(std::size_t count) {
        begin += count;
        bytes_in += count;
    }

    void finish(State last) {
        state = last;
        request.received = std::chrono::steady_clock::now();
        if (const auto id = request.header("X-Request-ID"); is_sane_request_id(id))
            request.id = id;
        else
            request.id = fresh_request_id();
        request.trace = read_traceparent(request.header("traceparent"));
    }

    void refuse(FramingFault why) {
        fault = why;
        request.body = std::string();  // assigned, and not cleared, to give the memory back
        finish(State::refused);
    }

    void skip_empty_lines() {  // RFC 9112 §2.2
        while (pending().starts_with("\r\n")) begin += 2;
        if (!pending().empty() && pending() != "\r") state = State::header;
    }

    /// Parses as much of the input as there is up to the end of the request.
    void parse() {
        if (state == State::waiting) skip_empty_lines();
        if (state == State::header) parse_header();
        if (state == State::body && message->chunked()) parse_chunks();
    }

    void parse_header() {
        beast::error_code ec;
        consume(message->put(boost::asio::const_buffer(input.data() + begin, end - begin), ec));
        if (ec == error::need_more) {
            if (bytes_in + pending().size() >= limits.max_header_bytes)
                refuse(FramingFault::header_too_large);
            return;
        }
        if (ec) return refuse(fault_of(ec));
        if (bytes_in > limits.max_header_bytes) return refuse(FramingFault::header_too_large);
        begin_body();
    }

    void begin_body() {
        state = State::body;
        wants_continue = message->expects_continue() && pending().empty();
        if (message->chunked()) {
            message->eager(true);
            if (input.size() < chunked_input_bytes) input.resize(chunked_input_bytes);
            return;
        }
        body_bytes = message->content_length().value_or(0);
        request.body.reserve(std::min(body_bytes, trusted_body_bytes));
        const std::string_view here = pending().substr(0, body_bytes);
        request.body = here;
        consume(here.size());
        body_filled = here.size();
        if (body_filled == body_bytes) finish(State::complete);
    }

    void parse_chunks() {
        if (pending().empty()) return;
        beast::error_code ec;
        consume(message->put(boost::asio::const_buffer(input.data() + begin, end - begin), ec));
        if (ec && ec != error::need_more) return refuse(fault_of(ec));
        if (message->is_done()) return finish(State::complete);
        // What is left is an unfinished chunk header or trailer.
        if (pending().size() >= limits.max_header_bytes) refuse(FramingFault::header_too_large);
    }

    std::span<char> input_space() {
        if (begin == end) begin = end = 0;
        if (end == input.size() && begin > 0) {
            std::copy(input.begin() + static_cast<std::ptrdiff_t>(begin), input.end(),
                      input.begin());
            end -= begin;
            begin = 0;
        }
        if (end == input.size()) input.resize(2 * input.size());
        return std::span(input).subspan(end);
    }

    std::span<char> body_space() {
        request.body.resize(std::min(body_bytes, body_filled + body_window_bytes));
        return std::span(request.body).subspan(body_filled);
    }

    void body_received(std::size_t count) {
        body_filled += count;
        bytes_in += count;
        if (body_filled == body_bytes) finish(State::complete);
    }

    RequestLimits limits;
    std::string input;  // [begin, end) has arrived and is not parsed
    std::size_t begin = 0;
    std::size_t end = 0;
    Request request;
    std::optional<MessageParser> message;
    State state = State::waiting;
    FramingFault fault = FramingFault::malformed;
    bool wants_continue = false;
    std::size_t bytes_in = 0;
    std::size_t body_bytes = 0;   // as Content-Length says
    std::size_t body_filled = 0;  // of them, those that are here
};

RequestParser::RequestParser(const RequestLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

RequestParser::State RequestParser::state() const { return impl_->state; }
const Request& RequestParser::request() const { return impl_->request; }
bool RequestParser::wants_continue() const { return impl_->wants_continue; }
bool RequestParser::keeps_alive() const { return impl_->message->keep_alive(); }
FramingFault RequestParser::fault() const { return impl_->fault; }
std::size_t RequestParser::bytes_in() const { return impl_->bytes_in; }
std::size_t RequestParser::body_bytes() const { return impl_->request.body.size(); }
Request RequestParser::take() { return std::move(impl_->request); }

std::span<char> RequestParser::space() {
    return impl_->receives_in_place() ? impl_->body_space() : impl_->input_space();
}

void RequestParser::limit(const RequestLimits& limits) {
    impl_->limits = limits;
    if (impl_->state == State::waiting) impl_->message.emplace(impl_->request, limits);
}

void RequestParser::received(std::size_t count) {
    impl_->wants_continue = false;
    if (impl_->receives_in_place()) return impl_->body_received(count);
    impl_->end += count;
    impl_->parse();
}

void RequestParser::refuse(FramingFault why) { impl_->refuse(why); }

void RequestParser::next() {
    impl_->begin_request();
    impl_->parse();
}

}  // namespace faceward::http
