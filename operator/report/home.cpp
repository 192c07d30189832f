// NETSTAT HOME: the stack's own addresses.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

struct home_row {
    std::string name;
    std::string address;
    std::string type;  ///< loopback, device, virtual, xcf, dvipa
    std::vector<std::string> flags;
    bool active = true;
};

home_row take_row(app::json_members& members) {
    home_row row;
    row.name = members.text("name");
    row.address = members.text("address");
    row.type = members.text("type");
    row.flags = members.texts_or_empty("flags");
    row.active = members.flag("active");
    return row;
}

// What an INTERFACE statement made prints IntfName; loopback, XCF and DVIPA links made by the stack
// print LinkName, unless they are IPv6, which only interfaces have.
std::string name_label(home_row const& row) {
    bool const interface = row.type == "device" || row.type == "virtual" || is_ipv6(row.address);
    return interface ? "IntfName:   " : "LinkName:   ";
}

std::string ipv6_type(home_row const& row) {
    if (row.address == "::1") return "Loopback";
    if (row.address.starts_with("fe8")) return "Link_Local";
    return "Global";
}

// A flag's first letter; an address may carry several.
std::string flag_letters(home_row const& row) {
    std::string letters;
    for (auto const& flag : row.flags)
        letters += flag.substr(0, 1);
    return letters;
}

std::string flag_words(home_row const& row) {
    std::string words;
    for (auto const& flag : row.flags)
        words += "  " + flag;
    if (!row.active) words += "  Unavailable";
    return words;
}

void put_short(screen& to, std::vector<home_row> const& rows) {
    to.put("Address          Link             Flg");
    to.rule("-------          ----             ---");
    for (auto const& row : rows)
        to.put(columns().at(1, row.address).at(18, row.name).at(35, flag_letters(row)).text());
}

// The Flags line is there even when empty: scripts read a fixed number of lines a record.
void put_long(screen& to, std::vector<home_row> const& rows) {
    for (auto const& row : rows) {
        to.put(name_label(row) + row.name);
        to.put("  Address:  " + row.address);
        if (is_ipv6(row.address)) to.put("    Type:   " + ipv6_type(row));
        to.put("    Flags:" + flag_words(row));
    }
}

constexpr row_report<home_row> report{
    .list = "home",
    .title = "Home address list:",
    .take = take_row,
    .has_ipv6 = [](auto const& row) { return is_ipv6(row.address); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen home_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
