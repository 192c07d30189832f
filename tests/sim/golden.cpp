#include "golden.hpp"

#include <fstream>
#include <sstream>

namespace sim {

namespace {

bool updating = false;

std::string path_of(std::string const& name) {
    return SIM_GOLDEN_FOLDER "/" + name + ".txt";
}

}  // namespace

void update_golden() {
    updating = true;
}

std::string differs_from_golden(std::string const& name, std::string const& table) {
    if (updating) {
        std::ofstream(path_of(name)) << table;
        return {};
    }
    std::ifstream kept(path_of(name));
    std::istringstream now(table);
    std::string text;
    while (true) {
        std::string was;
        std::string is;
        bool const more = static_cast<bool>(std::getline(kept, was));
        if (!std::getline(now, is) && !more) return text;
        if (was != is) text += "\n  - " + was + "\n  + " + is;
    }
}

}  // namespace sim
