#include "victim.hpp"

#include "cf/group/recovery.hpp"

#include <chrono>
#include <cstdio>
#include <functional>
#include <numeric>
#include <stdexcept>

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cf::test {

namespace {

constexpr int duplicate_status = 3;

// A child that runs `life` and dies with the test.
pid_t in_child(std::function<void()> const& life) {
    auto parent = ::getpid();
    pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork");
    if (child > 0) return child;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    try {
        life();
    } catch (std::exception const& why) {
        std::fprintf(stderr, "victim: %s\n", why.what());
        ::_exit(2);
    }
    ::_exit(0);
}

struct countdown {
    unsigned left = 0;  // 0: nothing happens
    void operator()() {
        if (left != 0 && --left == 0) ::kill(::getpid(), SIGKILL);
    }
};

port_words set_of(std::uint16_t port) {
    port_words set{};
    insert(set, port);
    return set;
}

void prepare(connector& self, victim_step step) {
    auto wait = patience::wait;
    bool bound = step == victim_step::release || step == victim_step::release_shared ||
                 step == victim_step::serve_bound || step == victim_step::leave;
    self.backfill(d1, {}).value();
    if (step == victim_step::end)
        self.allocate(d1, remote, only(victim_port, victim_port), wait).value();
    if (bound) self.claim(d1, victim_port, wait).value();
    if (step == victim_step::unserve || step == victim_step::leave)
        self.serve(d1, 40011, wait).value();
}

// Another stack of the same process, on the victim's port too, or dead with ports left.
std::unique_ptr<connector> partner(std::string const& path, victim_step step) {
    if (step != victim_step::release_shared) return nullptr;
    auto other = join_file(path, "PARTNER");
    other->backfill(d1, {.bound = set_of(victim_port)}).value();
    return other;
}

void leave_a_dead_stack(std::string const& path) {
    auto child = in_child([&] {
        auto dead = join_file(path, "DEAD");
        dead->backfill(d1, {.bound = set_of(victim_port), .services = set_of(40012)}).value();
        ::kill(::getpid(), SIGKILL);
    });
    ::waitpid(child, nullptr, 0);
}

void perform(connector& self, victim_step step) {
    auto wait = patience::wait;
    switch (step) {
        case victim_step::allocate:
            self.allocate(d1, remote, only(40002, 40063), wait).value();
            return;
        case victim_step::end: {
            connection_note const ended{.entry = {victim_port, remote}, .ended = true};
            if (self.settings(d1)->form == structure_form::hashtable)
                self.note(d1, {&ended, 1}, wait).value();
            else
                self.release(d1, victim_port, wait).value();
            return;
        }
        case victim_step::claim:
            self.claim(d1, victim_port, wait).value();
            return;
        case victim_step::release:
        case victim_step::release_shared:
            self.release(d1, victim_port, wait).value();
            return;
        case victim_step::serve:
            self.serve(d1, 40011, wait).value();
            return;
        case victim_step::serve_bound:
            self.serve(d1, victim_port, wait).value();
            return;
        case victim_step::unserve:
            self.unserve(d1, 40011, wait).value();
            return;
        case victim_step::backfill:
            self.backfill(d1, {.bound = set_of(victim_port), .services = set_of(40011)}).value();
            return;
        case victim_step::leave:
            return;  // the connector's end
        case victim_step::recover:
            for (auto const& event : self.check())
                if (event.what == group_event::kind::failed) self.recover(event.who).value();
            return;
    }
}

// Ports that all victims adopt and release: many writes in one update, on ports with several
// holders.
void adopt_and_release(connector& self) {
    static std::vector<std::uint16_t> const ports = [] {
        std::vector<std::uint16_t> all(64);
        std::iota(all.begin(), all.end(), std::uint16_t{50000});
        return all;
    }();
    port_words set{};
    for (auto port : ports)
        insert(set, port);
    if (self.backfill(d1, {.bound = set})) (void)self.release(d1, ports, patience::wait);
}

void churn(connector& self, port_words const& range) {
    for (std::uint16_t turn = 0;; ++turn) {
        auto bound = static_cast<std::uint16_t>(40002 + turn % 62);
        bool claimed = self.claim(d1, bound, patience::wait).has_value();
        bool served = turn % 3 == 0 && self.serve(d1, bound, patience::wait).has_value();
        if (auto port = self.allocate(d1, remote, range, patience::wait)) {
            if (self.who_holds(d1, *port).slot != self.self().slot) ::_exit(duplicate_status);
            self.release(d1, *port, patience::wait).value();
        }
        if (served) self.unserve(d1, bound, patience::wait).value();
        if (claimed) self.release(d1, bound, patience::wait).value();
        adopt_and_release(self);
    }
}

}  // namespace

char const* name_of(victim_step step) {
    static constexpr std::array names{"allocate",       "end",   "claim",       "release",
                                      "release_shared", "serve", "serve_bound", "unserve",
                                      "backfill",       "leave", "recover"};
    return names[static_cast<std::size_t>(step)];
}

bool run_victim_step(std::string const& path, victim_step step, unsigned at) {
    auto child = in_child([&] {
        auto fuse = std::make_shared<countdown>();
        auto self = join_file(path, "VICTIM", [fuse] { (*fuse)(); });
        prepare(*self, step);
        auto other = partner(path, step);
        if (step == victim_step::recover) leave_a_dead_stack(path);
        if (step == victim_step::recover) self->check();
        fuse->left = at;
        perform(*self, step);
        if (step != victim_step::leave) fuse->left = 0;
        other.reset();
        self.reset();
    });
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return true;
    throw std::runtime_error(std::string("the victim failed in ") + name_of(step));
}

namespace {

/// kill -9 of this process at an instant of its own.
void die_after(std::chrono::microseconds lifetime) {
    sigevent kill{};
    kill.sigev_notify = SIGEV_SIGNAL;
    kill.sigev_signo = SIGKILL;
    timer_t timer{};
    itimerspec when{};
    when.it_value.tv_nsec = std::chrono::nanoseconds(lifetime).count();
    if (::timer_create(CLOCK_MONOTONIC, &kill, &timer) != 0 ||
        ::timer_settime(timer, 0, &when, nullptr) != 0)
        ::_exit(1);
}

}  // namespace

victims start_victims(std::string const& path, int count, std::chrono::microseconds lifetime) {
    victims all;
    int ready[2];
    if (::pipe(ready) != 0) throw std::runtime_error("pipe");
    for (int i = 0; i < count; ++i)
        all.pids_.push_back(in_child([&, i] {
            auto self = join_file(path, "VICTIM" + std::to_string(i));
            self->backfill(d1, {}).value();
            if (::write(ready[1], "", 1) != 1) ::_exit(1);
            if (lifetime.count() != 0) die_after(lifetime);
            churn(*self, only(40002, 40063));
        }));
    ::close(ready[1]);
    char byte = 0;
    for (int i = 0; i < count; ++i)
        if (::read(ready[0], &byte, 1) != 1) throw std::runtime_error("a victim did not start");
    ::close(ready[0]);
    return all;
}

void kill_and_reap(victims& all) {
    for (auto pid : all.pids_)
        ::kill(pid, SIGKILL);
    reap(all);
}

void reap(victims& all) {
    for (auto pid : all.pids_) {
        int status = 0;
        ::waitpid(pid, &status, 0);
        all.duplicate_ |= WIFEXITED(status) && WEXITSTATUS(status) == duplicate_status;
        all.gave_up_ |= WIFEXITED(status) && WEXITSTATUS(status) != duplicate_status;
    }
    all.pids_.clear();
}

stopped_victim start_stopped_in_lock(std::string const& path) {
    auto child = in_child([&] {
        auto stop = std::make_shared<bool>(false);
        auto self = join_file(path, "VICTIM", [stop] {
            if (std::exchange(*stop, false)) ::kill(::getpid(), SIGSTOP);
        });
        self->backfill(d1, {}).value();
        *stop = true;
        self->claim(d1, victim_port, patience::wait).value();
        for (;;)
            ::pause();
    });
    int status = 0;
    ::waitpid(child, &status, WUNTRACED);
    if (!WIFSTOPPED(status)) throw std::runtime_error("the victim did not stop");
    return stopped_victim(child);
}

stopped_victim::~stopped_victim() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

void stopped_victim::resume() {
    ::kill(pid_, SIGCONT);
}

bool readable_within(int descriptor, int milliseconds) {
    pollfd ready{descriptor, POLLIN, 0};
    return ::poll(&ready, 1, milliseconds) == 1;
}

}  // namespace cf::test
