# Sourced by the launcher and by its build, so that both start the JVM alike: a start-up cache fits only the options it
# was trained with. exec_java needs jdk, app and compilers, and becomes the JVM.
#
#   SerialGC          smallest footprint and fastest start
#   Xmx               bounds the memory (benchmarks/README.md); ROLLCALL_JAVA_OPTS may raise it
#   Xlog:disable/off  a cache that does not fit any more must slow a start down, not print
#   locale.providers  none but the JDK's own root locale: the SQLite driver asks for a calendar at each start, and
#                     among the locales of the whole world that takes 25 ms to find; Rollcall prints in the root locale
#   native libraries  unpacked at the build, as is the embedding model: SQLite's driver, Zstandard and the runtime of the
#                     model would each unpack theirs into a temporary folder at every start
#   -UsePerfData      no file in /tmp at every start
#
# A short command is over before the optimizing compiler's work pays, so it goes without. Nor does it compile beforehand
# what was busy in the training: that was a fifth of its processor time. A JDK without that option must start all the same.
# A pass over the whole swarm has the optimizing compiler, but spends less on it than is usual: it inlines and unrolls
# less, and does not replace a loop while it runs: what such a loop calls is compiled. The start-up cache tells it how the
# methods behave, so what it compiles is good from the beginning (benchmarks/README.md).
# What a pass keeps of each agent outlives a few collections, and copying that each time costs: its young space is large.
short_lived='-Xmx256m -XX:TieredStopAtLevel=1
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining'
frugal='-XX:MaxInlineLevel=4 -XX:FreqInlineSize=60 -XX:LoopUnrollLimit=0 -XX:-UseSuperWord -XX:-UseOnStackReplacement'
bulk="-Xmx320m -Xmn150m $frugal"
# A report goes over every version and, many times less often, over every agent. Compiling what it does for each agent took
# longer than running it: the optimizing compiler begins four to ten times as late, with what it does for each version.
looking_back="$bulk
    -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=400000"
# What stays for months must cost nothing while nothing happens: a small young space, and the optimizing compiler begins
# twenty times as late. It may use vector instructions: the search compares every passage with a question.
# What the native libraries let go of, most of all the model after a question, goes back to the system once a minute.
long_lived="-Xmx256m -Xmn8m -XX:TrimNativeHeapInterval=60000 -XX:MaxInlineLevel=6 -XX:FreqInlineSize=120
    -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000"

# In a locale without UTF-8 the JVM could not spell the folders of agents whose names are not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
*[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) ;;
*) export LC_ALL=C.UTF-8 ;;
esac

exec_java() {
    # shellcheck disable=SC2086 # options are words
    exec "$jdk/bin/java" $compilers -XX:+UseSerialGC -XX:-UsePerfData \
        -Xlog:disable -Xlog:all=off --enable-native-access=ALL-UNNAMED \
        -Djava.locale.providers=SPI \
        -Dorg.sqlite.lib.path="$app/native" -Dorg.sqlite.lib.name=sqlite -DZstdNativePath="$app/native/zstd" \
        -Donnxruntime.native.path="$app/native" -Drollcall.models="$app/model" \
        ${ROLLCALL_JAVA_OPTS:-} -cp "$app/rollcall.jar:$app/window.jar" "$@"
}
