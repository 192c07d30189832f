// Stacks that can be killed inside a test process, on either backend.
#pragma once

#include "cf/backend/memory/facility.hpp"
#include "stacks.hpp"

#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace cf::test {

/// Passes everything on until it is killed; then it is gone without having left, as a process is.
class mortal_backend final : public backend {
  public:
    explicit mortal_backend(std::unique_ptr<backend> inner) : inner_(std::move(inner)) {}

    void kill() { inner_.reset(); }
    /// As if an update cost a round trip.
    void be_remote() { remote_ = true; }
    /// The next update runs, and then nothing is written.
    void fail_next() { fail_in_ = 1; }
    void fail_after(int updates) { fail_in_ = updates + 1; }

    result<bool> update(dvipa const& of, want const& want, revise_ref revise) override {
        if (!inner_) return failure{error::unavailable, "dead"};
        if (fail_in_ == 0 || --fail_in_ != 0) return inner_->update(of, want, revise);
        struct not_returned {};
        try {
            return inner_->update(of, want, [&](view& structures) {
                revise(structures);
                throw not_returned();
            });
        } catch (not_returned const&) {
            return failure{error::unavailable, "no answer"};
        }
    }
    port_holder who_holds(dvipa const& of, std::uint16_t port,
                          destination const& to) const override {
        return inner_->who_holds(of, port, to);
    }
    dvipa_owner owner(dvipa const& of) const override { return inner_->owner(of); }
    bool is_remote() const override { return remote_ || (inner_ && inner_->is_remote()); }
    std::vector<dvipa> dvipas() const override {
        return inner_ ? inner_->dvipas() : std::vector<dvipa>{};
    }
    std::vector<trace::record> trace(dvipa const& of, std::size_t most) const override {
        return inner_->trace(of, most);
    }
    std::optional<structure_status> status(dvipa const& of) const override {
        return inner_->status(of);
    }
    result<member> join(member_description const& who) override { return inner_->join(who); }
    group_secret secret() const override { return inner_->secret(); }
    void leave() override {
        if (inner_) inner_->leave();
    }
    std::vector<member> members() const override { return inner_->members(); }
    bool alive(member const& who) const override { return inner_->alive(who); }
    std::optional<ending> ended(member const& who) const override { return inner_->ended(who); }
    result<bool> begin_recovery(member const& failed, patience how) override {
        return inner_->begin_recovery(failed, how);
    }
    void end_recovery(member const& failed, bool done) override {
        inner_->end_recovery(failed, done);
    }
    std::uint64_t changes() const override { return inner_->changes(); }
    void note_change() override { inner_->note_change(); }
    lease* own_lease() override { return inner_ ? inner_->own_lease() : nullptr; }

  private:
    std::unique_ptr<backend> inner_;
    bool remote_ = false;
    int fail_in_ = 0;  ///< which of the updates to come; 0: none
};

/// A stack and the means to end it. Moves like the connector in it.
struct stack {
    std::unique_ptr<connector> cf;
    mortal_backend* life = nullptr;
    std::function<void(member const&)> on_kill;

    connector* operator->() const { return cf.get(); }
    connector& operator*() const { return *cf; }
    /// kill -9: returns who it was.
    member kill() {
        auto who = cf->self();
        life->kill();
        if (on_kill) on_kill(who);
        cf.reset();
        return who;
    }
};

inline stack make_stack(std::unique_ptr<backend> facility, std::string const& name,
                        std::function<void(member const&)> on_kill = {}) {
    auto mortal = std::make_unique<mortal_backend>(std::move(facility));
    auto* life = mortal.get();
    return {connector::join(std::move(mortal), described(name), 7).value(), life,
            std::move(on_kill)};
}

/// A facility of each kind, for typed tests.
class file_bed {
  public:
    static constexpr int model_steps = 5000;
    static constexpr std::array modelled_forms{structure_form::bitmap, structure_form::list};
    stack join(std::string const& name) {
        return make_stack(shared_memory::backend::open(directory_.file()).value(), name);
    }

  private:
    scratch directory_;
};

class memory_bed {
  public:
    static constexpr int model_steps = 5000;
    static constexpr std::array modelled_forms{structure_form::bitmap, structure_form::list};
    stack join(std::string const& name) {
        return make_stack(std::make_unique<memory::backend>(facility_), name,
                          [this](member const& who) { facility_->kill(who); });
    }
    std::shared_ptr<memory::facility> const& facility() const { return facility_; }

  private:
    std::shared_ptr<memory::facility> facility_ = std::make_shared<memory::facility>();
};

}  // namespace cf::test
