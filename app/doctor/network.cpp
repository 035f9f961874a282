#include "app/doctor/finding.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

namespace faceward::app::doctor {
namespace {

using boost::asio::ip::tcp;

/// Whether one can listen there, and whether others than this machine could come.
Finding port(std::string_view subject, const std::string& host, std::uint16_t number,
             std::string_view exposure) {
    const std::string where = fmt::format("{} port {}", host, number);
    boost::asio::io_context context;
    boost::system::error_code error;
    const auto found =
        tcp::resolver(context).resolve(host, std::to_string(number), tcp::resolver::passive, error);
    if (error)
        return {State::bad, subject, where + ": " + error.message(),
                "set the host to a name or address of this machine"};
    const tcp::endpoint endpoint = *found.begin();
    tcp::acceptor acceptor(context);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(1, error);
    if (error == boost::asio::error::address_in_use)
        return {State::note, subject, where + " is taken",
                "right if faceward runs there already; else another port is needed"};
    if (error)
        return {
            State::bad, subject, where + ": " + error.message(),
            "take an address of this machine, and a port above 1023 or the right to lower ones"};
    if (endpoint.address().is_loopback()) return {State::good, subject, where + " is free", {}};
    return {State::note, subject, where + " is free, and open to other machines",
            std::string(exposure)};
}

}  // namespace

Findings ports(const ops::Settings& settings) {
    Findings findings{port("port", settings.host, settings.port,
                           "there is neither TLS nor a log-in here: let a proxy that has both "
                           "stand before it")};
    if (settings.admin_port != 0)
        findings.push_back(port("admin port", settings.admin_host, settings.admin_port,
                                "whoever reaches it may read the metrics: keep it inside"));
    return findings;
}

Finding webhooks(const ops::Settings& settings) {
    if (settings.webhook_allow.empty())
        return {State::good, "webhooks", "none are sent: webhook_allow is empty", {}};
    Finding finding{State::good,
                    "webhooks",
                    fmt::format("may go to {}", fmt::join(settings.webhook_allow, ", ")),
                    {}};
    if (settings.webhook_secret.empty()) {
        finding.state = State::note;
        finding.advice = "receivers cannot tell who calls them: set webhook_secret";
    }
    return finding;
}

}  // namespace faceward::app::doctor
