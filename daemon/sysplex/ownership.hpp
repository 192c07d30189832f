// Takes DVIPAs over and gives them up, as the group and the facility have it.
#pragma once

#include "cf/connector.hpp"
#include "cf/threads.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/group.hpp"
#include "daemon/sysplex/mesh.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// Whoever acts as the owner.
class ownership_listener {
  public:
    virtual ~ownership_listener() = default;
    /// Whether this stack has sockets or connections with it.
    virtual bool uses(stack::address const& dvipa) const = 0;
    /// group::members()[].owned or is_settling() say something else now.
    virtual void ownership_changed() = 0;
    /// Another stack owns it now: sends it what lives here, then calls `told`, in that order.
    virtual void tell_all(stack::address const& dvipa, std::function<void()> told) = 0;
};

/// The facility has one record of a DVIPA's owner, changed by its steps alone, so there is one at
/// most. A stack that gives a DVIPA up stops before it changes the record; one that takes it starts
/// after. Then it asks all others for what lives there, and until they have answered it answers
/// nothing that it does not know (see dvipa_settings::settling).
class ownership {
  public:
    /// Longer no stack is waited for that does not say what it has: on one machine, and on several,
    /// where the record takes its time.
    static constexpr std::chrono::milliseconds patience{500};
    static constexpr std::chrono::milliseconds patience_afar{2000};

    ownership(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
              mesh& links, ownership_listener& listener);

    /// From here on it takes what it may have.
    void start(group& members);
    /// Whether group::members()[].owned is other than before.
    bool read_owners();
    /// Does what is this stack's to do. Called when anything has changed that step_for() looks at.
    void review();
    /// `done` when nothing is under way; what failed is tried again and not waited for.
    void when_idle(std::function<void()> done);
    bool is_settling(stack::address const& dvipa) const { return settling_.contains(dvipa); }

    void on_message(stack::member_id from, std::string_view text);
    void member_gone(stack::member_id who);
    /// The link is new: what was asked or answered may be lost.
    void member_reached(stack::member_id who);
    void facility_changed();

  private:
    struct waited_for {
        std::set<stack::member_id> members;
        cf::steady_clock::time_point until;
    };
    struct question {
        stack::member_id from;
        stack::address dvipa;
        friend bool operator==(question const&, question const&) = default;
    };

    bool is_given(stack::address const& dvipa) const;
    void take(stack::address const& dvipa);
    void pass(stack::address const& dvipa);
    void give_record(stack::address const& dvipa, cf::dvipa_owner next);
    void taken(stack::address const& dvipa, cf::result<> const& outcome);
    void begin_settling(stack::address const& dvipa);
    void heard(stack::member_id who, stack::address const& dvipa);
    void watch_settling();
    void answer_questions();
    void ended(stack::address const& dvipa);
    bool is_idle() const;
    void tell_idle();
    void look_again();

    boost::asio::steady_timer again_;
    boost::asio::steady_timer settling_timer_;
    cf::connector& facility_;
    facility_thread& worker_;
    mesh& links_;
    ownership_listener& listener_;
    group* group_ = nullptr;
    std::set<stack::address> under_way_;
    /// Of these, those whose record could not be changed: until it is nobody else can take them.
    std::map<stack::address, cf::dvipa_owner> ungiven_;
    /// Given to another stack, which has not yet asked what lives here: it would take what is sent
    /// on to it as sent by the owner, and for its own.
    std::map<stack::address, cf::dvipa_owner> given_;
    bool looking_again_ = false;
    std::map<stack::address, waited_for> settling_;
    std::vector<question> questions_;  ///< of stacks that the facility does not show as owner yet
    std::vector<std::function<void()>> idle_waiters_;
};

}  // namespace tcpplexd
