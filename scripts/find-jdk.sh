# Sourced by the launcher's build and by ./check: find_jdk sets jdk to the home of a JDK 25 or newer.
# Reads each JDK's release file instead of starting it, which would take 50 ms apiece.

minimum_jdk=25

# is_jdk HOME: a complete JDK (with javac) that is new enough
is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        [ "$key" = JAVA_VERSION ] || continue
        version=${value#\"}
        version=${version%%[!0-9]*}
        [ -n "$version" ] && [ "$version" -ge "$minimum_jdk" ]
        return
    done <"$1/release"
    return 1
}

# The home of the java that PATH finds, through its links (/usr/bin/java is usually two links away from its JDK).
jdk_on_path() {
    on_path=$(command -v java) || return 1
    while [ -L "$on_path" ]; do
        link=$(readlink "$on_path")
        case $link in
        /*) on_path=$link ;;
        *) on_path=${on_path%/*}/$link ;;
        esac
    done
    on_path=${on_path%/*}
    echo "${on_path%/*}"
}

find_jdk() {
    if [ -n "${ROLLCALL_JAVA_HOME:-}" ]; then
        jdk=$ROLLCALL_JAVA_HOME
        is_jdk "$jdk" && return
        echo "error: find a JDK: ROLLCALL_JAVA_HOME is $jdk, which is no JDK $minimum_jdk or newer" >&2
        echo "hint: Point ROLLCALL_JAVA_HOME to one, or unset it to have the usual folders searched." >&2
        return 1
    fi
    for jdk in "${JAVA_HOME:-/nonexistent}" "$(jdk_on_path)" /usr/lib/jvm/* /usr/java/* /opt/* /opt/*/*jdk* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        is_jdk "$jdk" && return
    done
    jdk=''
    echo "error: find a JDK: Rollcall needs a JDK $minimum_jdk or newer, and none was found in ROLLCALL_JAVA_HOME," \
        "JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks or /Library/Java" >&2
    echo "hint: Install one, for example Eclipse Temurin $minimum_jdk from https://adoptium.net, and set JAVA_HOME to its folder." >&2
    return 1
}
