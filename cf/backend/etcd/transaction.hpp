// What is asked of etcd and what it answers, without the types of its protocol.
#pragma once

#include <boost/system/result.hpp>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cf::etcd {

/// Of the whole store: it grows by one with each transaction that writes.
using revision = std::int64_t;
using lease_id = std::int64_t;

struct key_value {
    std::string key{};
    std::string value{};
    revision created = 0;
    revision modified = 0;
    lease_id lease = 0;  ///< the key goes with it; 0: none
};

/// The keys from `first` up to, not including, `end`; an empty `end`: the key `first` alone.
struct key_range {
    std::string first;
    std::string end;
};

/// That a key was last written, or created, at `at`; 0: that there is no such key.
struct compare {
    enum class kind : std::uint8_t { modified, created };
    std::string key;
    revision at = 0;
    kind what = kind::modified;
};

struct write {
    std::string key;
    std::optional<std::string> value;  ///< nothing: the key is deleted
    lease_id lease = 0;
};

/// etcd's default --max-txn-ops is 128: of compares, and of operations in each branch.
inline constexpr std::size_t most_operations = 120;

/// If all compares hold, the writes are done, and the reads; if not, `reads_if_refused`. All or
/// nothing, at one revision.
struct transaction {
    std::vector<compare> compares{};
    std::vector<write> writes{};
    std::vector<key_range> reads{};
    std::vector<key_range> reads_if_refused{};
};

struct answer {
    bool succeeded = false;  ///< all compares held
    revision at = 0;         ///< of the store, after the writes
    std::vector<key_value> found{};
};

/// Why there is no answer.
struct call_failure {
    enum class kind : std::uint8_t {
        not_done,  ///< it was not sent, or etcd has refused it: nothing has changed
        unknown    ///< sent, and no answer came: done, not done, or to be done yet
    };
    kind what = kind::not_done;
    std::string text;  ///< names the endpoint
};

template <class T = void>
using call_result = boost::system::result<T, call_failure>;

[[noreturn]] inline void throw_exception_from_error(call_failure const& what,
                                                    boost::source_location const&) {
    throw std::runtime_error(what.text);
}

}  // namespace cf::etcd
