#include "daemon/sysplex/port_bridge.hpp"

#include "daemon/loop/log.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace tcpplexd {

namespace {

/// How long a request waits for sharing to be switched on.
constexpr auto barrier_patience = std::chrono::seconds(2);

stack::port_reply granted(std::uint16_t port) {
    return {stack::port_answer::granted, port};
}

/// The reply to a final answer; nothing if there is a reason to ask again.
std::optional<stack::port_reply> reply_to(cf::result<std::uint16_t> const& outcome) {
    if (outcome) return granted(*outcome);
    switch (outcome.error().code) {
        case cf::error::exhausted:
            return stack::port_reply{stack::port_answer::exhausted, 0};
        case cf::error::in_use:
            return stack::port_reply{stack::port_answer::in_use, 0};
        case cf::error::full:
        case cf::error::unavailable:
        case cf::error::disagree:
            return stack::port_reply{stack::port_answer::unavailable, 0};
        case cf::error::busy:
        case cf::error::enabling:
        case cf::error::not_shared:
            break;
    }
    return std::nullopt;
}

}  // namespace

cf::dvipa facility_key(stack::address const& dvipa) {
    return {dvipa.bytes()};
}

cf::destination facility_destination(stack::endpoint const& remote) {
    return {remote.host.bytes(), remote.port};
}

stack::address stack_address(cf::dvipa const& dvipa) {
    return stack::address(dvipa.bytes);
}

port_bridge::port_bridge(boost::asio::io_context& io, cf::connector& facility,
                         facility_thread& worker)
    : facility_(facility), worker_(worker), timer_(io), tending_(io), kept_timer_(io) {}

stack::port_reply port_bridge::allocate(stack::address const& dvipa, stack::endpoint const& remote,
                                        stack::port_set const& excluded, std::uint64_t stride,
                                        stack::port_ticket ticket) {
    if (fenced_) return {stack::port_answer::unavailable, 0};
    bool const in_stride = stride != stack::any_stride;
    if (in_stride)
        std::transform(excluded.words.begin(), excluded.words.end(), narrowed_.words.begin(),
                       [&](std::uint64_t word) { return word | ~stride; });
    auto const& unwanted = in_stride ? narrowed_ : excluded;
    if (auto const held = facility_.allocate_held(facility_key(dvipa), unwanted.words)) {
        refill_if_low(dvipa, excluded);
        return granted(*held);
    }
    request what{
        request::kind::allocate, dvipa, remote, 0, nullptr, nullptr, ticket, {}, false, life_};
    if (in_stride && ask_.in_blocks(dvipa))
        what.of_no_block = std::make_unique<stack::port_set>(excluded);
    return start(std::move(what), &unwanted);
}

stack::port_reply port_bridge::claim(stack::address const& dvipa, std::uint16_t port,
                                     stack::port_ticket ticket) {
    return start(
        {request::kind::claim, dvipa, {}, port, nullptr, nullptr, ticket, {}, false, life_},
        nullptr);
}

stack::port_reply port_bridge::serve(stack::address const& dvipa, std::uint16_t port,
                                     stack::port_ticket ticket) {
    return start(
        {request::kind::serve, dvipa, {}, port, nullptr, nullptr, ticket, {}, false, life_},
        nullptr);
}

void port_bridge::release(stack::address const& dvipa, std::uint16_t port) {
    give_back(dvipa, port, false);
}

void port_bridge::unserve(stack::address const& dvipa, std::uint16_t port) {
    give_back(dvipa, port, true);
}

port_bridge::answer port_bridge::ask(cf::connector& facility, request const& what,
                                     stack::port_set const* excluded, cf::patience how) {
    auto const key = facility_key(what.dvipa);
    switch (what.what) {
        case request::kind::allocate:
            // Blocks are for all shards: they are fetched whole, whichever ports are wanted now.
            if (what.of_no_block) {
                if (auto const held = facility.allocate_held(key, excluded->words)) return *held;
                (void)facility.refill(key, what.of_no_block->words, how);
            }
            return facility.allocate(key, facility_destination(what.remote), excluded->words, how);
        case request::kind::claim:
            if (auto const done = facility.claim(key, what.port, how); !done) return done.error();
            return what.port;
        case request::kind::serve:
            if (auto const done = facility.serve(key, what.port, how); !done) return done.error();
            return what.port;
    }
    return cf::failure{};
}

