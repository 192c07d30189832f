SOMAXCONN 12 ; right after the mark of UTF-8
