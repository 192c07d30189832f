// Stacks on a real etcd that can be killed, for the typed tests.
#pragma once

#include "bed.hpp"
#include "cf/backend/etcd/backend.hpp"
#include "server.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace cf::test {

/// Leases of 2 s and no time of grace, so that a test can end a lease and need not wait.
inline etcd::settings quick_settings(etcd_cluster const& cluster) {
    return {.where = {.endpoints = cluster.endpoints()},
            .group = "PLEX1",
            .lease = std::chrono::seconds(2),
            .keep_alive = std::chrono::milliseconds(500),
            .grace = std::chrono::milliseconds(0)};
}

/// Writes a key and waits for it: what happened before is then in a stack's copy.
class marker {
  public:
    explicit marker(etcd_cluster const& cluster)
        : client_(etcd::connect({.endpoints = cluster.endpoints()}).value()) {}

    void something_happened() { ++happened_; }
    void seen_by(etcd::backend const& copy, std::uint64_t& seen) {
        auto now = happened_.load();
        if (seen == now) return;
        seen = now;
        if (!copy.shows(put())) throw std::runtime_error("the watch is behind");
    }
    etcd::client& client() { return *client_; }

  private:
    etcd::revision put() {
        return client_->transact({.writes = {{"/tcpplex/PLEX1/k", "", 0}}}).value().at;
    }
    std::unique_ptr<etcd::client> client_;
    std::atomic<std::uint64_t> happened_ = 1;
};

/// What a stack reads from its copy is as new as on one machine: the typed tests look at once.
class caught_up_backend final : public backend {
  public:
    caught_up_backend(std::unique_ptr<etcd::backend> inner, std::shared_ptr<marker> mark)
        : inner_(std::move(inner)), mark_(std::move(mark)) {}

    result<bool> update(dvipa const& of, want const& wanted, revise_ref revise) override {
        if (wanted.look) catch_up();
        mark_->something_happened();
        return inner_->update(of, wanted, revise);
    }
    port_holder who_holds(dvipa const& of, std::uint16_t port,
                          destination const& to) const override {
        return catch_up(), inner_->who_holds(of, port, to);
    }
    dvipa_owner owner(dvipa const& of) const override { return catch_up(), inner_->owner(of); }
    bool is_remote() const override { return inner_->is_remote(); }
    std::vector<dvipa> dvipas() const override { return catch_up(), inner_->dvipas(); }
    result<member> join(member_description const& who) override {
        mark_->something_happened();
        return inner_->join(who);
    }
    group_secret secret() const override { return inner_->secret(); }
    void leave() override {
        mark_->something_happened();
        inner_->leave();
    }
    std::vector<member> members() const override { return catch_up(), inner_->members(); }
    bool alive(member const& who) const override { return catch_up(), inner_->alive(who); }
    std::optional<ending> ended(member const& who) const override {
        return catch_up(), inner_->ended(who);
    }
    result<bool> begin_recovery(member const& failed, patience how) override {
        catch_up();
        mark_->something_happened();
        return inner_->begin_recovery(failed, how);
    }
    void end_recovery(member const& failed, bool done) override {
        mark_->something_happened();
        inner_->end_recovery(failed, done);
    }
    std::uint64_t changes() const override { return catch_up(), inner_->changes(); }
    void note_change() override { inner_->note_change(); }
    lease* own_lease() override { return inner_->own_lease(); }

  private:
    void catch_up() const { mark_->seen_by(*inner_, seen_); }

    std::unique_ptr<etcd::backend> inner_;
    std::shared_ptr<marker> mark_;
    mutable std::uint64_t seen_ = 0;
};

/// One etcd member, a stack a connection.
class etcd_bed {
  public:
    static constexpr int model_steps = 1500;
    static constexpr std::array modelled_forms{structure_form::bitmap, structure_form::list};

    stack join(std::string const& name) {
        auto facility = etcd::backend::open(quick_settings(cluster_)).value();
        return make_stack(std::make_unique<caught_up_backend>(std::move(facility), mark_), name,
                          [mark = mark_](member const& who) { end_lease(*mark, who); });
    }
    etcd_cluster& cluster() { return cluster_; }

  private:
    // What etcd does by itself some seconds after the last renewal.
    static void end_lease(marker& mark, member const& who) {
        auto life = mark.client().read({"/tcpplex/PLEX1/m/" + who.who.stack, {}}).value();
        mark.client().revoke(life.found.at(0).lease).value();
        mark.something_happened();
    }

    etcd_cluster cluster_;
    std::shared_ptr<marker> mark_ = std::make_shared<marker>(cluster_);
};

}  // namespace cf::test
