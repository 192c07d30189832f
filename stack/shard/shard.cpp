#include "stack/shard/shard.hpp"

#include "stack/shard/parts.hpp"

#include <utility>

namespace stack {

shard::shard(environment& world, port_source& shared_ports, entropy& random, placement const& where)
    : impl_(std::make_unique<impl>(world, shared_ports, random, where)) {}
shard::~shard() = default;

void shard::use(tcp::secrets const& agreed) {
    impl_->engine.use(agreed);
}

void shard::configure(std::shared_ptr<settings const> next, instant now) {
    impl_->configure(std::move(next), now);
}

// ---- packets ----

void shard::receive(std::size_t index, std::span<std::byte const> packet, offload const& meta,
                    instant now) {
    impl_->receive(index, packet, meta, now);
}
void shard::receive_forwarded(member_id from, std::span<std::byte const> packet,
                              offload const& meta, instant now) {
    impl_->receive_forwarded(from, packet, meta, now);
}
void shard::announce() {
    impl_->engine.announce();
}
void shard::receive_handed(member_id from, std::span<std::byte const> packet, offload const& meta,
                           instant now) {
    impl_->receive_handed(from, packet, meta, now);
}
void shard::advance(instant now) {
    impl_->advance(now);
}
std::optional<instant> shard::next_deadline() const {
    return impl_->next_deadline();
}

// ---- the sysplex ----

void shard::notice(member_id from, connection_notice const& notice, instant now) {
    impl_->router.notice(from, notice, now);
    impl_->datagram_router.notice(from, notice);
}
void shard::report(member_id from, target_report const& told) {
    impl_->router.report(from, told);
}
void shard::member_gone(member_id who, instant) {
    impl_->router.member_gone(who);
    impl_->datagram_router.member_gone(who);
}
void shard::announce_all(member_id owner) {
    impl_->announce([&](dvipa_settings const& dvipa) { return dvipa.owner == owner; });
}
void shard::announce_dvipa(address const& dvipa) {
    impl_->announce([&](dvipa_settings const& each) { return each.host == dvipa; });
}
void shard::port_resolved(port_ticket ticket, port_reply const& reply, instant now) {
    impl_->sockets.port_resolved(ticket, reply, now);
    impl_->sockets.settle(now);
}
std::vector<port_use> shard::adopt(address const& dvipa) {
    return impl_->ports.adopt(dvipa);
}
void shard::disown(address const& dvipa) {
    impl_->ports.disown(dvipa);
}

void shard::fence(address const& dvipa, instant now) {
    if (dvipa == explicit_bind_pool) return impl_->sockets.fence_pool();
    impl_->sockets.fence(dvipa, now);
    impl_->datagrams.fence(dvipa);
    impl_->sockets.settle(now);
}

// ---- sockets ----

result<socket_id> shard::open(std::string_view job, std::uint64_t cookie) {
    if (job.empty() || job.size() > 8)
        return boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    return impl_->sockets.open(job, cookie);
}
void shard::bind(socket_id id, endpoint const& local, instant, bool v6_only, port_origin port) {
    impl_->sockets.bind(id, {local, v6_only}, port);
}
void shard::connect(socket_id id, endpoint const& remote, instant now) {
    impl_->sockets.connect(id, remote, now);
}
std::size_t shard::place_of(socket_id id, endpoint const& remote) const {
    return impl_->sockets.place_of(id, remote);
}
void shard::listen(socket_id id, std::uint16_t backlog, instant) {
    impl_->sockets.listen(id, backlog);
}
std::optional<socket_id> shard::accept(socket_id listener, std::uint64_t cookie) {
    return impl_->sockets.accept(listener, cookie);
}

fragments shard::readable(socket_id id) const {
    auto const connection = impl_->sockets.connection(id);
    return connection.valid() ? impl_->engine.readable(connection) : fragments{};
}
void shard::consume(socket_id id, std::size_t count, instant now) {
    auto const connection = impl_->sockets.connection(id);
    if (!connection.valid()) return;
    impl_->engine.consume(connection, count, now);
    impl_->sockets.settle(now);
}
bool shard::at_end(socket_id id) const {
    auto const connection = impl_->sockets.connection(id);
    return !connection.valid() || impl_->engine.at_end(connection);
}
std::span<std::byte> shard::writable(socket_id id) {
    auto const connection = impl_->sockets.connection(id);
    return connection.valid() ? impl_->engine.writable(connection) : std::span<std::byte>{};
}
void shard::produced(socket_id id, std::size_t count, instant now) {
    auto const connection = impl_->sockets.connection(id);
    if (connection.valid()) impl_->engine.produced(connection, count, now);
}
bool shard::lend(socket_id id, std::span<std::byte const, chunk_pool::chunk_size> lasting,
                 instant now) {
    auto const connection = impl_->sockets.connection(id);
    return connection.valid() && impl_->engine.lend(connection, lasting, now);
}
void shard::shutdown_send(socket_id id, instant now) {
    auto const connection = impl_->sockets.connection(id);
    if (connection.valid()) impl_->engine.shutdown_send(connection, now);
}
void shard::close(socket_id id, instant now) {
    impl_->sockets.close(id, now);
}
void shard::abort(socket_id id, instant now) {
    impl_->sockets.abort(id, now);
}
void shard::abort_all(instant now) {
    impl_->sockets.abort_all(now);
}
std::optional<four_tuple> shard::tuple(socket_id id) const {
    return impl_->sockets.tuple(id);
}
void shard::set_options(socket_id id, tcp::connection_options const& options, instant now) {
    impl_->sockets.set_options(id, options, now);
}
tcp::connection_options shard::options(socket_id id) const {
    return impl_->sockets.options(id);
}
std::optional<tcp::connection_report> shard::report(socket_id id, instant now) const {
    return impl_->sockets.report(id, now);
}

std::span<event const> shard::events() const {
    return impl_->sockets.events();
}
void shard::clear_events() {
    impl_->sockets.clear_events();
}

// ---- sockets (UDP) ----

udp::sockets& shard::udp() {
    return impl_->datagrams;
}
udp::sockets const& shard::udp() const {
    return impl_->datagrams;
}

}  // namespace stack