stack::port_reply port_bridge::start(request what, stack::port_set const* excluded) {
    if (fenced_) return {stack::port_answer::unavailable, 0};
    what.deadline = boot_time() + barrier_patience;
    // A facility that does not answer need not be waited for to be told so.
    if (worker_.outstanding() == 0 || !answers()) {
        auto const outcome = ask(facility_, what, excluded, cf::patience::try_once);
        tend();
        auto const reply = reply_to(outcome);
        if (reply && !may_be_recalled(what, outcome)) return *reply;
    }
    if (excluded != nullptr) what.excluded = std::make_unique<stack::port_set>(*excluded);
    ask_patiently(std::move(what));
    return {stack::port_answer::pending, 0};
}

void port_bridge::ask_patiently(request what) {
    // Of a life before: what it got now, nobody would give back.
    if (what.life != life_) return resolve(what, {stack::port_answer::unavailable, 0});
    if (what.what == request::kind::allocate) {
        auto const dvipa = what.dvipa;
        gathered_[dvipa].allocations.push_back(std::move(what));
        return ask_for_group(dvipa);
    }
    auto shared = std::make_shared<request>(std::move(what));
    worker_.run(
        [this, shared] {
            return ask(facility_, *shared, shared->excluded.get(), cf::patience::wait);
        },
        [this, shared](answer const& outcome) { settle(std::move(*shared), outcome); });
}

void port_bridge::ask_for_group(stack::address const& dvipa) {
    auto& gathered = gathered_[dvipa];
    if (gathered.asking || gathered.allocations.empty()) return;
    gathered.asking = true;
    auto const group = std::make_shared<std::vector<request>>();
    while (!gathered.allocations.empty() && group->size() < cf::connector::group_size) {
        group->push_back(std::move(gathered.allocations.front()));
        gathered.allocations.pop_front();
    }
    worker_.run(
        [this, key = facility_key(dvipa), group] {
            std::vector<cf::connector::allocation> asked;
            for (auto const& each : *group)
                asked.push_back(
                    {.to = facility_destination(each.remote), .excluded = &each.excluded->words});
            bool const in_blocks = std::any_of(group->begin(), group->end(), [](auto const& each) {
                return each.of_no_block != nullptr;
            });
            if (!in_blocks) facility_.allocate(key, asked);
            for (std::size_t i = 0; in_blocks && i < group->size(); ++i)
                asked[i].port =
                    ask(facility_, (*group)[i], (*group)[i].excluded.get(), cf::patience::wait);
            return asked;
        },
        [this, dvipa, group](std::vector<cf::connector::allocation> const& answers) {
            gathered_[dvipa].asking = false;
            for (std::size_t i = 0; i < group->size(); ++i)
                settle(std::move((*group)[i]), answers[i].port);
            ask_for_group(dvipa);
        });
}

void port_bridge::settle(request what, answer const& outcome) {
    if (what.life != life_) return resolve(what, {stack::port_answer::unavailable, 0});
    tend();
    if (may_be_recalled(what, outcome)) return recall_and_ask_again(std::move(what));
    if (auto const reply = reply_to(outcome)) return resolve(what, *reply);
    if (outcome.error().code == cf::error::not_shared) return resolve(what, pick_locally(what));
    if (boot_time() >= what.deadline) return resolve(what, {stack::port_answer::unavailable, 0});
    waiting_.push_back(std::move(what));
    arm();
}

void port_bridge::resolve(request const& what, stack::port_reply const& reply) {
    users_->answered(what.ticket, reply);
}

stack::port_reply port_bridge::pick_locally(request const& what) {
    auto const key = facility_key(what.dvipa);
    auto const settings = facility_.settings(key);
    bool const draining = settings && settings->state == cf::sharing_state::draining;
    if (!draining && ask_.wanted(what.dvipa)) return {stack::port_answer::unavailable, 0};
    auto const free = [&](std::uint16_t port) {
        return facility_.who_holds(key, port).what == cf::port_holder::kind::nobody;
    };
    if (what.what == request::kind::serve) return granted(what.port);
    if (what.what == request::kind::claim)
        return free(what.port) ? granted(what.port)
                               : stack::port_reply{stack::port_answer::in_use, 0};

    stack::port_set taken = *what.excluded;
    for (auto const& use : users_->in_use(what.dvipa))
        taken.insert(use.port);
    // RFC 6056 3.3.1, simple port randomisation: a random start, then the next that is free.
    std::uint32_t const start = std::random_device{}() % 65536U;
    for (std::uint32_t step = 0; step < 65536; ++step) {
        auto const port = static_cast<std::uint16_t>(start + step);
        if (port != 0 && !taken.contains(port) && free(port)) return granted(port);
    }
    return {stack::port_answer::exhausted, 0};
}

