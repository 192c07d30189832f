// Many accepted connections at once, each echoed or answered with a file.
#pragma once

#include "app/client.hpp"
#include "operator/listen/options.hpp"
#include "operator/listen/session.hpp"
#include "operator/stream/poller.hpp"
#include "operator/stream/signals.hpp"

#include <map>
#include <memory>

namespace operators {

/// Opens what `options` serves; an empty file without --serve-file.
app::result<served_file> open_served(listen_options const& options);

class stream_server {
  public:
    /// All must outlive the server.
    stream_server(app::client& stack, std::uint64_t listener, listen_options const& options,
                  served_file const& file);

    /// Serves until a signal comes or the wanted number of connections has been served. An error is
    /// one of the control connection; one of a single connection ends that alone.
    app::result<void> run();

  private:
    app::result<void> take_accepted();
    void accept_more();
    void start(app::answer came);
    void advance(std::uint64_t id);
    bool finished() const { return options_.count && served_ >= *options_.count; }

    app::client& stack_;
    std::uint64_t listener_;
    listen_options const& options_;
    served_file const& file_;
    poller poller_;
    end_signals signals_;
    std::map<std::uint64_t, std::unique_ptr<session>> sessions_;
    std::size_t accepted_ = 0;
    std::size_t served_ = 0;
};

}  // namespace operators
