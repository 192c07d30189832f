// What all stacks agree on about one DVIPA: whether, and how, its ports are shared.
#pragma once

#include <cstdint>
#include <string>

namespace cf {

/// OFF -> ENABLING -> ON -> DRAINING -> OFF. Values are stored: never renumber.
enum class sharing_state : std::uint8_t { off = 0, enabling = 1, on = 2, draining = 3 };

/// How the first structure tells which ports are available. Values are stored: never renumber.
enum class structure_form : std::uint8_t { bitmap = 0, list = 1, hashtable = 2 };

/// A number of ports that can be given to a stack at once.
constexpr bool is_grain(std::uint16_t grain) {
    return grain == 1 || grain == 64 || grain == 128 || grain == 256 || grain == 512 ||
           grain == 1024;
}

struct dvipa_settings {
    sharing_state state = sharing_state::off;
    structure_form form = structure_form::bitmap;
    std::uint16_t grain = 1;       ///< ports given to a stack at once: 1, 64 .. 1024
    std::uint32_t generation = 0;  ///< grows with each switching on
    std::uint8_t set_by_slot = 0;  ///< who switched sharing on last
    std::uint32_t set_by_incarnation = 0;
    std::uint16_t first_port = 0;  ///< LIST: the ports that the list was made of
    std::uint16_t last_port = 0;

    friend constexpr bool operator==(dvipa_settings const&, dvipa_settings const&) = default;
};

/// What switching on asks for.
struct sharing_request {
    structure_form form = structure_form::bitmap;
    std::uint16_t grain = 1;
    std::uint16_t first_port = 1024;  ///< LIST: the list is made of these ports
    std::uint16_t last_port = 65535;
};

/// "OFF", "ENABLING", "ON", "DRAINING".
char const* name_of(sharing_state state);
/// "BITMAP", "LIST", "HASHTABLE".
char const* name_of(structure_form form);

}  // namespace cf
