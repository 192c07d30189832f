// The file of a facility in shared memory, byte by byte.
#pragma once

#include "cf/group/secret.hpp"
#include "cf/ports.hpp"
#include "cf/structure/holder.hpp"
#include "cf/trace/ring.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include <pthread.h>

namespace cf::shared_memory {

inline constexpr std::size_t dvipa_count = 1024;
inline constexpr std::array<char, 16> file_magic{'t', 'c', 'p', 'p', 'l', 'e', 'x', ' ',
                                                 'c', 'f', ' ', 'f', 'i', 'l', 'e', '\n'};
/// Changes with any change of this file's layout or of the meaning of a stored value.
inline constexpr std::uint32_t layout_version = 5;

// Everything below is written by several processes and read as untrusted input. Atomics, because
// who_holds and displays read without a lock, and because a crash must find each store done or not
// done.
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
static_assert(std::atomic<std::uint8_t>::is_always_lock_free);

/// Never changes after creation.
struct identity {
    std::array<char, 16> magic;
    std::uint32_t version;
    std::uint32_t slots;
    std::uint32_t dvipas;
    std::uint32_t connections;  ///< entries of each DVIPA's table; see table_size.hpp
    std::uint64_t file_bytes;
    std::array<char, 40>
        boot_id;  ///< text of /proc/sys/kernel/random/boot_id: the contents do not outlive a boot
    std::uint64_t hash_key;  ///< random: of the tables of connections
    group_secret secret;
    std::uint64_t checksum;  ///< FNV-1a of all bytes before
};
static_assert(sizeof(identity) == 128);

/// One place in the group. The process of the stack in it holds an OFD lock on life_byte(slot).
struct slot_record {
    std::atomic<std::uint32_t> used;         ///< 1: the fields below name a member
    std::atomic<std::uint32_t> incarnation;  ///< of the member, or of the last one
    std::atomic<std::uint32_t> ended_incarnation;
    std::atomic<std::uint32_t> ended_how;  ///< cf::ending
    std::int32_t pid;
    std::array<char, 16> stack;
    std::array<char, 16> system;
    std::array<char, 108> xcf;
    std::array<std::uint8_t, 16> dynamic_xcf;
    std::uint64_t joined;  ///< trace::now()
    std::array<char, 8> reserved;
};
static_assert(sizeof(slot_record) == 192);

struct key_record {
    std::atomic<std::uint64_t> high;  ///< the DVIPA's first eight bytes, as they lie in memory
    std::atomic<std::uint64_t> low;   ///< its last eight
    std::atomic<std::uint32_t>
        published;  ///< 1: high and low are a DVIPA, and its structures are ready
    std::array<std::uint8_t, 12> reserved;
};
static_assert(sizeof(key_record) == 32);

/// The first structure of one DVIPA and what goes with it.
struct alignas(4096) first_structure {
    pthread_mutex_t lock;  ///< robust, process-shared
    std::atomic<std::uint32_t>
        owner;  ///< slot of the stack in the lock plus 1; 0: nobody. For messages only
    std::atomic<std::uint32_t> writing;  ///< 1: an update has begun to write and not ended
    std::atomic<std::uint64_t> settings;
    std::atomic<std::uint64_t> set_by;
    std::atomic<std::uint64_t> users;  ///< bit per slot that has a second structure
    std::atomic<std::uint32_t> cursor;
    std::atomic<std::uint32_t> inherited;  ///< how often a dead stack's lock was inherited
    std::atomic<std::uint32_t> repaired;   ///< how often an update was found half-done
    std::uint32_t reserved;
    std::array<std::atomic<std::uint32_t>, slot_count> backfilled;
    std::atomic<std::uint64_t> version;   ///< grows with each update that wrote
    std::atomic<std::uint64_t> owned_by;  ///< dvipa_owner, as a word

    alignas(4096) std::array<std::atomic<std::uint64_t>, port_word_count> bits;
    std::array<std::atomic<std::uint8_t>, 64 * port_word_count> holders;
    trace::ring trace;
};
static_assert(sizeof(first_structure) == 4096 + 8192 + 65536 + 65536 + 4096);

/// The list of free ports of one DVIPA, form LIST: list_link::packed().
struct free_ports {
    std::array<std::atomic<std::uint32_t>, 64 * port_word_count> links;
};
static_assert(sizeof(free_ports) == 262144);

/// What one stack incarnation holds and serves of one DVIPA.
struct second_structure {
    std::array<std::atomic<std::uint64_t>, port_word_count> held;
    std::array<std::atomic<std::uint64_t>, port_word_count> served;
};
static_assert(sizeof(second_structure) == 16384);

/// The file but for the tables of connections, which follow it, one for each DVIPA (see
/// connection_table.hpp). Sparse: space is taken for a DVIPA's first structure, list and table, and
/// for each second structure, when it is first used.
struct file_contents {
    alignas(4096) identity id;
    std::atomic<std::uint32_t> incarnations;  ///< the last one given
    std::atomic<std::uint64_t> changes;
    alignas(4096) std::array<slot_record, slot_count> slots;
    alignas(4096) std::array<key_record, dvipa_count> keys;
    alignas(4096) std::array<first_structure, dvipa_count> first;
    std::array<free_ports, dvipa_count> lists;
    std::array<std::array<second_structure, slot_count>, dvipa_count> second;
};
static_assert(offsetof(file_contents, slots) == 4096);
static_assert(offsetof(file_contents, keys) == 4096 + 12288);
static_assert(offsetof(file_contents, first) == 4096 + 12288 + 32768);
static_assert(sizeof(file_contents) % 4096 == 0);

// Bytes that are locked, never written: beyond the end of the file.
inline constexpr std::int64_t lock_base = std::int64_t{1} << 40;
/// Held for life by the member in the slot.
constexpr std::int64_t life_byte(std::uint16_t slot) {
    return lock_base + slot;
}
/// Held by whoever recovers the member in the slot.
constexpr std::int64_t recovery_byte(std::uint16_t slot) {
    return lock_base + 256 + slot;
}
/// Held while the group, the table of DVIPAs or an unusable mutex is changed.
inline constexpr std::int64_t table_byte = lock_base + 1024;
/// Held while the file is replaced.
inline constexpr std::int64_t replace_byte = lock_base + 1025;

}  // namespace cf::shared_memory
