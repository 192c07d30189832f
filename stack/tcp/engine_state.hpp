// Everything the steps of the engine work on.
#pragma once

#include "stack/core/entropy.hpp"
#include "stack/core/flat_table.hpp"
#include "stack/core/siphash.hpp"
#include "stack/core/slab.hpp"
#include "stack/packet/chunk_pool.hpp"
#include "stack/shard/settings.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/tcp/connection.hpp"
#include "stack/tcp/counters.hpp"
#include "stack/tcp/data/reorder.hpp"
#include "stack/tcp/half_open.hpp"
#include "stack/tcp/handshake.hpp"
#include "stack/tcp/listener.hpp"
#include "stack/tcp/open/secrets.hpp"
#include "stack/tcp/option/kept.hpp"
#include "stack/tcp/path/path_table.hpp"
#include "stack/tcp/ready_queue.hpp"
#include "stack/tcp/recovery/flight.hpp"
#include "stack/tcp/time_wait.hpp"
#include "stack/timer/deadline_heap.hpp"

namespace stack::tcp {

struct engine_state {
    engine_state(segment_sink& down, engine_observer& up, entropy& random)
        : sink(down),
          observer(up),
          secrets{{random.next(), random.next()}, {random.next(), random.next()}},
          cookie_secret{random.next(), random.next()},
          table_key{random.next(), random.next()},
          paths(table_key) {}

    segment_sink& sink;
    engine_observer& observer;
    tcp_settings settings;
    tcp::counters counters;
    tcp::secrets secrets;
    siphash_key cookie_secret;
    siphash_key table_key;

    slab<connection> connections;
    slab<tcp::deadlines> deadlines;
    slab<half_open> half_opens;
    slab<handshake> handshakes;
    slab<time_wait> time_waits;
    slab<listener> listeners;
    slab<reorder_block> holes;
    slab<flight> flights;
    sent_ranges sent;
    slab<kept_options> kept;
    chunk_pool chunks;

    flat_table tuples;     ///< see demux.hpp
    flat_table endpoints;  ///< of listeners
    path_table paths;
    deadline_heap timers;  ///< by index of connections
    deadline_heap half_open_timers;
    index_list<time_wait, &time_wait::queue> resting;  ///< in order of `since`
    ready_queue ready;
    std::uint32_t last_number = 0;
    instant cookies_until;  ///< acknowledgements of SYN cookies may come

    /// Buffers grow no more.
    bool memory_is_short() const { return buffered() > settings.buffer_memory / 4 * 3; }
    /// Nothing is taken that was not promised.
    bool memory_is_used_up() const { return buffered() > settings.buffer_memory; }
    std::size_t buffered() const { return chunks.used() * chunk_pool::chunk_size; }
    void count(counter which, std::uint64_t amount = 1) { counters.add(which, amount); }
};

}  // namespace stack::tcp
