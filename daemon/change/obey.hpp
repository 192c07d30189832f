// VARY OBEYFILE: a change of the running configuration, carried out whole or not at all.
#pragma once

#include "app/message/reply.hpp"
#include "app/message/request.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tcpplexd {

class node;

/// One command under way. What can fail comes first: text, configuration, the other stacks'
/// definitions, devices, the barriers of what is to be shared; then the configuration is taken
/// over, and what is to be shared no more drains.
class obey_command : public std::enable_shared_from_this<obey_command> {
  public:
    using finished = std::function<void(app::reply_body)>;
    static void run(node& on, app::obeyfile_request const& asked, finished done);

  private:
    obey_command(node& on, finished done) : node_(on), done_(std::move(done)) {}
    void start(app::obeyfile_request const& asked);
    void plan_sharing();
    void switch_on_next();
    void take_over();
    void fail(std::string reason);
    void finish(app::reply_body body);

    struct plan;
    node& node_;
    finished done_;
    std::string name_;
    std::vector<std::string> messages_;
    std::shared_ptr<plan> plan_;
};

}  // namespace tcpplexd
