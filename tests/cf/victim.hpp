// Processes that use a facility and are killed.
#pragma once

#include "stacks.hpp"

#include <array>
#include <chrono>
#include <vector>

#include <sys/types.h>

namespace cf::test {

inline constexpr std::uint16_t victim_port = 40010;

/// A step that a victim dies in. Whatever it needs beforehand has been done.
enum class victim_step {
    allocate,
    end,  ///< of a connection that was allocated
    claim,
    release,
    release_shared,
    serve,
    serve_bound,
    unserve,
    backfill,
    leave,
    recover
};
inline constexpr std::array all_victim_steps{
    victim_step::allocate,       victim_step::end,   victim_step::claim,       victim_step::release,
    victim_step::release_shared, victim_step::serve, victim_step::serve_bound, victim_step::unserve,
    victim_step::backfill,       victim_step::leave, victim_step::recover};
char const* name_of(victim_step step);

/// Runs the step in a process of its own that kills itself before its `at`-th write (1..). Whether
/// it died.
bool run_victim_step(std::string const& path, victim_step step, unsigned at);

/// Processes in a tight loop of allocate, bind, serve and release. Each checks that the ports it
/// gets are held by it alone.
class victims {
  public:
    bool found_a_duplicate() const { return duplicate_; }
    /// One ended by itself, of an error: it was in no loop when it was killed.
    bool gave_up() const { return gave_up_; }

  private:
    friend victims start_victims(std::string const& path, int count,
                                 std::chrono::microseconds lifetime);
    friend void kill_and_reap(victims& all);
    friend void reap(victims& all);
    std::vector<pid_t> pids_;
    bool duplicate_ = false;
    bool gave_up_ = false;
};
/// They have joined and back-filled when this returns. With a lifetime, a timer kills each
/// (SIGKILL) wherever it is then.
victims start_victims(std::string const& path, int count, std::chrono::microseconds lifetime = {});
void kill_and_reap(victims& all);
/// Waits for victims with a lifetime.
void reap(victims& all);

/// A stack that stops itself (SIGSTOP) inside an update. Killed at the end.
class stopped_victim {
  public:
    explicit stopped_victim(pid_t pid) : pid_(pid) {}
    ~stopped_victim();
    stopped_victim(stopped_victim&& other) noexcept : pid_(std::exchange(other.pid_, 0)) {}
    stopped_victim& operator=(stopped_victim&&) = delete;
    pid_t pid() const { return pid_; }
    void resume();

  private:
    pid_t pid_;
};
stopped_victim start_stopped_in_lock(std::string const& path);

bool readable_within(int descriptor, int milliseconds);

}  // namespace cf::test
