#include "daemon/change/changes.hpp"

#include "daemon/change/impact.hpp"
#include "daemon/change/obey.hpp"
#include "daemon/display/subject.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "parser/parse.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

namespace tcpplexd {

namespace json = boost::json;

/// One command under way: what it says, and who waits for it.
class changes::command {
  public:
    explicit command(finished done) : done_(std::move(done)) {}

    void say(std::string text) { messages_.push_back(std::move(text)); }
    void say(std::vector<std::string> texts) {
        for (auto& each : texts)
            say(std::move(each));
    }
    /// The last messages, of each outcome.
    void ends_with(std::vector<std::string> good, std::vector<std::string> bad) {
        good_ = std::move(good);
        bad_ = std::move(bad);
    }

    void succeed(json::object plan = {}) {
        say(std::move(good_));
        log();
        done_(app::obeyed{std::move(messages_), std::move(plan)});
    }
    void fail(std::string why, std::string outcome = "nothing has been changed") {
        if (!why.empty()) say(std::move(why));
        say(std::move(bad_));
        log();
        done_(app::failed{{EINVAL, std::move(outcome)}, std::move(messages_)});
    }

  private:
    void log() const {
        constexpr std::size_t longest = 16 * 1024;
        for (std::string_view each : messages_) {
            if (each.ends_with('\n')) each.remove_suffix(1);
            log_message(severity::info, each.substr(0, longest));
            if (each.size() > longest)
                log_message(severity::info, "... (the rest went to who gave the command)");
        }
    }

    finished done_;
    std::vector<std::string> messages_, good_, bad_;
};

/// A change that is in effect and not in the history.
struct changes::unconfirmed {
    kept_configuration record;
    parser::configuration before;
    boost::asio::steady_timer deadline;
    bool expired = false;
};

changes::changes(boost::asio::io_context& loop, node& on, std::string directory,
                 std::deque<kept_configuration> kept)
    : loop_(loop), node_(on), history_(loop, std::move(directory), std::move(kept)) {}

void changes::begin(std::string from, std::function<void(std::string const& problem)> done) {
    auto profile = parser::to_profile(node_.configuration());
    auto const& kept = history_.kept();
    if (!kept.empty() && kept.back().profile == profile) return done({});
    history_.append({0, std::time(nullptr), "", std::move(from), std::move(profile)},
                    std::move(done));
}

bool changes::refuse_busy(finished const& done, bool to_change) {
    std::string why;
    if (changing_)
        why = "another command is changing the stack: try again when it has ended";
    else if (to_change && unconfirmed_)
        why =
            "the change before this one is not confirmed: vary confirm keeps it, vary rollback "
            "takes it back";
    if (why.empty()) return false;
    done(app::failed{{EBUSY, why}, {}});
    return true;
}

namespace {

/// Notes how long the first shard was kept from its packets, from here to the end of the scope.
class stretch {
  public:
    explicit stretch(std::chrono::microseconds& longest) : longest_(longest) {}
    ~stretch() {
        longest_ = std::max(longest_, std::chrono::duration_cast<std::chrono::microseconds>(
                                          std::chrono::steady_clock::now() - began_));
    }
    stretch(stretch const&) = delete;
    stretch& operator=(stretch const&) = delete;

