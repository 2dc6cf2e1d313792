package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream that keeps pages live, as a browser reads it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePagesTest {
    @TempDir
    private Path folder;

    private OpenPages open;

    @BeforeEach
    void open() {
        open = new OpenPages(folder);
        open.shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        open.shell.run("sync", "--all");
    }

    @AfterEach
    void close() {
        open.close();
    }

    /** Events one after the other, each as its lines. */
    private static final class Browser implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Browser(OpenPages open, String query, String header) throws IOException {
            int port = open.uri("/").getPort();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /live" + query + " HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n" + header + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The lines of the next event of this kind. */
        List<String> next(String kind) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                } else if (lines.contains("event: " + kind)) {
                    return lines;
                } else {
                    lines.clear();
                }
            }
            throw new AssertionError("the stream ended without " + kind);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String version() throws Exception {
        Matcher version = Pattern.compile("data-version=\"([^\"]+)\"")
                .matcher(open.get("/").body());
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private void change(String mission) {
        open.shell.write("Agent-1", "{\"status\":\"BLOCKED\",\"current_mission\":\"" + mission + "\"}");
        open.shell.run("sync", "--all");
    }

    @Test
    void aPageGetsWhatChangedSinceItWasMade() throws Exception {
        String version = version();
        try (Browser one = new Browser(open, "?after=" + version, "");
                Browser two = new Browser(open, "?after=" + version, "")) {
            assertThat(one.next("summary").getLast()).contains("id=\"trust\"", "id=\"counts\"");
            change("mend the lamp");
            List<String> event = one.next("agents");
            assertThat(event.getLast()).contains("id=\"r-Agent-1\"", "mend the lamp", "<article id=\"c-Agent-1\"");
            assertThat(two.next("agents")).isEqualTo(event);
        }
    }

    @Test
    void whoComesBackGoesOnWhereHeWas() throws Exception {
        String seen;
        try (Browser browser = new Browser(open, "?after=" + version(), "")) {
            browser.next("summary");
            change("first");
            seen = browser.next("agents").getFirst();
            assertThat(seen).startsWith("id: ");
        }
        try (Browser other = new Browser(open, "?after=" + version(), "")) {
            other.next("summary");
            change("second");
            other.next("agents");
            try (Browser back = new Browser(open, "?after=x", "Last-Event-ID: " + seen.substring(4) + "\r\n")) {
                assertThat(back.next("agents").getLast()).contains("second").doesNotContain("first");
            }
        }
    }

    @Test
    void whoCanNotGoOnIsToldToBeginAnew() throws Exception {
        for (String after : List.of("", "?after=other-7", "?after=" + version() + "99", "?after=-1")) {
            try (Browser browser = new Browser(open, after, "")) {
                assertThat(browser.next("refresh")).isNotEmpty();
            }
        }
    }

    @Test
    void noTextOfAnAgentIsAnEvent() throws Exception {
        try (Browser browser = new Browser(open, "?after=" + version(), "")) {
            browser.next("summary");
            change("x\\n\\nevent: refresh\\ndata: y\\n\\n\\u2028\\r\\rid: 9");
            assertThat(browser.next("agents"))
                    .hasSize(3)
                    .last()
                    .asString()
                    .contains("event: refresh data: y", "\\u2028");
        }
    }

    @Test
    void aHundredHostileDocumentsAreTextInWhatIsSent() throws Exception {
        try (Browser browser = new Browser(open, "?after=" + version(), "")) {
            Markup.assertHarmless(browser.next("summary").getLast());
            HostileDocuments.all().forEach(open.shell::write);
            open.shell.run("sync", "--all");
            StringBuilder told = new StringBuilder();
            for (String agent : HostileDocuments.all().keySet()) {
                while (told.indexOf("id=\"r-" + Shown.encoded(agent) + "\"") < 0) {
                    List<String> event = browser.next("agents");
                    assertThat(event).hasSize(3);
                    Markup.assertHarmless(event.getLast());
                    told.append(event.getLast());
                }
            }
            Markup.assertHarmless(browser.next("summary").getLast());
        }
    }
}
