// A coupling facility that several machines share: keys in etcd.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/backend/etcd/committer.hpp"
#include "cf/backend/etcd/copy.hpp"
#include "cf/backend/etcd/follower.hpp"
#include "cf/backend/etcd/keyed_view.hpp"
#include "cf/backend/etcd/renewer.hpp"
#include "cf/backend/etcd/settings.hpp"
#include "cf/threads.hpp"

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace cf::etcd {

/// One stack's connection. An update obtains keys, lets the caller revise them and returns them in
/// one transaction that compares this stack's epoch and all keys read; it is tried again if another
/// stack was faster. An update of more keys than a transaction takes marks the DVIPA as being
/// revised first, which keeps all others out.
///
/// patience::try_once is always `busy`: no answer comes without a round trip. The group, and
/// who_holds(), are read from a copy that a watch feeds.
class backend final : public cf::backend {
  public:
    /// Reads the group's keys once. Errors: settings that cannot be, no answer from etcd.
    static result<std::unique_ptr<backend>> open(settings const& how);
    /// The same over a client that is there; how.where is not looked at.
    static result<std::unique_ptr<backend>> open(settings const& how,
                                                 std::unique_ptr<client> connected);
    /// Without leave(): as when the process dies.
    ~backend() override;

    result<bool> update(dvipa const& of, want const& want, revise_ref revise) override;
    port_holder who_holds(dvipa const& of, std::uint16_t port,
                          destination const& to) const override;
    bool is_remote() const override { return true; }
    dvipa_owner owner(dvipa const& of) const override;
    dvipa_owner settled_owner(dvipa const& of) const override;
    std::vector<dvipa> dvipas() const override;

    result<member> join(member_description const& who) override;
    group_secret secret() const override;
    void leave() override;
    std::vector<member> members() const override;
    /// False: the proof of life has been missing for the time of grace.
    bool alive(member const& who) const override;
    std::optional<ending> ended(member const& who) const override;
    result<bool> begin_recovery(member const& failed, patience how) override;
    void end_recovery(member const& failed, bool done) override;
    std::uint64_t changes() const override { return copy_.changes(); }
    void note_change() override { copy_.note_change(); }
    lease* own_lease() override { return &lease_; }

    /// Waits until the copy shows what was written at a revision, at most 5 s.
    bool shows(revision at) const;
    client& connection() { return *client_; }
    std::uint64_t loads() const { return follower_.loads(); }

  private:
    using clock = steady_clock;
    /// How an attempt ended that is not over.
    enum class again { at_once, after_news };
    using attempt_result = result<std::optional<again>>;
    struct epoch {
        member who;
        revision at = 0;  ///< of its key's last change
    };
    /// An update whose outcome is unknown, as far as it took ports, or entries.
    struct lost_update {
        dvipa of;
        std::vector<keyed_view::added_ports> taken;
        std::vector<table_entry> entries;
        bool in_parts = false;  ///< more than one transaction, of which some may have been done
    };

    struct places {
        std::uint64_t last_incarnation = 0;
        revision counted = 0;  ///< of the key with the last incarnation
        std::optional<group_secret> secret{};
        revision own = 0;         ///< of the joiner's own key, left by an earlier incarnation
        std::uint64_t taken = 0;  ///< bit per slot
        std::array<std::string, slot_count> ended{};  ///< keys of other stacks that have ended
    };

    backend(settings how, std::unique_ptr<client> connected);

    // update.cpp
    /// What an update's transactions compare besides what it reads.
    using guards = std::span<compare const>;
    result<bool> update_locked(dvipa const& of, want const& want, revise_ref revise,
                               clock::time_point deadline, guards besides);
    attempt_result attempt(dvipa const& of, revise_ref revise, clock::time_point deadline,
                           guards besides);
    attempt_result finish(keyed_view const& view, dvipa const& of, clock::time_point deadline,
                          guards besides);
    bool was_recovered_elsewhere() const;
    result<> obtain(dvipa const& of, std::uint16_t slot);
    result<bool> confirm_unknown(dvipa const& of);
    result<> settle(clock::time_point deadline);
    call_result<> find_out(clock::time_point deadline);
    result<bool> look(dvipa const& of, want const& want, revise_ref revise);
    failure found_damaged(std::string const& what, damaged const& bad) const;

    // large_update.cpp
    attempt_result revise_alone(dvipa const& of, revise_ref revise, clock::time_point deadline,
                                guards besides);
    attempt_result look_at_all(dvipa const& of, revise_ref revise);
    attempt_result wait_or_repair(dvipa const& of, dvipa_record const& seen,
                                  clock::time_point deadline);
    result<> obtain_all(dvipa const& of);
    void remember_lost(keyed_view const& structures, dvipa const& of, bool in_parts);
    port_holder who_has(dvipa const& of, table_entry const& entry) const;
    port_holder only_holder(std::uint16_t slot) const;
    attempt_result return_all(keyed_view const& view, dvipa const& of, revision marked_at,
                              clock::time_point deadline);
    bool has_ended(incarnation_in_slot const& who) const;

    // lock.cpp
    result<compare> lock(dvipa const& of, want const& want, clock::time_point deadline);
    /// Gives up this stack's place in the queue, held or not; false: not known to be done.
    bool unlock(std::string const& key);
    void unlock_what_is_left();

    // transactions.cpp
    /// With this stack's epoch compared. What is read and written goes into the copy.
    call_result<answer> commit(transaction what, clock::time_point deadline);
    void add_epoch(transaction& to) const;
    failure failed(std::string const& what, call_failure const& why) const;
    bool is_fenced() const { return lease_.is_lost(); }
    std::optional<epoch> self() const;

    // group.cpp
    result<> hold_lease();
    bool regain(lease_id lease);
    std::vector<member_record> records() const;
    std::optional<member_record> record_of(std::string const& stack) const;
    result<places> read_places(std::string const& stack);
    result<std::optional<member>> try_join(member_description const& who,
                                           clock::time_point deadline);
    result<> wait_for_grace(member const& failed, patience how);

    settings how_;
    key_names names_;
    std::unique_ptr<client> client_;
    mutable copy copy_;
    follower follower_;
    cf::lease lease_;
    mutex lease_mutex_;
    std::unique_ptr<renewer> renewer_;
    mutex update_mutex_;  ///< one transaction of this stack at a time
    committer committer_;
    std::optional<lost_update> lost_;
    std::optional<std::string> left_locked_;  ///< a place in a queue that may still be there
    std::optional<compare> recovering_;       ///< the record of the stack that this one recovers
    std::map<dvipa, std::uint64_t> fetched_;  ///< slots whose second structure is in the copy
    std::map<dvipa, std::uint16_t> cursors_;
    mutable mutex self_mutex_;
    std::optional<epoch> self_;
    group_secret secret_{};
};

}  // namespace cf::etcd
