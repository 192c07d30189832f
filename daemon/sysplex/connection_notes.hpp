// What has happened to connections with one DVIPA and the facility's table does not show yet.
#pragma once

#include "cf/structure/connection_note.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace tcpplexd {

/// Filled by the loop, emptied by whoever writes it to the facility: so a group goes under one
/// lock, however it came about.
class connection_notes {
  public:
    /// Returns whether there was none before: then somebody has to write them.
    bool add(cf::connection_note const& note) {
        std::lock_guard guard(mutex_);
        notes_.push_back(note);
        return notes_.size() == 1;
    }
    std::vector<cf::connection_note> take() {
        std::lock_guard guard(mutex_);
        return std::exchange(notes_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<cf::connection_note> notes_;
};

}  // namespace tcpplexd
