package dev.rollcall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts ./rollcall as a process, in copies of the checkout. */
final class LauncherTest {
    private static final List<String> NEEDED =
            List.of("rollcall", "mvnw", ".mvn", "scripts", "pom.xml", "app/pom.xml", "app/src/main");

    @TempDir
    Path folder;

    /** How a process ended. */
    private record Ending(int exitCode, String out, String err) {}

    /** A process that is still running, and the files that its output goes to. */
    private record Started(Process process, Path out, Path err) {
        Ending end() throws IOException, InterruptedException {
            return new Ending(process.waitFor(), Files.readString(out), Files.readString(err));
        }
    }

    @BeforeEach
    void needsAShell() {
        assumeThat(Path.of("/bin/sh")).as("a POSIX shell").exists();
    }

    @Test
    void twoFirstStartsOfAFreshCheckoutBuildItOnceAndLaterStartsAreSilent() throws Exception {
        Path checkout = copyOfTheCheckout();
        Started first = start(Map.of(), checkout.resolve("rollcall").toString(), "--version");
        Started second = start(Map.of(), checkout.resolve("rollcall").toString(), "--version");
        List<Ending> endings = List.of(first.end(), second.end());
        assertThat(endings)
                .extracting(Ending::err)
                .filteredOn(err -> err.contains("Building Rollcall"))
                .hasSize(1);
        assertThat(endings)
                .extracting(Ending::exitCode)
                .as("exit codes of %s", endings)
                .containsOnly(0);
        assertThat(builds(checkout)).hasSize(1).allSatisfy(build -> {
            assertThat(build.resolve("short.aot")).exists();
            assertThat(build.resolve("whole.aot")).exists();
            assertThat(build.resolve("model/all-minilm-l6-v2-q.onnx")).exists();
            assertThat(Files.size(build.resolve("rollcall.jar")))
                    .as("bytes of a jar without model and native libraries")
                    .isLessThan(25_000_000);
            assertThat(typeSwitches(build.resolve("rollcall.jar"))).isEmpty();
        });

        Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("rollcall"));
        Path copy =
                Files.copy(checkout.resolve("rollcall"), folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        for (Path launcher : List.of(link, copy)) {
            Ending later = start(Map.of(), launcher.toString(), "--version").end();
            assertThat(later).isEqualTo(new Ending(0, endings.getFirst().out(), ""));
        }
        Path agent = Files.createDirectories(folder.resolve("agent_workspaces/Agent-1"));
        Files.writeString(
                agent.resolve("status.json"), "{\"status\": \"ACTIVE\", \"blockers\": [\"none\", {\"a\": 1}]}");
        Ending synced = start(
                        Map.of(),
                        link.toString(),
                        "sync",
                        "--all",
                        "--root",
                        agent.getParent().toString())
                .end();
        assertThat(synced.out()).startsWith("1 agent: 1 recorded");
        aServiceStartsTheLauncherOf(checkout, copy);
        theStartUpCacheHasWhatAQuestionToAWatchNeeds(link);

        Path source = checkout.resolve("app/src/main/java/dev/rollcall/cli/Main.java");
        Files.writeString(source, "this is not Java");
        Ending broken = start(Map.of(), link.toString(), "--version").end();
        assertThat(broken.exitCode()).isEqualTo(70);
        assertThat(broken.err()).contains("error: build Rollcall", "Main.java", "hint:");
        assertThat(broken.out()).isEmpty();
    }