  private:
    std::chrono::microseconds& longest_;
    std::chrono::steady_clock::time_point const began_ = std::chrono::steady_clock::now();
};

}  // namespace

/// What z/OS says before and after.
void changes::announce(app::obeyfile_request const& asked, command& under_way) {
    under_way.say("EZZ0060I PROCESSING COMMAND: " + asked.command);
    if (asked.purpose == app::obey_purpose::syntax_check) {
        std::string const complete = "EZZ0065I VARY SYNTAXCHECK COMMAND COMPLETE";
        under_way.say("EZZ0061I VARY SYNTAXCHECK COMMAND BEGINNING");
        under_way.ends_with(
            {"EZZ0062I VARY SYNTAXCHECK FOUND NO ERRORS", complete},
            {"EZZ0064I VARY SYNTAXCHECK FOUND ERRORS: SEE PREVIOUS MESSAGES", complete});
        return;
    }
    auto const& name = asked.files.front().name;
    under_way.say(fmt::format("EZZ0300I OPENED OBEYFILE FILE '{}'", name));
    under_way.say(fmt::format("EZZ0309I PROFILE PROCESSING BEGINNING FOR '{}'", name));
    auto const complete = fmt::format("EZZ0316I PROFILE PROCESSING COMPLETE FOR FILE '{}'", name);
    under_way.ends_with({complete, "EZZ0053I COMMAND VARY OBEY COMPLETED SUCCESSFULLY"},
                        {complete, "EZZ0303I OBEYFILE FILE CONTAINS ERRORS",
                         "EZZ0059I VARY OBEY COMMAND FAILED: SEE PREVIOUS MESSAGES"});
}

void changes::tell_plan(command& under_way, parser::configuration const& next) const {
    if (auto taken = node_.conflict(next); !taken.empty()) return under_way.fail(std::move(taken));
    node_.with_subject([&](display_subject const& now) {
        auto effect = impact_of(parser::differences(node_.configuration(), next), now,
                                node_.settings_for(next));
        under_way.say(effect.text.empty() ? "nothing would change" : std::move(effect.text));
        under_way.succeed(std::move(effect.plan));
    });
}

void changes::tell_difference(command& under_way, parser::configuration const& next) const {
    auto lines = parser::to_text(parser::differences(node_.configuration(), next));
    if (!lines.empty()) under_way.say(std::move(lines));
}

void changes::carry_out(app::obeyfile_request const& asked, std::string const& by, finished done) {
    using purpose = app::obey_purpose;
    if (refuse_busy(done, asked.purpose == purpose::carry_out)) return;
    stretch const held(longest_held_);
    auto const under_way = std::make_shared<command>(std::move(done));
    if (asked.files.empty()) return under_way->fail("the request holds no file");
    if (asked.purpose != purpose::plan) announce(asked, *under_way);

    auto text = obey(asked, node_.host(), node_.configuration());
    under_way->say(std::move(text.messages));
    if (asked.purpose == purpose::syntax_check)
        return text.has_errors ? under_way->fail({}) : under_way->succeed();
    if (!text.next) return under_way->fail({});
    if (asked.purpose == purpose::plan) return tell_plan(*under_way, *text.next);
    tell_difference(*under_way, *text.next);

    kept_configuration record{0, std::time(nullptr), by, asked.command, {}};
    auto const confirm = asked.confirm_seconds;
    std::optional<parser::configuration> before;
    if (confirm) {
        record.profile = parser::to_profile(*text.next);
        before = node_.configuration();
    }
    auto const then = [this, under_way, confirm, record, before = std::move(before),
                       skipped = text.has_errors]() mutable {
        if (confirm) {
            under_way->say(fmt::format(
                "the change is taken back in {} s, unless it is confirmed: vary confirm",
                *confirm));
            await_confirmation(std::chrono::seconds(*confirm), std::move(record),
                               std::move(*before));
        }
        if (skipped)
            under_way->fail({}, "faulty statements were skipped, the others were carried out");
        else
            under_way->succeed();
    };
    run(under_way, std::move(*text.next), confirm ? std::nullopt : std::optional(std::move(record)),
        then);
}

void changes::run(std::shared_ptr<command> under_way, parser::configuration next,
                  std::optional<kept_configuration> record, std::function<void()> then) {
    changing_ = true;
    configuration_change::run(
        node_, history_, std::move(next), std::move(record),
        [this, under_way = std::move(under_way), then = std::move(then)](change_outcome outcome) {
            changing_ = false;
            longest_held_ = std::max(longest_held_, outcome.held);
            if (!outcome.failure.empty()) {
                under_way->fail(std::move(outcome.failure));
                return take_back_if_expired();
            }
            under_way->say(std::move(outcome.problems));
            then();
        });
}

void changes::await_confirmation(std::chrono::seconds within, kept_configuration record,
                                 parser::configuration before) {
    unconfirmed_ = std::make_shared<unconfirmed>(
        unconfirmed{std::move(record), std::move(before), boost::asio::steady_timer(loop_), false});
    unconfirmed_->deadline.expires_after(within);
    unconfirmed_->deadline.async_wait(
        [this, waiting = std::weak_ptr(unconfirmed_)](boost::system::error_code error) {
            auto const still = waiting.lock();
            if (error || !still || still != unconfirmed_) return;
            still->expired = true;
            if (!changing_) take_back_if_expired();  // else when that has ended
        });
}

// Nobody asks: what there is to say is in the log. Tried once: what keeps it from being taken back
// is not gone a moment later.
void changes::take_back_if_expired() {
    if (!unconfirmed_ || !std::exchange(unconfirmed_->expired, false)) return;
    auto const under_way = std::make_shared<command>([](app::reply_body const& outcome) {
        if (std::holds_alternative<app::failed>(outcome))
            log_message(severity::error,
                        "the change that was not confirmed stays in effect: vary rollback takes it "
                        "back, vary confirm keeps it");
    });
    under_way->say(unconfirmed_->record.command + " was not confirmed and is taken back");
    run(under_way, unconfirmed_->before, std::nullopt, [this, under_way] {
        unconfirmed_.reset();
        under_way->succeed();
    });
}

void changes::carry_out(app::confirm_request const& asked, std::string const&, finished done) {
    if (refuse_busy(done, false)) return;
    auto const under_way = std::make_shared<command>(std::move(done));
    under_way->say("EZZ0060I PROCESSING COMMAND: " + asked.command);
    if (!unconfirmed_) return under_way->fail("there is no change that waits to be confirmed");
    changing_ = true;
    history_.append(unconfirmed_->record, [this, under_way](std::string const& problem) {
        changing_ = false;
        if (problem.empty()) {
            unconfirmed_.reset();
            under_way->say("the change is confirmed");
            return under_way->succeed();
        }
        under_way->fail("the change can't be recorded: " + problem, "it is not confirmed");
        take_back_if_expired();
    });
}

void changes::carry_out(app::rollback_request const& asked, std::string const& by, finished done) {
    if (refuse_busy(done, false)) return;
    stretch const held(longest_held_);
    auto const under_way = std::make_shared<command>(std::move(done));
    if (!asked.plan) under_way->say("EZZ0060I PROCESSING COMMAND: " + asked.command);
    auto const& kept = history_.kept();
    // An unconfirmed change is in effect and not among them.
    std::size_t const earlier = kept.size() - (unconfirmed_ ? 0 : 1);
    if (asked.steps > earlier)
        return under_way->fail(fmt::format(
            "{} earlier configurations are kept, so there is no way {} back; display history "
            "shows them",
            earlier, asked.steps));
    auto const& target = kept[earlier - asked.steps];
    auto const& now = node_.configuration();

    auto const name = fmt::format("configuration {}", target.number);
    auto const parsed = parser::parse(name, parser::memory_reader({{name, target.profile}}));
    auto applied = parser::apply({}, parsed.profile, parser::phase::initial);
    if (!applied.ok() || !parsed.ok())
        return under_way->fail(name + " can't be used:\n" + parser::to_text(parsed.diagnostics) +
                               parser::to_text(applied.diagnostics));
    if (applied.next.ip.xcf != now.ip.xcf || applied.next.ip6.xcf != now.ip6.xcf ||
        applied.next.global.xcf_group_id != now.global.xcf_group_id)
        return under_way->fail(name +
                               " has another DYNAMICXCF or XCFGRPID, which can't be changed "
                               "while the stack runs: start the stack with it");

    if (asked.plan) return tell_plan(*under_way, applied.next);
    under_way->say(
        fmt::format("back to {} of {}, {}", name, time_text(target.time), target.command));
    tell_difference(*under_way, applied.next);
    // Back from an unconfirmed change the newest one that is kept runs again.
    bool const to_newest = unconfirmed_ && asked.steps == 1;
    kept_configuration record{
        0, std::time(nullptr), by, fmt::format("{} to {}", asked.command, name), {}};
    run(under_way, std::move(applied.next),
        to_newest ? std::nullopt : std::optional(std::move(record)), [this, under_way] {
            unconfirmed_.reset();
            under_way->succeed();
        });
}

json::object changes::history_members() const {
    json::array rows;
    for (auto const& each : history_.kept())
        rows.push_back(json::object{{"number", each.number},
                                    {"time", time_text(each.time)},
                                    {"by", each.by},
                                    {"command", each.command}});
    json::object result{{"configurations", std::move(rows)},
                        {"longestHeldMicroseconds", longest_held_.count()}};
    if (unconfirmed_)
        result["unconfirmed"] = json::object{{"time", time_text(unconfirmed_->record.time)},
                                             {"by", unconfirmed_->record.by},
                                             {"command", unconfirmed_->record.command}};
    return result;
}

json::object changes::configuration_members(std::optional<std::uint64_t> number) const {
    if (!number) return {{"profile", parser::to_profile(node_.configuration())}};
    for (auto const& each : history_.kept())
        if (each.number == *number) return {{"number", each.number}, {"profile", each.profile}};
    return {};
}

}  // namespace tcpplexd
