#include "stack/udp/sockets.hpp"

#include <utility>

namespace stack::udp {

namespace errc = boost::system::errc;

sockets::sockets(datagram_sink& out, name_observer& observer, ip::topology const& topology,
                 ip::counters& counts, siphash_key const& key)
    : out_(out),
      observer_(observer),
      topology_(topology),
      counts_(counts),
      walk_(key),
      names_(0, wire::keyed_hash{key}) {}
sockets::~sockets() = default;

socket_id sockets::open(std::string_view job, std::uint64_t cookie) {
    auto const index = sockets_.emplace();
    auto& s = sockets_[index];
    s.job = job;
    s.cookie = cookie;
    s.number = ++last_number_;
    return {index, sockets_.generation(index)};
}

std::optional<received_datagram> sockets::front(socket_id id) const {
    auto const* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr || s->queue.empty()) return std::nullopt;
    return s->queue.front(chunks_);
}

void sockets::pop(socket_id id) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s != nullptr && !s->queue.empty()) s->queue.pop(chunks_);
}

error_code sockets::take_error(socket_id id) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    return std::exchange(s->error, {});
}

std::optional<traffic> sockets::count(socket_id id) const {
    auto const* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return std::nullopt;
    return s->count;
}

std::optional<four_tuple> sockets::name(socket_id id) const {
    auto const* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr || !s->has_name()) return std::nullopt;
    return s->name();
}

void sockets::close(socket_id id) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return;
    take_name(id.index);
    s->queue.clear(chunks_);
    sockets_.erase(id.index);
}

void sockets::configure() {
    sockets_.each([&](std::uint32_t index, socket_state const& s) {
        if (!s.has_name()) return;
        auto const& host = s.name().local.host;
        if (!host.is_unspecified() && !topology_.is_local(host)) die(index);
    });
}

void sockets::fence(address const& local) {
    sockets_.each([&](std::uint32_t index, socket_state const& s) {
        if (s.has_name() && s.name().local.host == local) die(index);
    });
}

void sockets::die(std::uint32_t index) {
    take_name(index);
    auto& s = sockets_[index];
    s.dead = true;
    report(index, errc::make_error_code(errc::network_down));
}

bool sockets::uses(address const& local) const {
    bool found = false;
    sockets_.each([&](std::uint32_t, socket_state const& s) {
        found = found || (s.has_name() && s.name().local.host == local);
    });
    return found;
}

void sockets::each(std::function<void(socket_info const&)> const& visit) const {
    sockets_.each([&](std::uint32_t, socket_state const& s) {
        if (s.has_name()) visit({s.number, s.job, s.name(), s.count, s.queue.count()});
    });
}

void sockets::report(std::uint32_t index, error_code why) {
    auto& s = sockets_[index];
    bool const first = !s.error && s.queue.empty();
    s.error = why;
    if (first) tell(index);
}

void sockets::tell(std::uint32_t index) {
    events_.push_back({{index, sockets_.generation(index)}, sockets_[index].cookie});
}

}  // namespace stack::udp
