package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whatever stands in a path reaches the service manager unchanged. */
class ServiceFilesTest {
    private static final List<String> ODD = List.of(
            "/home/me/night shift",
            "/50%/%h/%%",
            "/a\"b'c`d",
            "/back\\slash\\",
            "/$HOME/${HOME}/$$",
            "/<b>&amp;]]></string>",
            "/x -- y; #z",
            "/\u00e9\u4e16\ud83d\ude80",
            "/\u202egnp.sh\u202c\u200b \udb40\udc49",
            "~",
            ";",
            "--swarm= a ");

    private static final SequencedMap<String, String> VARIABLES = new TreeMap<>(
            Map.of("ROLLCALL_CONFIG", "/c d/%\"$x\\/<&>/rollcall.toml", "ROLLCALL_JAVA_OPTS", "-Xmx1g -Da='b'"));

    private static final WatchJob JOB = new WatchJob("night-shift-0badcafe", odd(), VARIABLES);

    @TempDir
    Path folder;

    @Test
    void systemdReadsEveryWordAsItWas() {
        SystemdReading unit = SystemdReading.of(SystemdUnit.text(JOB));

        assertThat(unit.command()).isEqualTo(JOB.words());
        assertThat(unit.environment()).isEqualTo(VARIABLES);
        assertThat(unit.values("Restart")).containsExactly("on-failure");
    }

    @Test
    void systemdItselfFindsNothingWrongWhereItIsInstalled() throws Exception {
        Path unit = Files.writeString(folder.resolve("rollcall-" + JOB.name() + ".service"), SystemdUnit.text(JOB));
        Path analyzer = Path.of("/usr/bin/systemd-analyze");
        Path said = folder.resolve("said");
        ProcessBuilder verify = new ProcessBuilder(
                        Files.isExecutable(analyzer)
                                ? List.of(analyzer.toString(), "verify", "--user", unit.toString())
                                : List.of("true"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        // Where nobody is logged in there is none.
        verify.environment().put("XDG_RUNTIME_DIR", folder.toString());
        Process process = verify.start();

        assertThat(process.waitFor())
                .as("verify said %s", Files.readString(said))
                .isZero();
        assertThat(Files.readString(said)).doesNotContain(unit.getFileName().toString());
    }

    @Test
    void anXmlParserReadsEveryWordOfThePlistAsItWas() throws Exception {
        Map<String, Object> plist = plist(LaunchdPlist.text(JOB, "/Users/me & you"));

        assertThat(plist.get("Label")).isEqualTo("dev.rollcall.night-shift-0badcafe");
        assertThat(plist.get("ProgramArguments")).isEqualTo(JOB.words());
        assertThat(plist.get("EnvironmentVariables")).isEqualTo(VARIABLES);
        assertThat(plist.get("RunAtLoad")).isEqualTo(true);
        assertThat(plist.get("KeepAlive")).isEqualTo(Map.of("SuccessfulExit", false));
        assertThat(plist.get("StandardErrorPath"))
                .isEqualTo("/Users/me & you/Library/Logs/dev.rollcall.night-shift-0badcafe.log");
    }

    @Test
    void whoReadsThemSeesEveryCharacterThatIsInThem() {
        HostileSwarm.assertVisible("systemd", SystemdUnit.text(JOB));
        HostileSwarm.assertVisible("launchd", LaunchdPlist.text(JOB, "/Users/me\u202e"));
    }

    @Test
    void aPathThatNoServiceFileCanHoldIsRefused() {
        for (String path : List.of("/a\nExecStartPre=/b", "/a\u0000", "/a\ud800", "/a\uffff", "/a\u0085")) {
            assertThatThrownBy(() -> new WatchJob("n", List.of("/bin/sh", path), VARIABLES))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("can not stand in a service's file");
        }
    }

    @Test
    void everyRootAndSwarmHasANameOfItsOwnThatIsFitForAFile() {
        assertThat(List.of(
                        WatchJob.name("ship", "/ship/agents", "default"),
                        WatchJob.name("ship", "/ship/agents", "night"),
                        WatchJob.name("ship", "/other/ship/agents", "default"),
                        WatchJob.name("--My \u00e9 -- Ship--", "/x", "default"),
                        WatchJob.name("", "/agents", "default")))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    private static List<String> odd() {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "/check out/rollcall"));
        ODD.forEach(path -> words.add("--root=" + path));
        words.addAll(ODD);
        return words;
    }

    private static Map<String, Object> plist(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        Element plist = builder.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        @SuppressWarnings("unchecked")
        Map<String, Object> members =
                (Map<String, Object>) value(children(plist).getFirst());
        return members;
    }

    private static Object value(Element element) throws IOException {
        return switch (element.getTagName()) {
            case "string" -> element.getTextContent();
            case "true" -> true;
            case "false" -> false;
            case "array" -> {
                List<Object> values = new ArrayList<>();
                for (Element child : children(element)) {
                    values.add(value(child));
                }
                yield values;
            }
            case "dict" -> {
                Map<String, Object> members = new LinkedHashMap<>();
                List<Element> all = children(element);
                for (int i = 0; i < all.size(); i += 2) {
                    assertThat(all.get(i).getTagName()).isEqualTo("key");
                    members.put(all.get(i).getTextContent(), value(all.get(i + 1)));
                }
                yield members;
            }
            default -> throw new IOException("no plist has " + element.getTagName());
        };
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
