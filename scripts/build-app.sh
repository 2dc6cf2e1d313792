#!/bin/sh
# build-app.sh HOME: builds Rollcall for the launcher into HOME/build, once, however many processes ask for it.
#
#   build/current       which build to run: its folder, its JDK, that JDK's release; replaced by a rename
#   build/app-*/        rollcall.jar, window.jar, native libraries, start-up caches, stamp (the time its build began)
#   build/build.log     what the last build said
#   build/lock/pid      the process that builds
#
# A running process keeps its own build folder: only builds older than the one before are removed.
set -u
home=$1
build=$home/build
log=$build/build.log
. "$home/scripts/find-jdk.sh"
. "$home/scripts/exec-java.sh"

say() {
    echo "$*" >&2
}

sources_newer_than() {
    find "$home/app/src/main" "$home/app/pom.xml" "$home/pom.xml" "$home/scripts" "$home/rollcall" -newer "$1"
}

# Waits while another process builds. A holder that died is pushed aside; of several that try, the rename lets one.
take_lock() {
    waited=0
    until mkdir "$build/lock" 2>/dev/null; do
        holder=''
        [ ! -r "$build/lock/pid" ] || read -r holder <"$build/lock/pid"
        # A fresh lock has no pid for an instant; after 5 s without one its owner was killed.
        if { [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; } || { [ -z "$holder" ] && [ "$waited" -ge 5 ]; }; then
            mv "$build/lock" "$build/lock-stale-$$" 2>/dev/null && rm -rf "$build/lock-stale-$$"
            continue
        fi
        [ "$waited" -gt 0 ] || say "Waiting for another process that is building Rollcall (pid ${holder:-not known yet}) ..."
        waited=$((waited + 1))
        sleep 1
    done
    echo $$ >"$build/lock/pid"
}

finish() {
    status=$?
    # A training in the background would write on into what is removed here.
    wait
    [ -f "$app/complete" ] || rm -rf "$app"
    rm -rf "$build/lock"
    exit $status
}

fail() {
    say "error: build Rollcall: $1; the last lines of $log:"
    tail -n 25 "$log" >&2
    say "hint: Mend what they name and start rollcall again. The first build needs the network, to download its parts from Maven Central."
    exit 70
}

run_maven() {
    commit=$(git -C "$home" rev-parse --short=12 HEAD 2>/dev/null) || commit=unknown
    [ -z "$(git -C "$home" status --porcelain -- app/src/main pom.xml app/pom.xml 2>/dev/null)" ] || commit=$commit-modified
    (
        cd "$home" || exit
        JAVA_HOME=$jdk MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1" ./mvnw -q -B -Dstyle.color=never -pl app package \
            -Drollcall.launcher -Drollcall.target="$app/maven" -Drollcall.commit="$commit"
    ) >>"$log" 2>&1 </dev/null
}

# train KIND: makes the start-up cache KIND.aot, short or whole (TrainingRun). It holds the classes of a typical session,
# loaded and linked. Without it Rollcall runs, but starts slowly.
train() {
    mkdir "$app/training-$1"
    # Not as it runs later: what the cache is to know of the methods comes from the optimizing compiler's tiers.
    compilers='-Xmx256m -XX:TieredStopAtLevel=4'
    (
        cd "$app/training-$1" || exit
        # The session must not see the configuration of whoever happens to start rollcall first, least of all its database.
        for name in $(env | sed -n 's/^\(ROLLCALL_[A-Z_]*\)=.*/\1/p'); do
            unset "$name"
        done
        (exec_java -XX:AOTMode=record -XX:AOTConfiguration=classes dev.rollcall.cli.TrainingRun "$PWD" "$1") &&
            exec_java -XX:AOTMode=create -XX:AOTConfiguration=classes -XX:AOTCache="$app/$1.aot"
    ) >"$app/training-$1.log" 2>&1 </dev/null
    cat "$app/training-$1.log" >>"$log"
    rm -rf "$app/training-$1" "$app/training-$1.log"
    [ -f "$app/$1.aot" ] || say "warning: a start-up cache could not be made, starts will be slower; see $log"
}

# Removes all builds but the newest two, by the age of their stamps (the names sort by time).
remove_old_builds() {
    kept=0
    for old in $(cd "$build" && printf '%s\n' app-*/ | sort -r); do
        kept=$((kept + 1))
        [ "$kept" -le 2 ] || rm -rf "${build:?}/$old"
    done
}

# Copies of the launcher on PATH find the checkout through this note.
note_home() {
    cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
    noted=''
    [ ! -r "$cache/rollcall/home" ] || read -r noted <"$cache/rollcall/home"
    [ "$noted" != "$home" ] || return 0
    mkdir -p "$cache/rollcall" 2>/dev/null && echo "$home" >"$cache/rollcall/home" 2>/dev/null || return 0
    say "Noted this checkout in $cache/rollcall/home, where copies of the launcher look for it."
}

is_built() {
    [ -r "$build/current" ] || return 1
    { read -r newest && read -r its_jdk; } <"$build/current"
    [ -x "$its_jdk/bin/java" ] && [ "${ROLLCALL_JAVA_HOME:-$its_jdk}" = "$its_jdk" ] || return 1
    [ -r "$build/$newest/stamp" ] && [ -z "$(sources_newer_than "$build/$newest/stamp")" ] && [ "$waited" -gt 0 ]
}

find_jdk || exit 70
if ! mkdir -p "$build" 2>/dev/null || [ ! -w "$build" ]; then
    say "error: build Rollcall: $build can not be written"
    say "hint: Rollcall builds itself there once. Make the folder writable for that, or use a checkout of your own."
    exit 70
fi
app=$build/app-$(date -u +%Y%m%dT%H%M%S)-$$
take_lock
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
! is_built || exit 0

say "Building Rollcall (once, a minute or two; the first time also downloads) ..."
mkdir "$app" && : >"$app/stamp" && : >"$log" || exit 70
# A source from the future, after the clock was set back, must not cause a build at every start.
sources_newer_than "$app/stamp" | while read -r source; do
    touch -r "$source" "$app/stamp"
done
run_maven || fail "Maven ended with an error"
"$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$app/maven/lib/*" "$home/scripts/AssembleApp.java" \
    "$app/maven" "$app" >>"$log" 2>&1 || fail "the parts could not be put together"
rm -rf "$app/maven"
say "Preparing the start-up caches ..."
train short &
train whole
wait
: >"$app/complete"
{
    echo "${app##*/}"
    echo "$jdk"
    sed -n '/^JAVA_RUNTIME_VERSION=/p' "$jdk/release"
} >"$build/current.new"
mv -f "$build/current.new" "$build/current"
remove_old_builds
note_home
say "Done."
