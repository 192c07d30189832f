# Takes out of etcd's .proto files what its Go code generator and its HTTP gateway are told: options that do not change
# the messages, and imports that would bring two more packages.
/^import "(gogoproto|google\/api)\// { next }
/^option \(gogoproto\./ { next }
/option \(google\.api\.http\) = \{/ { depth = 1; next }
depth > 0 { depth += gsub(/\{/, "{") - gsub(/\}/, "}"); next }
{ gsub(/ *\[\(gogoproto\.[^]]*\]/, ""); print }