    /** Whatever the launcher was called as; every path is absolute. */
    private void aServiceStartsTheLauncherOf(Path checkout, Path called) throws Exception {
        Ending unit = start(
                        Map.of("ROLLCALL_QUIET_FOR", "2h"),
                        called.toString(),
                        "service",
                        "systemd",
                        "--root",
                        "50%/agents",
                        "--db=jdbc:sqlite:r.db")
                .end();
        Path here = folder.toRealPath();
        assertThat(unit.exitCode()).as("%s", unit).isZero();
        assertThat(unit.out().lines())
                .contains("Environment=\"ROLLCALL_QUIET_FOR=2h\"")
                .contains("ExecStart=\"/bin/sh\" \"" + checkout.toRealPath().resolve("rollcall")
                        + "\" \"watch\" \"--root=" + here.resolve("50%%/agents") + "\" \"--db=" + here.resolve("r.db")
                        + "\" \"--swarm=default\"");
    }

    private void theStartUpCacheHasWhatAQuestionToAWatchNeeds(Path launcher) throws Exception {
        Path log = folder.resolve("loaded");
        Map<String, String> logging = Map.of("ROLLCALL_JAVA_OPTS", "-Xlog:class+load:file=" + log + ":none");
        assertThat(start(logging, launcher.toString(), "--version").end().exitCode())
                .isZero();
        assertThat(Files.readString(log))
                .contains("sun.nio.ch.UnixDomainSockets source: shared objects file")
                .contains("dev.rollcall.app.AnswerLines source: shared objects file");
    }

    @Test
    void aCopyThatKnowsNoCheckoutNamesTheVariableThatHelps() throws Exception {
        Path copy = Files.copy(root().resolve("rollcall"), folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Ending ending = start(Map.of(), copy.toString(), "--version").end();
        assertThat(ending.exitCode()).isEqualTo(70);
        assertThat(ending.err()).contains("error: start rollcall", "hint: Set ROLLCALL_HOME");
    }

    @Test
    void ofTwoJdksTheOneThatIsNewEnoughIsFound() throws Exception {
        Path old = jdk("old", "21.0.9");
        Path recent = jdk("recent", "26");
        Ending ending = findJdk(Map.of("JAVA_HOME", old.toString(), "PATH", recent.resolve("bin") + ":/usr/bin:/bin"));
        assertThat(ending).isEqualTo(new Ending(0, recent + "\n", ""));
    }

    @Test
    void aChosenJdkThatIsTooOldIsNamed() throws Exception {
        Path old = jdk("old", "1.8.0_462");
        Ending ending = findJdk(Map.of("ROLLCALL_JAVA_HOME", old.toString()));
        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.err()).contains("error: find a JDK: ROLLCALL_JAVA_HOME is " + old, "hint:");
    }

    private Ending findJdk(Map<String, String> environment) throws Exception {
        String script = ". '" + root().resolve("scripts/find-jdk.sh") + "'; find_jdk && echo \"$jdk\"";
        return start(environment, "/bin/sh", "-c", script).end();
    }

    /** A folder that looks like a JDK to whoever does not start it. */
    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Started start(Map<String, String> environment, String... command) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_") || name.startsWith("MAVEN"));
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    private Path copyOfTheCheckout() throws IOException {
        Path checkout = Files.createDirectory(folder.resolve("check out"));
        for (String name : NEEDED) {
            Path from = root().resolve(name);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = checkout.resolve(root().relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return checkout;
    }

    private static List<Path> builds(Path checkout) throws IOException {
        List<Path> builds = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(checkout.resolve("build"), "app-*")) {
            folders.forEach(builds::add);
        }
        return builds;
    }

    private static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** Classes of ours whose switches over types the JVM would have to link at every start. */
    private static List<String> typeSwitches(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> paths = Files.walk(files.getPath("/dev/rollcall"))) {
            return paths.filter(path -> path.toString().endsWith(".class"))
                    .filter(LauncherTest::hasTypeSwitch)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean hasTypeSwitch(Path classFile) {
        try {
            return ClassFile.of().parse(classFile).methods().stream()
                    .flatMap(method -> method.code().stream())
                    .flatMap(code -> code.elementStream())
                    .anyMatch(element -> element instanceof InvokeDynamicInstruction dynamic
                            && dynamic.bootstrapMethod().methodName().equals("typeSwitch"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