// A port that no connection uses may still be held in a block.
bool port_bridge::may_be_recalled(request const& what, answer const& outcome) const {
    if (outcome || what.recalled || !ask_.in_blocks(what.dvipa)) return false;
    return outcome.error().code == cf::error::in_use ||
           outcome.error().code == cf::error::exhausted;
}

void port_bridge::recall_and_ask_again(request what) {
    auto holders = ask_.others();
    if (what.port != 0) {
        auto const holder = facility_.who_holds(facility_key(what.dvipa), what.port);
        std::erase_if(holders, [&](stack::member_id const& each) {
            return each != stack::member_id{holder.slot, holder.incarnation};
        });
    }
    auto shared = std::make_shared<request>(std::move(what));
    ask_.recall(shared->dvipa, shared->port, holders, [this, shared](bool gave) {
        // Of any port others may take what was given: as long as there is more, it is asked for.
        shared->recalled = !gave || shared->port != 0;
        ask_patiently(std::move(*shared));
    });
}

void port_bridge::refill_if_low(stack::address const& dvipa, stack::port_set const& excluded) {
    auto const key = facility_key(dvipa);
    if (!answers() || !facility_.wants_blocks(key) || !refilling_.insert(dvipa).second) return;
    worker_.run(
        [this, key, ports = std::make_shared<stack::port_set>(excluded)] {
            return facility_.refill(key, ports->words, cf::patience::wait);
        },
        [this, dvipa](cf::result<> const&) { refilling_.erase(dvipa); });
}

// While there are blocks, idle ones are looked for.
void port_bridge::tend() {
    if (is_tending_ || !(unreturned_ || facility_.holds_blocks())) return;
    is_tending_ = true;
    tending_.expires_after(std::chrono::seconds(1));
    tending_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        if (!answers()) return is_tending_ = false, tend();
        worker_.run([this] { return facility_.tend(cf::block_pool::clock::now()); },
                    [this](cf::result<> const& done) {
                        is_tending_ = false;
                        unreturned_ = !done;
                        tend();
                    });
    });
}

void port_bridge::opened(stack::four_tuple const& tuple, bool inbound) {
    note(tuple, inbound, false);
}

void port_bridge::ended(stack::four_tuple const& tuple) {
    note(tuple, false, true);
}

void port_bridge::note(stack::four_tuple const& tuple, bool inbound, bool ended) {
    if (fenced_) return;
    auto const dvipa = tuple.local.host;
    cf::connection_note const what{.entry = {tuple.local.port, facility_destination(tuple.remote)},
                                   .inbound = inbound,
                                   .ended = ended};
    // In order, also where the facility does not answer: what is on its way may be the opening.
    if (worker_.outstanding() == 0)
        return noted(dvipa,
                     facility_.note(facility_key(dvipa), {&what, 1}, cf::patience::try_once));
    if (notes_[dvipa].add(what)) write_notes(dvipa);
}

void port_bridge::write_notes(stack::address const& dvipa) {
    worker_.run(
        [this, key = facility_key(dvipa), &notes = notes_[dvipa]] {
            return facility_.note(key, notes.take(), cf::patience::wait);
        },
        [this, dvipa, life = life_](cf::result<> const& outcome) {
            if (life == life_) noted(dvipa, outcome);
        });
}

void port_bridge::noted(stack::address const& dvipa, cf::result<> const& outcome) {
    if (outcome) return;
    if (outcome.error().code != cf::error::full) return given_back(dvipa, outcome);
    auto const now = boot_time();
    if (told_of_full_table_ && now - *told_of_full_table_ < std::chrono::minutes(5)) return;
    told_of_full_table_ = now;
    log_message(severity::warning, outcome.error().text);
}

void port_bridge::sharing_changed() {
    tend();
    auto requests = std::move(waiting_);
    waiting_.clear();
    for (auto& each : requests)
        ask_patiently(std::move(each));
}

void port_bridge::arm() {
    if (waiting_.empty()) return;
    timer_.expires_after(
        std::max(waiting_.front().deadline - boot_time(), stack::duration::zero()));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        while (!waiting_.empty() && waiting_.front().deadline <= boot_time()) {
            auto const late = std::move(waiting_.front());
            waiting_.pop_front();
            resolve(late, {stack::port_answer::unavailable, 0});
        }
        arm();
    });
}

}  // namespace tcpplexd
