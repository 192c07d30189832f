// What the facility costs a stack on a simulated etcd: as the number of stacks grows, and with a
// full table.
#include "cf/backend/etcd/backend.hpp"
#include "cf/backend/etcd/keys.hpp"
#include "cf/connector.hpp"
#include "way.hpp"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace sim;

constexpr auto shared = cf::dvipa::v4(0x0a010909);
constexpr std::uint16_t first_port = 1024;  ///< and all above

cf::destination destination(std::uint16_t port) {
    return {cf::dvipa::v4(0xc0000201).bytes, port};
}

cf::port_words all_but_the_range() {
    cf::port_words excluded{};
    for (std::uint32_t port = 0; port < first_port; ++port)
        cf::insert(excluded, static_cast<std::uint16_t>(port));
    return excluded;
}

/// One stack as far as the facility sees it, in a process of its own.
struct member {
    process machine;
    way to_etcd;
    cf::etcd::backend* backend = nullptr;
    std::unique_ptr<cf::connector> cf;
    bool finished = false;
};

class facility {
  public:
    facility(std::size_t stacks, cf::sharing_request const& how) : sharing_(how) {
        for (std::size_t i = 0; i < stacks; ++i) {
            members_.push_back(std::make_unique<member>());
            members_[i]->machine.name = "S" + std::to_string(i);
            members_[i]->to_etcd = {
                .from = &members_[i]->machine, .loss = 1'000'000'000, .late = 1'000'000'000};
        }
    }

    /// `work` on all stacks at once, after sharing has been switched on for all; from the world.
    template <class Work>
    void run(Work work) {
        join_all();
        for (auto const& one : members_)
            time_.start(one->machine, [&one, work] {
                work(*one);
                one->finished = true;
            });
        for (bool all = false; !all;) {
            time_.let_pass(10 * ms);
            all = true;
            for (auto const& one : members_)
                all &= one->finished;
        }
        for (auto const& one : members_)
            one->finished = false;
    }
    template <class World>
    void play(World world) {
        time_.run(outside_, world);
    }
    scheduler& time() { return time_; }
    store& keys() { return cluster_.keys; }
    std::vector<std::unique_ptr<member>> const& members() const { return members_; }

  private:
    void join_all() {
        if (members_[0]->cf) return;
        for (auto const& one : members_) {
            time_.start(one->machine, [this, &one] { join(*one); });
            while (!one->finished)
                time_.let_pass(1 * ms);
            one->finished = false;
        }
        while (!members_[0]->cf->try_complete(shared).value().on)
            time_.let_pass(1 * ms);
        while (members_.back()->cf->settings(shared).value().state != cf::sharing_state::on)
            time_.let_pass(1 * ms);
    }
    void join(member& one) {
        cf::etcd::settings how;
        how.group = "SIM";
        auto opened =
            cf::etcd::backend::open(how, make_client(cluster_, one.to_etcd, fate_, points_))
                .value();
        one.backend = opened.get();
        cf::member_description const who{
            .stack = one.machine.name, .system = "SYS", .xcf = "-", .dynamic_xcf = {}, .pid = 1};
        one.cf = cf::connector::join(std::move(opened), who, fate_.seed()).value();
        one.cf->begin_enable(shared, sharing_).value();
        one.cf->backfill(shared, {}).value();
        one.finished = true;
    }

    dice fate_{1};
    scheduler time_{1};
    process outside_{.name = "world"};
    cluster cluster_;
    crash_points points_;
    cf::sharing_request sharing_;
    std::vector<std::unique_ptr<member>> members_;
};

// --- as the number of stacks grows

/// Each of `stacks` connects 100 times a second for 10 s, of which each connection lives 500 ms.
void cost(std::size_t stacks, std::uint16_t grain) {
    auto& all = *new facility(stacks, {.form = cf::structure_form::bitmap, .grain = grain});
    std::uint64_t connects = 0;
    nanos waited = 0;
    auto const excluded = all_but_the_range();
    auto const life = [&](member& self) {
        std::deque<std::pair<nanos, std::uint16_t>> live;
        auto& time = all.time();
        auto const end = time.now() + 10 * s;
        nanos next = time.now();
        while (time.now() < end) {
            next += 10 * ms;
            auto const asked = time.now();
            std::vector<cf::connector::allocation> group;
            for (; next <= asked + 10 * ms; next += 10 * ms)
                group.push_back({.to = destination(7000), .excluded = &excluded});
            group.push_back({.to = destination(7000), .excluded = &excluded});
            self.cf->allocate(shared, group);
            for (auto const& one : group) {
                live.emplace_back(time.now() + 500 * ms, one.port.value());
                ++connects;
                waited += time.now() - asked;
            }
            while (!live.empty() && live.front().first <= time.now()) {
                self.cf->owe(shared, live.front().second, false);
                live.pop_front();
            }
            if (self.cf->wants_blocks(shared))
                (void)self.cf->refill(shared, excluded, cf::patience::wait);
            if (next > time.now()) time.let_pass(next - time.now());
        }
        (void)self.cf->flush(shared, cf::patience::wait);
    };
    all.play([&] {
        all.run([](member&) {});
        std::vector<std::uint64_t> before;
        for (auto const& one : all.members())
            before.push_back(one->backend->connection().counts().transactions);
        all.run(life);
        std::uint64_t transactions = 0;
        for (std::size_t i = 0; i < stacks; ++i)
            transactions +=
                all.members()[i]->backend->connection().counts().transactions - before[i];
        std::printf("%6zu %6u %10llu %28.1f %20.2f\n", stacks, unsigned{grain},
                    static_cast<unsigned long long>(connects),
                    1000.0 * static_cast<double>(transactions) / static_cast<double>(connects),
                    static_cast<double>(waited) / static_cast<double>(connects) / 1e6);
    });
    std::fflush(stdout);
}

