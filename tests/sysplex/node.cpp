#include "node.hpp"

#include "daemon/sysplex/moving.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sim {

namespace {

constexpr std::size_t most_clients = 12;
constexpr auto retry_interval = std::chrono::milliseconds(500);

tcpplexd::distribution service_to_all() {
    tcpplexd::distribution result;
    result.first_port = result.last_port = service_port;
    result.to_all = true;
    return result;
}

}  // namespace

node::node(surroundings& around, std::unique_ptr<cf::connector> facility, std::uint8_t rank)
    : around_(around),
      on_(scheduler::current().here()),
      facility_(std::move(facility)),
      worker_(io_),
      random_(around.fate),
      bridge_(io_, *facility_, worker_),
      held_ports_(bridge_, {}),
      core_(*this, held_ports_.of(0), random_),
      loop_(io_, core_),
      loops_{&loop_},
      links_(io_, around.xcf, facility_->self().who.stack),
      recall_(io_, *facility_, worker_, links_),
      sharing_(*facility_, worker_, bridge_, held_ports_, loops_, [this] { reconfigure(); }),
      retry_(io_),
      starting_over_(io_, *facility_, worker_,
                     [this] {
                         bridge_.take_part_again();
                         sharing_.start_over();
                     }),
      ownership_(io_, *facility_, worker_, links_, *this),
      fencing_(io_, facility_->own_lease(), *this),
      rank_(rank) {
    auto const& self = facility_->self();
    held_ports_.attach(
        loops_, [this](stack::address const& host) { return sharing_.shared_by_connection(host); });
    bridge_.attach(
        held_ports_,
        {.wanted = [](stack::address const& host) { return host == dvipa; },
         .in_blocks = [this](stack::address const& host) { return sharing_.in_blocks(host); },
         .others = [this] { return group_->others(); },
         .recall =
             [this](stack::address const& host, std::uint16_t port,
                    std::vector<stack::member_id> const& holders, std::function<void(bool)> done) {
                 recall_.ask(host, port, holders, std::move(done));
             }});
    links_.attach(loop_);
    group_ = std::make_unique<tcpplexd::group>(io_, *facility_, worker_, links_, *this,
                                               own_definitions());
    links_.introduce({self.slot, self.incarnation});
    clients_ = std::make_unique<clients>(
        io_, loop_, around.fate, std::vector<stack::endpoint>{{partner, 7000}, {partner, 7001}},
        most_clients);
}

node::~node() {
    worker_.stop();
    group_->stop();
}

stack::address node::device() const {
    return stack::address::v4(0x0a000001U + facility_->self().slot);
}

tcpplexd::member_definitions node::own_definitions() const {
    tcpplexd::member_definitions own;
    own.dynamic_xcf = stack::address::v4(0xac100001U + facility_->self().slot);
    auto& mine = own.dvipas.emplace_back();
    mine.host = dvipa;
    mine.rank = rank_;
    if (rank_ != 0) mine.origin = tcpplexd::dvipa_definition::kind::backup;
    mine.distributions = {service_to_all()};
    return own;
}

void node::run() {
    route(device());
    io_.post([this] { enter_service(); });
    io_.run();
    fencing_.stop();
}

void node::route(stack::address const& host) {
    around_.net.route(host, io_, [this](internet::packet const& bytes, stack::offload const& meta) {
        core_.receive(1, bytes, meta, loop_.now());
        loop_.touch();
    });
}

void node::leave() {
    core_.abort_all(loop_.now());
    core_.advance(loop_.now());
    io_.stop();
}

void node::calm_down() {
    io_.post([this] {
        calm_ = true;
        clients_->stop();
        if (server_) server_->stop();
    });
}

void node::end_all() {
    io_.post([this] {
        core_.abort_all(loop_.now());
        loop_.touch();
    });
}

void node::enter_service() {
    in_service_ = true;
    reconfigure();
    sharing_.refresh();
    ownership_.start(*group_);
    switch_on();
}

void node::group_changed() {
    ownership_.read_owners();
    reconfigure();
    ownership_.review();
}

void node::tell_all(stack::address const& host, std::function<void()> told) {
    core_.announce_dvipa(host);
    loop_.touch();
    io_.post(std::move(told));
}

bool node::is_owner() const {
    return std::any_of(parts_.begin(), parts_.end(), [](auto const& each) {
        return each.part == stack::dvipa_settings::role::owner;
    });
}

bool node::has(stack::four_tuple const& tuple) const {
    bool found = false;
    core_.each_connection([&](stack::connection_info const& each) {
        found |= each.tuple == tuple && each.state == stack::tcp::state::established;
    });
    return found;
}

void node::switch_on() {
    sharing_.switch_on(dvipa, around_.sharing, [this](std::string const& problem) {
        if (problem.empty()) return begin_work();
        retry_.expires_after(retry_interval);
        retry_.async_wait([this](boost::system::error_code error) {
            if (!error) switch_on();
        });
    });
}

