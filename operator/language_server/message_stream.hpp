// JSON-RPC messages over a pair of descriptors, each behind a header with its length (LSP 3.17,
// base protocol).
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>

namespace operators::lsp {

/// Bytes of one message; a larger one is passed over.
inline constexpr std::size_t message_limit = std::size_t{64} << 20;
/// Bytes of the header before a message.
inline constexpr std::size_t header_limit = 4096;

enum class received : std::uint8_t {
    message,
    too_large,  ///< it was passed over
    end,        ///< the input ended between messages
    broken      ///< a header that says no length, or an end within a message: nothing can follow
};

class message_stream {
  public:
    /// The descriptors are not owned.
    message_stream(int input, int output) : input_(input), output_(output) {}

    /// Waits for the next message and puts its text into `text`.
    received next(std::string& text);
    /// False if the reader has gone.
    bool send(boost::json::object const& message) const;

  private:
    bool fill();
    received read_header(std::size_t& length);
    bool take(std::size_t length, std::string* to);

    int input_;
    int output_;
    std::string buffer_;  ///< read and not taken yet
};

}  // namespace operators::lsp
