// What a stack knows of its group's keys.
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "cf/backend/etcd/keys.hpp"
#include "cf/threads.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cf::etcd {

/// A copy of keys that is fed by a watch and by whatever this stack reads and writes itself. It may
/// be behind: whoever decides something on it has the transaction compare what was read.
/// Thread-safe.
class copy {
  public:
    using clock = steady_clock;

    explicit copy(key_names const& names) : names_(names) {}

    /// The key as it was when last seen; `modified` 0: it did not exist.
    key_value find(std::string const& key) const;
    /// All existing keys of a range.
    std::vector<key_value> under(key_range const& which) const;
    /// How often a DVIPA's settings or a member has changed.
    std::uint64_t changes() const { return changes_.load(); }
    void note_change() { ++changes_; }
    /// How long the stack's proof of life has been missing, if it is.
    std::optional<clock::duration> missing_life(std::string const& stack);

    /// Everything in the range, as of a revision: what is not in `found` does not exist.
    void learn(key_range const& which, std::vector<key_value> const& found, revision at);
    /// These keys as of a revision: those asked for and not found do not exist.
    void learn(std::vector<key_range> const& asked, std::vector<key_value> const& found,
               revision at);
    /// What was written at a revision.
    void learn(std::vector<write> const& written, revision at);

    /// The watch: all followed keys, then what happens to them.
    void load(std::vector<key_value> const& all, revision at);
    void follow(watch_stream::batch const& batch);
    /// Waits until the watch has shown what was written at `at`; false: not before the deadline.
    bool shows(revision at, clock::time_point deadline);
    /// Waits for the next piece of news after `seen`, and counts it.
    std::uint64_t news() const;
    bool wait_for_news(std::uint64_t seen, clock::time_point deadline);

  private:
    struct entry {
        key_value what;     ///< modified 0: no such key
        revision seen = 0;  ///< the newest revision at which it is known to be so
    };
    void put(key_value const& what, revision seen);
    void tell();

    key_names names_;
    mutable mutex mutex_;
    condition news_;
    std::uint64_t told_ = 0;
    std::map<std::string, entry, std::less<>> entries_;
    std::map<std::string, clock::time_point, std::less<>> gone_;
    revision shown_ = 0;
    std::atomic<std::uint64_t> changes_ = 0;
};

}  // namespace cf::etcd