void node::begin_work() {
    if (calm_ || std::exchange(serving_, true)) return;
    server_ = std::make_unique<echo_server>(
        loop_, std::vector<stack::endpoint>{{stack::address(), service_port}});
    clients_->start();
}

void node::reconfigure() {
    if (!in_service_) return;
    auto const& self = facility_->self();
    auto next = std::make_shared<stack::settings>();
    using kind = stack::interface_settings::kind;
    next->self = {self.slot, self.incarnation};
    next->interfaces = {
        {"LOOPBACK", kind::loopback, stack::address::v4(0x7f000001), 8, 65535, true, {}},
        {"OSA", kind::device, device(), 24, 1500, true, {}}};
    next->routes = {{{stack::address::v4(0), 0}, {}, 1, 0}};
    next->dvipas = tcpplexd::roles(next->self, group_->members());
    auto const moving = tcpplexd::still_moving(parts_, next->dvipas, group_->members(),
                                               [this](auto const& host) { return uses(host); });
    next->dvipas.insert(next->dvipas.end(), moving.begin(), moving.end());
    for (auto& each : next->dvipas) {
        each.shared = true;
        each.settling = ownership_.is_settling(each.host);
        each.shared_by_connection = sharing_.shared(each.host)
                                        ? sharing_.shared_by_connection(each.host)
                                        : around_.sharing.form == cf::structure_form::hashtable;
    }
    next->tcp.first_ephemeral = around_.first_port;
    next->tcp.last_ephemeral = around_.last_port;
    next->tcp.time_wait = std::chrono::seconds(1);
    next->ip.source_vipa = true;
    next->ip.tcp_stack_source_vipa = dvipa;
    bool const was_owner = is_owner();
    parts_ = next->dvipas;
    if (is_owner() && !was_owner) {
        ++times_owner_;
        route(dvipa);
    }
    fencing_.need(!next->dvipas.empty());
    if (!next->dvipas.empty()) fence_.guard({dvipa}, facility_->own_lease()->deadline());
    core_.configure(std::move(next), loop_.now());
    loop_.touch();
}

std::set<node::use> node::uses() const {
    std::set<use> all;
    core_.each_connection([&](stack::connection_info const& each) {
        using stack::tcp::state;
        bool const counts = each.state != state::listen && each.state != state::closed;
        if (each.tuple.local.host == dvipa && !each.passive && counts)
            all.insert({each.tuple.local.port, each.tuple.remote});
    });
    return all;
}

std::string node::states() const {
    std::string text;
    core_.each_connection([&](stack::connection_info const& each) {
        text += std::to_string(each.tuple.local.port) + " " +
                std::string(stack::tcp::to_string(each.state)) + ", ";
    });
    return text;
}

bool node::may_send() const {
    auto const now = on_.local(scheduler::current().now());
    return now < facility_->own_lease()->end().time_since_epoch().count();
}

void node::transmit(std::size_t, stack::fragments const& packet, stack::offload const& meta) {
    if (!fence_.lets_through(*packet.begin())) return;
    around_.sends(*this, packet);
    around_.net.send(packet, meta);
}

void node::forward(stack::member_id to, stack::fragments const& packet,
                   stack::offload const& meta) {
    if (fence_.lets_through(*packet.begin())) links_.send_packet(to, packet, meta);
}

void node::notify(stack::member_id to, stack::connection_notice const& notice) {
    links_.send_notice(to, notice);
}

stack::port_holder node::who_holds(stack::four_tuple const& tuple) {
    using answer = stack::port_holder::kind;
    auto const holder =
        facility_->who_holds(tcpplexd::facility_key(tuple.local.host), tuple.local.port,
                             tcpplexd::facility_destination(tuple.remote));
    switch (holder.what) {
        case cf::port_holder::kind::nobody:
            return {answer::nobody, {}};
        case cf::port_holder::kind::one:
            return {answer::one, {holder.slot, holder.incarnation}};
        case cf::port_holder::kind::several:
            return {answer::several, {}};
        case cf::port_holder::kind::service:
            break;
    }
    return {answer::unknown, {}};
}

void node::member_gone(stack::member_id who) {
    core_.member_gone(who, loop_.now());
    recall_.member_gone(who);
    ownership_.member_gone(who);
    loop_.touch();
}

void node::member_reached(stack::member_id who) {
    core_.announce_all(who);
    ownership_.member_reached(who);
    loop_.touch();
}

void node::fence() {
    starting_over_.interrupt();
    fenced_ = true;
    bridge_.fence();
    held_ports_.forget(dvipa);
    core_.fence(dvipa, loop_.now());
    loop_.touch();
}

void node::take_part_again() {
    starting_over_.begin();
}

}  // namespace sim
