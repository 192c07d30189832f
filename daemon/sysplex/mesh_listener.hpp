// What the XCF links bring besides packets.
#pragma once

#include "stack/shard/member.hpp"

#include <cstdint>
#include <string_view>

namespace tcpplexd {

/// What a control message is about; its contents are JSON. Sent: never renumber.
enum class control_kind : std::uint16_t {
    definitions = 1,  ///< see definitions.hpp
    recall = 2,       ///< see recall_message.hpp
    settle = 3,       ///< see settle_message.hpp
    report = 4        ///< see report_message.hpp
};

/// Hears what the links bring, except packets and notices: those go straight to the shard.
class mesh_listener {
  public:
    virtual ~mesh_listener() = default;
    /// Whether a member has this id and this name; a link to anybody else is closed.
    virtual bool is_member(stack::member_id peer, std::string_view name) = 0;
    virtual void on_link_up(stack::member_id peer) = 0;
    virtual void on_control(stack::member_id from, control_kind kind, std::string_view text) = 0;
};

}  // namespace tcpplexd
