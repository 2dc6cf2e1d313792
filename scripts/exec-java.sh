# Sourced by the launcher and by its build, so that both start the JVM alike: a start-up cache fits only the options it
# was trained with. exec_java needs jdk and app, and becomes the JVM.
#
#   SerialGC          smallest footprint and fastest start
#   Xmx256m           keeps the process below 400 MiB of memory with 100,000 agents; ROLLCALL_JAVA_OPTS may raise it
#   Xlog:disable/off  a cache that does not fit any more must slow a start down, not print
#   -UsePerfData      no file in /tmp at every start
exec_java() {
    # shellcheck disable=SC2086 # options are words
    exec "$jdk/bin/java" -XX:+UseSerialGC -XX:-UsePerfData -Xmx256m -Xlog:disable -Xlog:all=off \
        --enable-native-access=ALL-UNNAMED \
        -Dorg.sqlite.lib.path="$app/native" -Dorg.sqlite.lib.name=sqlite -DZstdNativePath="$app/native/zstd" \
        ${ROLLCALL_JAVA_OPTS:-} -cp "$app/rollcall.jar" "$@"
}
