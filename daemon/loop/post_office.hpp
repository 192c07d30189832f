// Packets between the shards of this stack, and what wakes the thread that they are for.
#pragma once

#include "app/descriptor.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "stack/shard/exchange.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <atomic>
#include <cstddef>
#include <span>
#include <vector>

namespace tcpplexd {

class post_office {
  public:
    /// Throws std::system_error if there are no descriptors for it.
    explicit post_office(std::size_t shards);

    /// stack::exchange::post(), on the thread of shard `by`.
    void post(std::size_t by, std::size_t to, stack::member_id from,
              std::span<std::byte const> packet, stack::offload const& meta);

  private:
    friend class mail_reader;
    /// An eventfd, written by the first who posts after the receiver has looked.
    struct bell {
        app::descriptor event;
        std::atomic<bool> rung = false;
    };
    void ring(bell& which);

    stack::exchange mail_;
    std::vector<bell> bells_;
};

/// Gives a shard what the others have posted for it.
class mail_reader {
  public:
    mail_reader(shard_loop& loop, std::size_t shard, post_office& office);
    ~mail_reader();
    mail_reader(mail_reader const&) = delete;
    mail_reader& operator=(mail_reader const&) = delete;

  private:
    void await();
    void read();

    shard_loop& loop_;
    std::size_t shard_;
    post_office& office_;
    boost::asio::posix::stream_descriptor ready_;  ///< the bell's descriptor, not owned
};

}  // namespace tcpplexd
