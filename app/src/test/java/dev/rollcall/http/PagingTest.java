package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A roll that is told a page at a time. */
class PagingTest {
    private static final int AGENTS = 23;

    @TempDir
    private Path folder;

    private OpenWindow open;

    @BeforeEach
    void open() {
        open = new OpenWindow(folder);
        for (int i = 1; i <= AGENTS; i++) {
            open.shell.write(
                    "Agent-" + i,
                    "{\"status\":\"" + (i % 2 == 0 ? "ACTIVE" : "IDLE") + "\",\"points_earned\":" + i % 4 + "}");
        }
        open.shell.run("sync", "--all");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1",
                "limit=7",
                "limit=23",
                "limit=100",
                "limit=5&sort=points",
                "limit=4&sort=state",
                "limit=7&at=now",
                "limit=23&at=now"
            })
    void thePagesTellEachAgentOnce(String question) throws Exception {
        List<String> told = walk(question, AGENTS);

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, AGENTS)
                        .mapToObj(i -> "Agent-" + i)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=3&state=active", "limit=3&state=active&at=now"})
    void thePagesOfAPartTellThatPart(String question) throws Exception {
        assertThat(walk(question, 11))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 11)
                        .mapToObj(i -> "Agent-" + 2 * i)
                        .toList());
    }

    @Test
    void behindTheLastPageIsNobody() throws Exception {
        JsonNode page = page("limit=5&offset=23");

        assertThat(page.path("agents").size()).isZero();
        assertThat(page.path("next_offset").isNull()).isTrue();
        assertThat(page.path("total").asInt()).isEqualTo(AGENTS);
    }

    /** Whoever the pages tell, in order, from the first to the one that says that it is the last. */
    private List<String> walk(String question, int total) throws Exception {
        List<String> told = new ArrayList<>();
        JsonNode next = page(question + "&offset=0");
        while (true) {
            assertThat(next.path("total").asInt()).isEqualTo(total);
            next.path("agents").forEach(agent -> told.add(agent.path("agent_id").asString()));
            assertThat(next.has("next_offset")).isTrue();
            if (next.path("next_offset").isNull()) {
                return told;
            }
            assertThat(next.path("next_offset").asInt()).isEqualTo(told.size()).isLessThan(total);
            next = page(question + "&offset=" + next.path("next_offset").asInt());
        }
    }

    private JsonNode page(String question) throws Exception {
        return ApiRoutes.JSON.readTree(open.get("/api/v1/roll?" + question).body());
    }
}
