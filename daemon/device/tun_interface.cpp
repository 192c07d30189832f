#include "daemon/device/tun_interface.hpp"

#include <utility>

namespace tcpplexd {

namespace {

/// Packets taken before the stack answers them.
constexpr std::size_t burst = 64;
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
        loop_.begin_burst();
        count = queue_.read(burst,
                            [this](std::span<std::byte const> packet, stack::offload const& meta) {
                                loop_.core().receive(index_, packet, meta, loop_.now());
                            });
        loop_.end_burst();
    } while (count > 1 && ++bursts < turn);
    await();
}

}  // namespace tcpplexd
