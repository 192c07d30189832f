// Deadlines for gRPC that the wall clock cannot move.
#pragma once

#include <chrono>

#include <grpc/support/time.h>

namespace cf::etcd {

/// gRPC's form of a deadline; std::chrono::system_clock, its usual one, may be set meanwhile.
inline gpr_timespec to_grpc(std::chrono::steady_clock::time_point deadline) {
    auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
        deadline - std::chrono::steady_clock::now());
    return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                        gpr_time_from_nanos(left.count(), GPR_TIMESPAN));
}

}  // namespace cf::etcd
