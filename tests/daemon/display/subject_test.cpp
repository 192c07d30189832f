// Which rows a display's filter wants.
#include "daemon/display/subject.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {

bool wants(std::string_view pattern, std::string_view job) {
    display_filter filter;
    filter.client = pattern;
    return filter.wants_client(job);
}

TEST(display_filter, without_a_client_wants_every_job) {
    EXPECT_TRUE(wants("", "FTPD1"));
    EXPECT_TRUE(wants("", ""));
}

TEST(display_filter, takes_an_asterisk_for_any_characters) {
    EXPECT_TRUE(wants("FTP*", "FTPD1"));
    EXPECT_TRUE(wants("FTPD1*", "FTPD1"));
    EXPECT_TRUE(wants("*", ""));
    EXPECT_TRUE(wants("*1", "FTPD1"));
    EXPECT_TRUE(wants("F*D*1", "FTPD1D1"));
    EXPECT_FALSE(wants("F*D", "FTPD1"));
    EXPECT_FALSE(wants("FTP*", "SFTP"));
}

TEST(display_filter, takes_a_question_mark_for_one_character) {
    EXPECT_TRUE(wants("FTPD?", "FTPD1"));
    EXPECT_FALSE(wants("FTPD?", "FTPD"));
    EXPECT_FALSE(wants("FTPD?", "FTPD12"));
    EXPECT_TRUE(wants("?*?", "FTPD1"));
    EXPECT_FALSE(wants("?*?", "F"));
}

TEST(display_filter, without_either_takes_the_name_itself) {
    EXPECT_TRUE(wants("FTPD1", "FTPD1"));
    EXPECT_FALSE(wants("FTPD", "FTPD1"));
    EXPECT_FALSE(wants("FTPD1", "FTPD"));
}

}  // namespace tcpplexd
