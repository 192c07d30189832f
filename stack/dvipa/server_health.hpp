// How the servers of a target do: what is measured there for the owners of its DVIPAs.
#pragma once

#include "stack/dvipa/recent_rate.hpp"
#include "stack/shard/target_report.hpp"

#include <map>
#include <vector>

namespace stack::dvipa {

/// Compares what listeners have counted from one second to the next.
class server_health {
  public:
    /// A second is over. Services that are not in `counted` any more are forgotten; one that is new
    /// has done nothing yet.
    void measure(served_services const& counted);
    /// Of the services that are not as well as can be.
    std::vector<service_health> const& found() const { return found_; }

  private:
    struct record {
        tcp::service_counts before;
        recent_rate established;
        recent_rate accepted;
    };
    static service_health look(endpoint const& service, tcp::service_counts const& now,
                               record& known);

    std::map<endpoint, record> records_;
    std::vector<service_health> found_;
};

}  // namespace stack::dvipa
