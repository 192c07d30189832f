#include "cf/group/watch.hpp"

#include <algorithm>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cf {

namespace {

bool same(member const& left, member const& right) {
    return left.slot == right.slot && left.incarnation == right.incarnation;
}

// -1 where the process cannot be named from here (another pid namespace) or is gone: then polling
// has to do.
int open_process(pid_t pid) {
    return pid > 0 ? static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)) : -1;
}

bool has_ended(int process) {
    pollfd ready{process, POLLIN, 0};
    return ::poll(&ready, 1, 0) == 1;
}

}  // namespace

group_watch::~group_watch() {
    for (auto& one : known_)
        stop_watching(one);
}

void group_watch::stop_watching(watched_member& one) {
    if (one.process >= 0) ::close(one.process);
    one.process = -1;
}

std::vector<group_event> group_watch::check(backend const& facility, member const& self) {
    std::vector<group_event> events;
    auto now = facility.members();
    report_gone(facility, now, events);
    report_new(now, self, events);
    report_failed(facility, events);
    return events;
}

void group_watch::report_gone(backend const& facility, std::vector<member> const& now,
                              std::vector<group_event>& events) {
    std::erase_if(known_, [&](watched_member& one) {
        bool still = std::any_of(now.begin(), now.end(),
                                 [&](auto const& other) { return same(other, one.who); });
        if (still) return false;
        stop_watching(one);
        bool left = !one.failed && facility.ended(one.who) == ending::left;
        events.push_back({left ? group_event::kind::left : group_event::kind::recovered, one.who});
        return true;
    });
}

void group_watch::report_new(std::vector<member> const& now, member const& self,
                             std::vector<group_event>& events) {
    for (auto const& one : now) {
        bool known = std::any_of(known_.begin(), known_.end(),
                                 [&](auto const& other) { return same(other.who, one); });
        if (known || same(one, self)) continue;
        known_.push_back({one, open_process(one.who.pid)});
        events.push_back({group_event::kind::joined, one});
    }
}

void group_watch::report_failed(backend const& facility, std::vector<group_event>& events) {
    for (auto& one : known_) {
        if (one.failed) continue;
        bool process_ended = one.process >= 0 && has_ended(one.process);
        one.failed = !facility.alive(one.who);
        // Ended but alive: another process shares its lock, or the pid is not its; only polling can
        // tell.
        if (one.failed || process_ended) stop_watching(one);
        if (one.failed) events.push_back({group_event::kind::failed, one.who});
    }
}

std::vector<int> group_watch::descriptors() const {
    std::vector<int> all;
    for (auto const& one : known_)
        if (one.process >= 0) all.push_back(one.process);
    return all;
}

}  // namespace cf
