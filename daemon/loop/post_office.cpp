#include "daemon/loop/post_office.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

/// Packets of each other shard before the device and the timers get their turn.
constexpr std::size_t burst = 64;

}  // namespace

post_office::post_office(std::size_t shards) : mail_(shards), bells_(shards) {
    for (auto& each : bells_) {
        each.event = app::descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (!each.event) throw std::system_error(errno, std::generic_category(), "eventfd");
    }
}

void post_office::post(std::size_t by, std::size_t to, stack::member_id from,
                       std::span<std::byte const> packet, stack::offload const& meta) {
    mail_.post(by, to, from, packet, meta);
    ring(bells_[to]);
}

// One system call for all that is posted until the receiver looks.
void post_office::ring(bell& which) {
    if (which.rung.exchange(true, std::memory_order_acq_rel)) return;
    std::uint64_t const one = 1;
    // It can only fail if it has rung 2^64 - 2 times unheard.
    [[maybe_unused]] auto const count = ::write(which.event.get(), &one, sizeof one);
}

mail_reader::mail_reader(shard_loop& loop, std::size_t shard, post_office& office)
    : loop_(loop),
      shard_(shard),
      office_(office),
      ready_(loop.io(), office.bells_[shard].event.get()) {
    await();
}

mail_reader::~mail_reader() {
    ready_.release();
}

void mail_reader::await() {
    ready_.async_wait(ready_.wait_read, [this](boost::system::error_code error) {
        if (!error) read();
    });
}

void mail_reader::read() {
    auto& bell = office_.bells_[shard_];
    std::uint64_t times = 0;
    [[maybe_unused]] auto const count = ::read(bell.event.get(), &times, sizeof times);
    // Not a store: it sees what was posted before the bell was found rung.
    bell.rung.exchange(false, std::memory_order_acq_rel);
    loop_.begin_burst();
    bool const more =
        office_.mail_.drain(shard_, burst,
                            [this](stack::member_id from, std::span<std::byte const> packet,
                                   stack::offload const& meta) {
                                loop_.core().receive_handed(from, packet, meta, loop_.now());
                            });
    loop_.end_burst();
    if (more) office_.ring(bell);
    await();
}

}  // namespace tcpplexd
