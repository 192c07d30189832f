#include "cf/structure/settings.hpp"

namespace cf {

char const* name_of(sharing_state state) {
    switch (state) {
        case sharing_state::off:
            return "OFF";
        case sharing_state::enabling:
            return "ENABLING";
        case sharing_state::on:
            return "ON";
        case sharing_state::draining:
            return "DRAINING";
    }
    return "?";
}

char const* name_of(structure_form form) {
    switch (form) {
        case structure_form::bitmap:
            return "BITMAP";
        case structure_form::list:
            return "LIST";
        case structure_form::hashtable:
            return "HASHTABLE";
    }
    return "?";
}

}  // namespace cf
