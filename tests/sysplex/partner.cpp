#include "partner.hpp"

#include <vector>

namespace sim {

partner_host::partner_host(dice& fate, internet& net)
    : net_(net), random_(fate), core_(*this, *this, random_), loop_(io_, core_) {
    auto settings = std::make_shared<stack::settings>();
    using kind = stack::interface_settings::kind;
    settings->interfaces = {
        {"LOOPBACK", kind::loopback, stack::address::v4(0x7f000001), 8, 65535, true, {}},
        {"ETH", kind::device, partner, 24, 1500, true, {}}};
    settings->routes = {{{stack::address::v4(0), 0}, {}, 1, 0}};
    settings->tcp.time_wait = std::chrono::seconds(1);
    core_.configure(std::move(settings), loop_.now());
    server_ = std::make_unique<echo_server>(
        loop_, std::vector<stack::endpoint>{{partner, 7000}, {partner, 7001}});
    clients_ = std::make_unique<clients>(io_, loop_, fate,
                                         std::vector<stack::endpoint>{{dvipa, service_port}}, 8);
}

void partner_host::run() {
    net_.route(partner, io_, [this](internet::packet const& bytes, stack::offload const& meta) {
        core_.receive(1, bytes, meta, loop_.now());
        loop_.touch();
    });
    clients_->start();
    io_.run();
}

void partner_host::calm_down() {
    io_.post([this] { clients_->stop(); });
}

}  // namespace sim
