package dev.rollcall.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.StatusSource.Look;
import dev.rollcall.sync.StatusSource.Read;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link StatusSource} promises, sentence by sentence; an adapter only subclasses this. */
public abstract class StatusSourceContract {
    protected static final AgentId SEVEN = new AgentId("Agent-7");
    protected static final AgentId EIGHT = new AgentId("Agent-8");

    protected abstract StatusSource source();

    /** Makes the agent's folder if need be, and gives the file these bytes. */
    protected abstract void write(AgentId agent, byte[] bytes) throws IOException;

    /** Puts something that is no regular file where the agent's file should be. */
    protected abstract void obstruct(AgentId agent) throws IOException;

    protected abstract void makeEmptyFolder(AgentId agent) throws IOException;

    protected abstract void remove(AgentId agent) throws IOException;

    /** Takes the whole root away. */
    protected abstract void removeRoot() throws IOException;

    /** Gives the file other bytes of the same number and its old modification time. */
    protected abstract void changeUnnoticeably(AgentId agent, byte[] bytes) throws IOException;

    @Test
    void scanListsTheAgentsWhoseFolderHoldsAStatusJsonOfWhateverKind() throws IOException {
        write(SEVEN, "{}".getBytes(UTF_8));
        obstruct(EIGHT);
        makeEmptyFolder(new AgentId("notes"));

        assertThat(source().scan().files()).containsOnlyKeys(SEVEN, EIGHT);
    }

    @Test
    void scanAndLookGiveTheSameStatData() throws IOException {
        write(SEVEN, "{}".getBytes(UTF_8));
        obstruct(EIGHT);

        var files = source().scan().files();

        assertThat(source().look(SEVEN)).isEqualTo(new Look.Present(stampOf(files, SEVEN)));
        assertThat(source().look(EIGHT)).isEqualTo(new Look.Present(stampOf(files, EIGHT)));
    }

    @Test
    void readGivesTheBytesAndTheStatDataOfTheFile() throws IOException {
        write(SEVEN, "{\"a\":1}".getBytes(UTF_8));

        assertThat(source().read(SEVEN)).isInstanceOfSatisfying(Read.Content.class, content -> {
            assertThat(content.bytes()).asString(UTF_8).isEqualTo("{\"a\":1}");
            assertThat(new Look.Present(content.stamp())).isEqualTo(source().look(SEVEN));
        });
    }

    @Test
    void anEmptyFileIsReadAsNoBytes() throws IOException {
        write(SEVEN, new byte[0]);

        assertThat(source().read(SEVEN))
                .isInstanceOfSatisfying(
                        Read.Content.class,
                        content -> assertThat(content.bytes()).isEmpty());
    }

    @Test
    void aSecondCallLooksAgain() throws IOException {
        write(SEVEN, "{}".getBytes(UTF_8));
        Look first = source().look(SEVEN);
        assertThat(source().scan().files()).containsOnlyKeys(SEVEN);

        write(SEVEN, "{\"longer\":true}".getBytes(UTF_8));
        write(EIGHT, "{}".getBytes(UTF_8));

        assertThat(source().look(SEVEN)).isNotEqualTo(first);
        assertThat(source().scan().files()).containsOnlyKeys(SEVEN, EIGHT);
        remove(SEVEN);
        assertThat(source().look(SEVEN)).isEqualTo(new Look.Absent());
        assertThat(source().scan().files()).containsOnlyKeys(EIGHT);
    }

    @Test
    void noFolderIsAbsent() throws IOException {
        write(EIGHT, "{}".getBytes(UTF_8));

        assertThat(source().look(SEVEN)).isEqualTo(new Look.Absent());
        assertThat(source().read(SEVEN)).isEqualTo(new Read.Absent());
    }

    @Test
    void aFolderWithoutItsFileHasVanished() throws IOException {
        makeEmptyFolder(SEVEN);

        assertThat(source().look(SEVEN)).isEqualTo(new Look.Absent());
        assertThat(source().read(SEVEN)).isEqualTo(new Read.Vanished());
    }

    @Test
    void aMissingRootIsAnExceptionThatSaysWhatToDo() throws IOException {
        removeRoot();

        for (Runnable call :
                List.<Runnable>of(() -> source().scan(), () -> source().look(SEVEN), () -> source().read(SEVEN))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(call::run)
                    .satisfies(thrown -> {
                        assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE);
                        assertThat(thrown.problem().hint()).contains("--root");
                    });
        }
    }

    @Test
    void oneAgentsTroubleIsAValueAndNobodyElsesTrouble() throws IOException {
        write(SEVEN, "{}".getBytes(UTF_8));
        obstruct(EIGHT);

        assertThat(source().read(EIGHT))
                .isInstanceOfSatisfying(
                        Read.Unacceptable.class,
                        odd -> assertThat(odd.rejection().code()).isEqualTo(RejectionCode.NOT_REGULAR_FILE));
        assertThat(source().read(SEVEN)).isInstanceOf(Read.Content.class);
    }

    @Test
    void equalTokensMeanAnUntouchedFile() throws IOException {
        write(SEVEN, "{\"a\":1}".getBytes(UTF_8));
        Look before = source().look(SEVEN);
        assertThat(source().look(SEVEN)).isEqualTo(before);

        changeUnnoticeably(SEVEN, "{\"a\":2}".getBytes(UTF_8));

        assertThat(source().look(SEVEN)).isNotEqualTo(before);
    }

    @Test
    void anyNumberOfThreadsMayScanAndReadAtTheSameTime() throws IOException {
        for (int i = 0; i < 50; i++) {
            write(new AgentId("Agent-" + i), ("{\"i\":" + i + "}").getBytes(UTF_8));
        }

        Set<String> read = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> {
                    AgentId agent = new AgentId("Agent-" + i % 50);
                    assertThat(source().scan().files()).hasSize(50).containsKey(agent);
                    return new String(((Read.Content) source().read(agent)).bytes(), UTF_8);
                })
                .collect(Collectors.toSet());

        assertThat(read).hasSize(50);
    }

    @Test
    void thePathNamesFolderAndFile() {
        assertThat(source().path(SEVEN)).endsWith("Agent-7/status.json");
    }

    private static FileStamp stampOf(Map<AgentId, FileStamp> files, AgentId agent) {
        return Objects.requireNonNull(files.get(agent));
    }
}
