// Watches the other members of the group for coming, leaving and dying.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/group/member.hpp"

#include <vector>

namespace cf {

/// Compares the group with what it was at the last look. Not thread-safe.
class group_watch {
  public:
    group_watch() = default;
    ~group_watch();
    group_watch(group_watch const&) = delete;
    group_watch& operator=(group_watch const&) = delete;

    /// What happened to members other than `self` since the last call.
    std::vector<group_event> check(backend const& facility, member const& self);
    /// Process descriptors of members whose end can be waited for; valid until the next check().
    std::vector<int> descriptors() const;

  private:
    struct watched_member {
        member who;
        int process = -1;  ///< a pidfd, or -1: only polling tells
        bool failed = false;
    };
    static void stop_watching(watched_member& one);
    void report_gone(backend const& facility, std::vector<member> const& now,
                     std::vector<group_event>& events);
    void report_new(std::vector<member> const& now, member const& self,
                    std::vector<group_event>& events);
    void report_failed(backend const& facility, std::vector<group_event>& events);

    std::vector<watched_member> known_;
};

}  // namespace cf
