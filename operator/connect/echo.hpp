// One connection of a batch: sends the bytes and, if asked, awaits exactly these back.
#pragma once

#include "app/descriptor.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace operators {

/// Driven by readiness; never waits.
class echo_exchange {
  public:
    enum class state : std::uint8_t {
        busy,
        done,    ///< everything was sent and, if expected, came back
        failed,  ///< error() says why
    };

    /// Takes the stream; `bytes` must outlive it.
    echo_exchange(app::descriptor stream, std::string_view bytes, bool expect_echo);

    /// Reads and writes what can be done now.
    state advance();
    /// An errno value; EPROTO if other bytes came back.
    int error() const { return error_; }
    /// After done: whether the connection is still as it should be. Call when the stream is ready.
    bool still_open();
    /// After done: sends FIN. The stream then is to be read until its end.
    void half_close();
    /// After half_close: whether the peer has closed too; other bytes are thrown away.
    state await_end();

    int native() const { return stream_.get(); }
    std::uint32_t wanted_events() const;

  private:
    state fail(int code);
    bool send_some();
    bool receive_some();

    app::descriptor stream_;
    std::string_view bytes_;
    std::size_t sent_ = 0;
    std::size_t returned_ = 0;
    int error_ = 0;
    bool expect_echo_;
};

}  // namespace operators
