// NETSTAT ALL: everything about each TCP endpoint and UDP socket.
#include "operator/report/columns.hpp"
#include "operator/report/connection_row.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

using lines = std::vector<std::string>;

struct detail_row {
    connection_row name;
    lines details;
};

struct field {
    std::string_view label;
    std::string value;
};

std::string in_columns(field const& one, field const& two) {
    return columns().at(5, one.label).at(25, one.value).at(39, two.label).at(59, two.value).text();
}

std::string in_columns(field const& one) {
    return columns().at(5, one.label).at(25, one.value).text();
}

/// The members of a document as fields of the screen.
class reading {
  public:
    explicit reading(app::json_members& from) : from_(from) {}

    std::uint64_t value(std::string_view member) { return take_count(from_, member); }
    field count(std::string_view label, std::string_view member) {
        return {label, zero_filled(value(member), 10)};
    }
    field yes_or_no(std::string_view label, std::string_view member) {
        return {label, from_.flag(member) ? "Yes" : "No"};
    }
    /// Of microseconds, as z/OS shows the milliseconds of a round trip.
    field milliseconds(std::string_view label, std::string_view member) {
        auto const micro = value(member);
        return {label, std::to_string(micro / 1000) + "." + zero_filled(micro % 1000, 3)};
    }
    field text(std::string_view label, std::string_view member) {
        return {label, upper_case(from_.text(member))};
    }

  private:
    app::json_members& from_;
};

field number(std::string_view label, std::uint64_t sequence_number) {
    return {label, zero_filled(sequence_number & 0xffffffff, 10)};
}

/// What z/OS shows, as far as it is known here.
void put_zos(lines& to, reading from, std::string const& state) {
    auto const rcv_nxt = from.value("rcvNxt");
    auto const snd_una = from.value("sndUna");
    auto const queued = from.value("unacked") + from.value("unsent");
    to.push_back(
        in_columns(from.count("BytesIn:", "bytesIn"), from.count("BytesOut:", "bytesOut")));
    to.push_back(in_columns({"State:", state}));
    to.push_back(in_columns(number("RcvNxt:", rcv_nxt), from.count("SndNxt:", "sndNxt")));
    to.push_back(in_columns(number("ClientRcvNxt:", rcv_nxt - from.value("unread")),
                            number("ClientSndNxt:", snd_una + queued)));
    to.push_back(
        in_columns(from.count("InitRcvSeqNum:", "irs"), from.count("InitSndSeqNum:", "iss")));
    to.push_back(in_columns(from.count("CongestionWindow:", "congestionWindow"),
                            from.count("SlowStartThreshold:", "slowStartThreshold")));
    to.push_back(in_columns(number("IncomingWindowNum:", rcv_nxt + from.value("rcvWnd")),
                            number("OutgoingWindowNum:", snd_una + from.value("sndWnd"))));
    to.push_back(in_columns(from.count("SndWl1:", "sndWl1"), from.count("SndWl2:", "sndWl2")));
    to.push_back(
        in_columns(from.count("SndWnd:", "sndWnd"), from.count("MaxSndWnd:", "maxSndWnd")));
    to.push_back(in_columns(number("SndUna:", snd_una), from.count("rtt_seq:", "rttSeq")));
    to.push_back(in_columns(from.count("MaximumSegmentSize:", "mss")));
    to.push_back("    Round-trip information:");
    to.push_back(in_columns(from.milliseconds("  Smooth trip time:", "smoothedRtt")));
    to.push_back(
        in_columns(from.count("ReXmtCount:", "retransmits"), from.count("RcvWnd:", "rcvWnd")));
    to.push_back(in_columns(from.yes_or_no("DelayAck:", "delayedAcks")));
    to.push_back(in_columns(from.count("ReceiveBufferSize:", "receiveBuffer"),
                            from.count("SendBufferSize:", "sendBuffer")));
    to.push_back(in_columns(from.count("ReceiveDataQueued:", "unread")));
    to.push_back(in_columns(number("SendDataQueued:", queued)));
}

void put_own(lines& to, reading from) {
    to.push_back("    tcpplex:");
    to.push_back(in_columns(from.count("  SendDataUnacked:", "unacked"),
                            from.count("SendDataUnsent:", "unsent")));
    to.push_back(in_columns(from.milliseconds("  RetransmitTime:", "rto"),
                            from.milliseconds("SinceDataSent:", "sinceSent")));
    to.push_back(in_columns(from.count("  RcvWindowScale:", "rcvWindowScale"),
                            from.count("SndWindowScale:", "sndWindowScale")));
    to.push_back(in_columns(from.yes_or_no("  SelectiveACK:", "sack"),
                            from.yes_or_no("TcpTimeStamp:", "timestamps")));
    to.push_back(
        in_columns(from.yes_or_no("  ECN:", "ecn"), from.text("Congestion:", "congestion")));
    to.push_back(in_columns(from.yes_or_no("  Nagle:", "nagle"), from.yes_or_no("Cork:", "cork")));
    to.push_back(in_columns(from.yes_or_no("  KeepAlive:", "keepalive"),
                            from.count("KeepAliveProbes:", "keepaliveProbes")));
}

lines datagram_details(reading from) {
    return {
        in_columns(from.count("BytesIn:", "bytesIn"), from.count("BytesOut:", "bytesOut")),
        in_columns(from.count("DgramIn:", "datagramsIn"), from.count("DgramOut:", "datagramsOut")),
        in_columns({"State:", "UDP"}),
        in_columns(from.count("ReceiveMsgCnt:", "queued")),
        "    tcpplex:",
        in_columns(from.count("  DgramLost:", "datagramsLost"))};
}

detail_row take_row(app::json_members& members) {
    detail_row row{take_connection(members), {}};
    if (row.name.is_udp()) {
        row.details = datagram_details(reading(members));
        return row;
    }
    // Listeners, half-open connections and those in TIME-WAIT have nothing more to tell.
    auto const* const object = members.optional_object("detail");
    if (object == nullptr) {
        row.details = {in_columns({"State:", row.name.state})};
        return row;
    }
    app::json_members detail(*object, members.path_of("detail"), members.others());
    put_zos(row.details, reading(detail), row.name.state);
    put_own(row.details, reading(detail));
    members.include(detail);
    return row;
}

void put_rows(screen& to, std::vector<detail_row> const& rows) {
    for (auto const& row : rows) {
        auto const& name = row.name;
        to.put(columns().at(1, "Client Name: " + name.user).at(39, "Client Id: " + name.id).text());
        if (to.shape == layout::long_lines) {
            to.put("  Local Socket:   " + name.local.text());
            to.put("  Foreign Socket: " + name.foreign_text());
        } else {
            to.put(columns()
                       .at(3, "Local Socket: " + name.local.text())
                       .at(39, "Foreign Socket: " + name.foreign_text())
                       .text());
        }
        for (auto const& line : row.details)
            to.put(line);
    }
}

constexpr row_report<detail_row> report{
    .list = "connections",
    .title = "",
    .take = take_row,
    .has_ipv6 = [](auto const& row) { return row.name.has_ipv6(); },
    .put_short = put_rows,
    .put_long = put_rows,
};

}  // namespace

screen connection_details_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
