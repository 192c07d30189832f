#include "daemon/device/tun_interface.hpp"

#include <thread>
#include <utility>

namespace tcpplexd {

namespace {

/// Packets taken before the stack answers them, and bytes, of which a burst of super-segments
/// brings many: read again by their user while they are still in the processor's cache.
constexpr std::size_t burst = 64;
constexpr std::size_t burst_bytes = 256 * 1024;
/// Bursts before timers and the other descriptors get their turn.
constexpr int turn = 8;

}  // namespace

tun_interface::tun_interface(shard_loop& loop, std::shared_ptr<stack::tun::device const> device,
                             std::size_t queue, stack::tun::fence const& fence)
    : loop_(loop),
      device_(std::move(device)),
      queue_(device_->descriptor(queue), device_->offloads(), fence),
      ready_(loop.io(), device_->descriptor(queue)) {
    await();
}

tun_interface::~tun_interface() {
    ready_.release();
}

void tun_interface::await() {
    ready_.async_wait(ready_.wait_read, [this](boost::system::error_code error) {
        if (!error) read_bursts();
    });
}

// What is written to the device, the kernel often answers before the write returns: where packets
// are many, there are more by now, and they need no wake-up.
void tun_interface::read_bursts() {
    std::size_t count = 0;
    int bursts = 0;
    do {
        count = queue_.read(burst, burst_bytes,
                            [this](std::span<std::byte const> packet, stack::offload const& meta) {
                                loop_.begin_burst();
                                loop_.core().receive(index_, packet, meta, loop_.now());
                            });
        if (count > 0) loop_.end_burst();
    } while (count > 1 && ++bursts < turn);
    auto const now = boot_time();
    // Whose packets this stack only sends on to another one is not answered from here, and has
    // nothing to say at once.
    if (count > 0 && std::exchange(answered_, false)) poll_.came(now);
    if (poll_.goes_on(now))
        look_again();
    else
        await();
}

// By way of the loop, so that applications and timers get their turn, and after whoever waits for
// this processor: it may be the peer, about to send.
void tun_interface::look_again() {
    std::this_thread::yield();
    boost::asio::post(loop_.io(), [still = std::weak_ptr(self_)] {
        if (auto const self = still.lock()) (*self)->read_bursts();
    });
}

}  // namespace tcpplexd
