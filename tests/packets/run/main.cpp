// packet_script: plays packet scripts against the TCP engine in virtual time.
#include "run/runner.hpp"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace {

std::string read(std::string const& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw std::runtime_error(file + ": cannot be read");
    return text.str();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Plays packet scripts against the TCP engine in virtual time; tests/packets/README.md "
        "has the language. Exit status: 0 all as written, 1 not.");
    std::vector<std::string> files;
    bool trace = false;
    app.add_option("FILE", files, "scripts")->required();
    app.add_flag("--trace", trace,
                 "a line for each segment either way (< >), call (-) and event (!)");
    CLI11_PARSE(app, argc, argv);
    int result = 0;
    for (std::string const& file : files) {
        try {
            packets::runner runner(file, trace ? &std::cout : nullptr);
            runner.play(packets::parse(read(file), file));
        } catch (std::runtime_error const& error) {
            std::cerr << error.what() << "\n";
            result = 1;
        }
    }
    return result;
}