// --- a full table

/// `wanted` connections through one address to three destinations, from three stacks, all live at
/// once; then all end.
void fill(std::uint64_t wanted) {
    auto& all = *new facility(3, {.form = cf::structure_form::hashtable});
    std::set<std::pair<std::uint16_t, std::uint16_t>> live;  ///< port, and port of the destination
    auto const excluded = all_but_the_range();
    constexpr std::size_t at_once = cf::connector::group_size;
    std::map<member*, std::vector<cf::connection_note>> own;
    std::uint64_t asked = 0;
    auto const open = [&](member& self) {
        while (asked < wanted) {
            std::vector<cf::connector::allocation> group;
            for (; group.size() < at_once && asked < wanted; ++asked)
                group.push_back({.to = destination(static_cast<std::uint16_t>(7000 + asked % 3)),
                                 .excluded = &excluded});
            self.cf->allocate(shared, group);
            for (auto const& one : group) {
                if (!one.port) throw std::runtime_error(one.port.error().text);
                if (!live.emplace(*one.port, one.to.port).second)
                    throw std::runtime_error("a connection was given twice");
                own[&self].push_back({.entry = {*one.port, one.to}, .ended = true});
            }
        }
    };
    auto const end = [&](member& self) {
        std::span<cf::connection_note const> left(own[&self]);
        for (; !left.empty(); left = left.subspan(std::min(at_once, left.size())))
            self.cf->note(shared, left.first(std::min(at_once, left.size())), cf::patience::wait)
                .value();
    };
    all.play([&] {
        all.run([](member&) {});
        auto const begun = all.time().now();
        all.run(open);
        cf::etcd::key_names const names("SIM");
        auto const entries = all.keys().read(names.entries(shared)).found.size();
        std::printf("%zu connections live, %zu entries, no 4-tuple twice, %.1f s of virtual time\n",
                    live.size(), entries, static_cast<double>(all.time().now() - begun) / 1e9);
        if (entries != wanted) throw std::runtime_error("entries are missing, or left over");
        all.run(end);
        for (auto const& range :
             {names.entries(shared), names.firsts(shared), names.seconds(shared)})
            if (!all.keys().read(range).found.empty())
                throw std::runtime_error("all have ended, and the facility still has some");
        std::printf("all ended, nothing left\n");
    });
    std::fflush(stdout);
}

template <class Run>
bool in_child(Run run) {
    std::fflush(stdout);
    auto const pid = ::fork();
    if (pid == 0) {
        try {
            run();
        } catch (std::exception const& problem) {
            std::fprintf(stderr, "%s\n", problem.what());
            ::_exit(1);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status == 0;
}

constexpr char const* usage =
    "usage: sysplex_scale [--connections N] [--help]\n"
    "\n"
    "Prints what connects cost a stack on a simulated etcd with 2 to 64 stacks.\n"
    "\n"
    "  --connections N   instead fills a table with N live connections, from three stacks to "
    "three\n"
    "                    destinations\n";

}  // namespace

int main(int count, char** words) {
    std::uint64_t connections = 0;
    if (count == 2 && std::string_view(words[1]) == "--help") return std::fputs(usage, stdout), 0;
    if (count == 3 && std::string_view(words[1]) == "--connections") {
        auto const* const end = words[2] + std::strlen(words[2]);
        auto const [stopped, error] = std::from_chars(words[2], end, connections);
        if (error != std::errc() || stopped != end || connections == 0)
            return std::fputs(usage, stderr), 2;
        return in_child([&] { fill(connections); }) ? 0 : 1;
    }
    if (count != 1) return std::fputs(usage, stderr), 2;
    std::printf("stacks  grain   connects  transactions/1000 connects  wait per connect, ms\n");
    bool good = true;
    for (auto const grain : {std::uint16_t{1}, std::uint16_t{64}})
        for (auto const stacks : {2UL, 4UL, 8UL, 16UL, 32UL, 64UL})
            good &= in_child([&] { cost(stacks, grain); });
    return good ? 0 : 1;
}
