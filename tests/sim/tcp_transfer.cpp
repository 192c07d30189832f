#include "tcp_transfer.hpp"

#include "tcp_host.hpp"

#include <algorithm>
#include <array>

namespace sim {

namespace {

using namespace std::chrono_literals;
using stack::address;

constexpr std::uint64_t too_many_events = 3'000'000;
constexpr duration too_long = std::chrono::hours(12);

struct plan {
    weather there;
    weather back;
    script client;
    script server;
    stack::tcp_settings client_settings;
    stack::tcp_settings server_settings;
    bool simultaneous = false;
};

std::uint64_t pick(random_source& random, std::uint64_t first, std::uint64_t last) {
    return first + random() % (last - first + 1);
}

weather pick_weather(random_source& random) {
    weather w;
    bool const calm = random() % 4 == 0;
    w.loss = calm ? 0 : static_cast<unsigned>(pick(random, 0, 100));
    w.duplication = calm ? 0 : static_cast<unsigned>(pick(random, 0, 50));
    w.reordering = calm ? 0 : static_cast<unsigned>(pick(random, 0, 300));
    w.delay = std::chrono::microseconds(pick(random, 1, 100'000));
    w.jitter = calm ? duration{} : std::chrono::microseconds(pick(random, 1, 50'000));
    std::array<std::uint16_t, 5> const sizes{576, 1280, 1500, 9000, 65535};
    w.mtu = sizes[random() % sizes.size()];
    w.super_segments = random() % 4 != 0;
    return w;
}

std::uint32_t pick_buffer(random_source& random) {
    std::array<std::uint32_t, 6> const sizes{1, 1000, 5000, 20'000, 65'536, 1'000'000};
    return sizes[random() % sizes.size()];
}

script pick_script(random_source& random) {
    script s;
    std::array<std::uint64_t, 5> const sizes{0, 1, 1000, 30'000, 400'000};
    s.to_send = sizes[random() % sizes.size()];
    s.pattern = random();
    s.read_at_once = random() % 3 == 0 ? pick(random, 1, 3000) : 0;
    s.lazy = random() % 3 == 0 ? 500 : 0;
    return s;
}

stack::tcp_settings pick_settings(random_source& random) {
    stack::tcp_settings t;
    t.send_buffer = pick_buffer(random);
    t.receive_buffer = pick_buffer(random);
    // Long enough for a SYN,ACK or a retransmission in the worst weather.
    t.connect_timeout = std::chrono::minutes(30);
    t.retransmit_attempts = 60;
    return t;
}

void pick_quitter(plan& p, random_source& random) {
    p.client.in_order = p.server.in_order = false;
    script& quitter = random() % 2 == 0 ? p.client : p.server;
    quitter.quits = true;
    quitter.aborts = random() % 2 == 0;
    quitter.quit_after = random() % (quitter.to_send + quitter.expected + 1);
}

plan pick_plan(random_source& random) {
    plan p;
    p.there = pick_weather(random);
    p.back = pick_weather(random);
    p.client = pick_script(random);
    p.server = pick_script(random);
    p.client_settings = pick_settings(random);
    p.server_settings = pick_settings(random);
    // A byte at a time takes its while; not of a large file.
    auto const narrow = [](script const& s, stack::tcp_settings const& from,
                           stack::tcp_settings const& to) {
        return std::min(
            {s.to_send, std::uint64_t{std::min(from.send_buffer, to.receive_buffer)} * 300});
    };
    p.client.to_send = narrow(p.client, p.client_settings, p.server_settings);
    p.server.to_send = narrow(p.server, p.server_settings, p.client_settings);
    p.client.expected = p.server.to_send;
    p.client.peer_pattern = p.server.pattern;
    p.server.expected = p.client.to_send;
    p.server.peer_pattern = p.client.pattern;
    p.simultaneous = random() % 8 == 0;
    if (random() % 5 == 0) pick_quitter(p, random);
    return p;
}

std::string describe(plan const& p) {
    auto const one = [](weather const& w, script const& s, stack::tcp_settings const& t) {
        return "loss " + std::to_string(w.loss) + " dup " + std::to_string(w.duplication) +
               " reorder " + std::to_string(w.reordering) + " mtu " + std::to_string(w.mtu) +
               (w.super_segments ? " super" : " single") + " send " + std::to_string(s.to_send) +
               " buffers " + std::to_string(t.send_buffer) + "/" + std::to_string(t.receive_buffer);
    };
    return "client: " + one(p.there, p.client, p.client_settings) +
           "; server: " + one(p.back, p.server, p.server_settings) +
           (p.simultaneous ? "; simultaneous open" : "") +
           (p.client.in_order ? ""
            : p.client.quits  ? "; the client quits"
                              : "; the server quits");
}

class world {
  public:
    world(std::uint64_t seed, std::ostream* trace)
        : random_(seed),
          plan_(pick_plan(random_)),
          there_(plan_.there, random_),
          back_(plan_.back, random_),
          client_(plan_.there, there_, plan_.client, random_),
          server_(plan_.back, back_, plan_.server, random_) {
        client_.trace_to(trace, "client");
        server_.trace_to(trace, "server");
        client_.engine().configure(plan_.client_settings);
        server_.engine().configure(plan_.server_settings);
    }

    transfer_result run() {
        start();
        transfer_result result;
        result.description = describe(plan_);
        while (!result.trouble && step()) {
            if (++result.events > too_many_events) result.trouble = "it never ends";
            if (now_ - begin > too_long) result.trouble = "it takes hours";
            if (client_.trouble()) result.trouble = "client: " + *client_.trouble();
            if (server_.trouble()) result.trouble = "server: " + *server_.trouble();
        }
        if (!result.trouble) result.trouble = check_end();
        using stack::tcp::counter;
        result.lost_and_sent_again = client_.engine().counters()[counter::segments_retransmitted] +
                                     server_.engine().counters()[counter::segments_retransmitted];
        return result;
    }

  private:
    static constexpr instant begin{1h};

    void start() {
        stack::endpoint const client{address::v4(0x0a010101), 40000};
        stack::endpoint const server{address::v4(0x0a010102), 7};
        if (plan_.simultaneous)
            server_.connect({server, client}, now_);
        else
            server_.listen(server);
        client_.connect({client, server}, now_);
        client_.work(now_);
        server_.work(now_);
    }

    // Everything that happens at the next moment something does; false if nothing will.
    bool step() {
        std::optional<instant> next;
        auto const at = [&](std::optional<instant> when) {
            if (when && (!next || *when < *next)) next = when;
        };
        at(client_.engine().next_deadline());
        at(server_.engine().next_deadline());
        if (!there_.empty()) at(there_.next());
        if (!back_.empty()) at(back_.next());
        // A lazy reader comes back.
        if (!client_.finished() || !server_.finished()) at(now_ + 50ms);
        if (!next) return false;
        now_ = std::max(now_, *next);
        arrive(there_, server_);
        arrive(back_, client_);
        client_.work(now_);
        server_.work(now_);
        leave_alone();
        return true;
    }

    // Whose peer has quit may never hear of it: the reset can be lost. After a while its
    // application gives up too.
    void leave_alone() {
        if (plan_.client.in_order || client_.finished() == server_.finished()) return;
        if (!alone_since_) alone_since_ = now_;
        if (now_ - *alone_since_ < 5min) return;
        client_.give_up(now_);
        server_.give_up(now_);
    }

    void arrive(tcp_wire& wire, tcp_host& host) {
        wire.deliver(now_, [&](frame const& f) {
            host.engine().input({f.source, f.destination, f.bytes, f.gso_size, f.ecn}, now_);
        });
    }

    std::optional<std::string> check_end() {
        if (!client_.finished() || !server_.finished()) return "not finished";
        if (!client_.all_ended() || !server_.all_ended()) return "opened() without ended()";
        for (tcp_host* host : {&client_, &server_}) {
            auto const left = host->engine().occupied();
            if (left.connections + left.half_open + left.time_wait + left.listeners != 0)
                return "connections are left";
            if (left.timers != 0) return "timers are left";
            if (left.chunks != 0) return "chunks are left";
            if (left.reorder_blocks != 0) return "reorder blocks are left";
        }
        return std::nullopt;
    }

    random_source random_;
    plan plan_;
    tcp_wire there_;
    tcp_wire back_;
    tcp_host client_;
    tcp_host server_;
    instant now_ = begin;
    std::optional<instant> alone_since_;
};

}  // namespace

transfer_result run_transfer(std::uint64_t seed, std::ostream* trace) {
    world w(seed, trace);
    return w.run();
}

}  // namespace sim
