package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a server gives them, before any script has run. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PagesTest {
    @TempDir
    private Path folder;

    private static String words(HttpResponse<String> page) {
        return page.body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void aHundredHostileDocumentsAreTextOnEveryPage() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            assertThat(HostileDocuments.all()).hasSize(100);
            HostileDocuments.all().forEach(open.shell::write);
            open.shell.run("sync", "--all");
            for (String page : Stream.concat(
                            Stream.of("/", "/trust", "/swarm", "/?q=%3Cscript%3E%22&sort=%22%3E&state=%27"),
                            HostileDocuments.all().keySet().stream().map(agent -> "/agents/" + Shown.encoded(agent)))
                    .toList()) {
                HttpResponse<String> answer = open.get(page);
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                Markup.assertHarmless(answer.body());
                assertThat(answer.body().length()).as("size of " + page).isLessThan(1_500_000);
            }
            Markup.assertHarmless(open.get("/agents/Keys-1?to=now&blame=status").body());
            Markup.assertHarmless(open.get("/agents/%3Cscript%3E").body());
            Markup.assertHarmless(open.get("/swarm?since=%3Cscript%3E").body());
        }
    }

    @Test
    void headTellsWhatAGetWouldWithoutThePage() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            open.shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
            open.shell.run("sync", "--all");
            for (String page : List.of("/", "/agents/Agent-1", "/agents/Nobody", "/trust", "/swarm", "/swarm/data")) {
                HttpResponse<String> get = open.get(page);
                HttpResponse<String> head = open.head(page);
                assertThat(head.statusCode()).as(page).isEqualTo(get.statusCode());
                assertThat(head.headers().allValues("Content-Type"))
                        .as(page)
                        .isEqualTo(get.headers().allValues("Content-Type"));
                assertThat(head.body()).as(page).isEmpty();
            }
        }
    }

    @Test
    void whoNeedsSomebodyStandsFirstWithTheReason() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            open.shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"current_mission\":\"Chart tides\"}");
            open.shell.write("Agent-2", "{\"status\":\"BLOCKED\",\"blockers\":[\"waiting for Agent-1\"]}");
            open.shell.write("Agent-3", "{\"status\":\"ACTIVE\",\n \"a\": 1,}");
            open.shell.write("Agent-4", "{\"status\":\"ACTIVE\",\"blockers\":[\"no ink\"]}");
            open.shell.run("sync", "--all");
            String words = words(open.get("/"));
            assertThat(words)
                    .contains("Rejected for", "trailing_comma line 2, column 8")
                    .contains("Blocked for", "Agent-1 is active, waits for nobody")
                    .contains("Contradicts itself", "active_with_blockers")
                    .contains("No watch runs: the roll does not follow the files");
            assertThat(words.indexOf("Rejected for")).isLessThan(words.indexOf("Blocked for"));
            assertThat(words.indexOf("Blocked for")).isLessThan(words.indexOf("Everyone"));
            assertThat(words(open.get("/trust")))
                    .contains("Rejected files", "\u25c0 here", "No watch runs", "of past work;", "compared one by one");
        }
    }

    @Test
    void theAddressSaysWhichPartOfTheRollIsShown() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            open.shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"points_earned\":1}");
            open.shell.write("Agent-2", "{\"status\":\"IDLE\",\"points_earned\":5}");
            open.shell.run("sync", "--all");
            String idle = open.get("/?state=idle").body();
            assertThat(idle).contains("class=\"row\" id=\"r-Agent-2\"", "class=\"row off\" id=\"r-Agent-1\"");
            String sorted = open.get("/?sort=points").body();
            assertThat(sorted.indexOf("r-Agent-2")).isLessThan(sorted.indexOf("r-Agent-1"));
        }
    }

    @Test
    void anEmptyRollSaysWhatToDoNext() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            Files.createDirectories(open.shell.root);
            assertThat(words(open.get("/")))
                    .contains(
                            "Nobody is on the roll yet",
                            "status.json",
                            "rollcall up --demo",
                            "rollcall start-cycle --agent Agent-1");
            assertThat(open.get("/swarm").statusCode()).isEqualTo(200);
            assertThat(open.get("/trust").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void mistakesAreToldInASentence() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
            open.shell.run("sync", "--all");
            HttpResponse<String> unknown = open.get("/agents/Agnet-7");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(words(unknown)).contains("Nobody on the roll is called Agnet-7", "Did you mean Agent-7?");
            HttpResponse<String> time = open.get("/agents/Agent-7?to=someday");
            assertThat(time.statusCode()).isEqualTo(400);
            assertThat(words(time)).contains("&quot;someday&quot; is no time, revision or commit");
            assertThat(open.get("/swarm?since=someday").statusCode()).isEqualTo(400);
            HttpResponse<String> nothing = open.get("/nothing");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(words(nothing)).contains("There is no page here");
            HttpResponse<String> api = open.get("/api/v1/agents/Agnet-7");
            assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(open.get("/nothing", "Accept", "*/*").headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
        }
    }

    @Test
    void anAgentsPageComparesVersionsAndTellsWhoSetAField() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"first\"}");
            open.shell.run("sync", "--all");
            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"second\"}");
            open.shell.run("sync", "--all");
            assertThat(words(open.get("/agents/Agent-7?to=r2")))
                    .contains("From r1", "to r2", "current_mission changed")
                    .contains("&quot;first&quot;", "&quot;second&quot;");
            assertThat(words(open.get("/agents/Agent-7?blame=current_mission")))
                    .contains("Who set current_mission", "r2", "for 1 version");
            assertThat(open.get("/agents/Agent-7?blame=nonsense").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void assetsAreNamedByTheirContentSmallAndKept() throws Exception {
        try (OpenPages open = new OpenPages(folder)) {
            Matcher asset = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"")
                    .matcher(open.get("/swarm").body() + open.get("/").body());
            int found = 0;
            while (asset.find()) {
                HttpResponse<byte[]> zipped = open.bytes(asset.group(1), "Accept-Encoding", "gzip");
                HttpResponse<byte[]> plain = open.bytes(asset.group(1), "Accept", "*/*");
                assertThat(zipped.statusCode()).isEqualTo(200);
                assertThat(plain.headers().firstValue("Cache-Control").orElse(""))
                        .contains("immutable");
                if (zipped.headers().firstValue("Content-Encoding").isPresent()) {
                    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
                        assertThat(in.readAllBytes()).isEqualTo(plain.body());
                    }
                }
                String tag = plain.headers().firstValue("ETag").orElseThrow();
                assertThat(open.bytes(asset.group(1), "If-None-Match", tag).statusCode())
                        .isEqualTo(304);
                found++;
            }
            assertThat(found).isGreaterThan(8);
            assertThat(open.get("/assets/none.js").statusCode()).isEqualTo(404);
        }
    }
}
