package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random edits change what they name, as a plain model of the members says, and not one byte besides. */
class StatusEditPropertyTest {
    private static final List<String> TEXTS =
            List.of("x", "", "C:\\y \"z\"", "line\nbreak", "雨 🔥", "\ud83d", "[1, 2]", "Second");
    private static final List<String> NEW_NAMES = List.of("brand_new", "another \"one\"", "neu é");

    static List<String> acceptable() {
        return Fixtures.acceptable();
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void randomEditsOfFixturesDoWhatTheModelSays(String name) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            assertSequence(Fixtures.document(name), random, name + " seed " + seed + " round " + round);
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "ROLLCALL_REAL_STATUS",
            matches = ".+",
            disabledReason = "the folder of real status files is not on this machine")
    void randomEditsOfRealFilesDoWhatTheModelSays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int edited = 0;
        for (String folder : List.of("history", "tricky", "agent_workspaces")) {
            for (Path file : Fixtures.real(folder, ".json")) {
                if (StatusParser.parse(Fixtures.read(file)) instanceof ParseResult.Parsed parsed) {
                    SpanAssert.assertThatSpansTile(parsed.document());
                    assertSequence(parsed.document(), random, file.getFileName() + " seed " + seed);
                    edited++;
                }
            }
        }
        assertThat(edited).isGreaterThan(500);
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void anEditThatIsTakenBackLeavesTheSameBytes(String name) {
        StatusDocument document = Fixtures.document(name);
        for (JsonValue.Member member : document.root().members()) {
            if (document.root().member(member.name()).orElseThrow().equals(member)
                    && member.value() instanceof JsonValue.Arr list
                    && !list.items().isEmpty()) {
                byte[] there = StatusEdit.of(document)
                        .append(member.name(), "\u0007 unique")
                        .bytes();
                byte[] back = StatusEdit.of(Fixtures.accepted(there))
                        .remove(member.name(), "\u0007 unique")
                        .bytes();
                assertThat(there).as(name + " " + member.name()).isNotEqualTo(document.bytes());
                assertThat(back).as(name + " " + member.name()).isEqualTo(document.bytes());
            }
        }
    }

    private static void assertSequence(StatusDocument document, Random random, String where) {
        StatusDocument current = document;
        for (int step = 0; step < 3; step++) {
            current = assertEdit(current, random, where + " step " + step);
        }
    }

    /** What an edit makes of a member's old meaning, which is null where there is no such member. */
    private record Change(UnaryOperator<StatusEdit> edit, UnaryOperator<Object> meaning) {}

    private static StatusDocument assertEdit(StatusDocument document, Random random, String where) {
        Map<String, Change> changes = new LinkedHashMap<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            String member = member(document, random);
            changes.putIfAbsent(member, change(document, member, random));
        }
        StatusEdit edit = StatusEdit.of(document);
        for (Change change : changes.values()) {
            edit = change.edit().apply(edit);
        }
        StatusDocument edited = Fixtures.accepted(edit.bytes());

        SpanAssert.assertThatSpansTile(edited);
        assertThat(edited.encoding()).as(where).isEqualTo(document.encoding());
        assertThat(meanings(edited)).as(where).isEqualTo(expected(document, changes));
        assertThat(skeleton(edited, changes, document.root().members().size()))
                .as(where)
                .isEqualTo(skeleton(document, changes, document.root().members().size()));
        return edited;
    }

    private static String member(StatusDocument document, Random random) {
        List<JsonValue.Member> members = document.root().members();
        return members.isEmpty() || random.nextInt(5) == 0
                ? NEW_NAMES.get(random.nextInt(NEW_NAMES.size()))
                : members.get(random.nextInt(members.size())).name();
    }

    private static Change change(StatusDocument document, String member, Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        JsonValue old =
                document.root().member(member).map(JsonValue.Member::value).orElse(null);
        return switch (random.nextInt(5)) {
            case 0 -> new Change(edit -> edit.setText(member, text), m -> "text " + text);
            case 1 -> {
                BigDecimal number = BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(4) - 1);
                yield new Change(edit -> edit.setNumber(member, number), m -> "number " + number.toPlainString());
            }
            case 2 -> {
                List<String> texts = TEXTS.subList(0, random.nextInt(4));
                yield new Change(edit -> edit.setTexts(member, texts), m -> list(texts));
            }
            case 3 -> {
                String item = itemOf(old, random, text);
                yield new Change(edit -> edit.remove(member, item), m -> without(old, m, item));
            }
            default ->
                old == null || old instanceof JsonValue.Arr
                        ? new Change(edit -> edit.append(member, text), m -> with(old, text))
                        : new Change(edit -> edit.setText(member, text), m -> "text " + text);
        };
    }

    /** Mostly a text that is in the list. */
    private static String itemOf(@Nullable JsonValue old, Random random, String other) {
        if (old instanceof JsonValue.Arr list && !list.items().isEmpty()) {
            JsonValue item = list.items().get(random.nextInt(list.items().size()));
            return item instanceof JsonValue.Text text ? text.value() : other;
        }
        return other;
    }

    private static Object list(List<String> texts) {
        return List.of(
                "list", texts.stream().map(text -> (Object) ("text " + text)).toList());
    }

    private static Object with(@Nullable JsonValue old, String text) {
        List<Object> items = new ArrayList<>();
        if (old instanceof JsonValue.Arr list) {
            list.items().forEach(item -> items.add(SpanAssert.meaning(item)));
        }
        items.add("text " + text);
        return List.of("list", items);
    }

    private static Object without(@Nullable JsonValue old, Object meaning, String text) {
        if (!(old instanceof JsonValue.Arr list)) {
            return meaning;
        }
        List<Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(SpanAssert.meaning(item)));
        items.remove("text " + text);
        return List.of("list", items);
    }

    private static List<Object> meanings(StatusDocument document) {
        List<Object> meanings = new ArrayList<>();
        document.root().members().forEach(m -> meanings.add(List.of(m.name(), SpanAssert.meaning(m.value()))));
        return meanings;
    }

    private static List<Object> expected(StatusDocument document, Map<String, Change> changes) {
        List<Object> expected = new ArrayList<>();
        for (JsonValue.Member member : document.root().members()) {
            boolean isLast = document.root().member(member.name()).orElseThrow().equals(member);
            Object meaning = SpanAssert.meaning(member.value());
            boolean isEdited = isLast && changes.containsKey(member.name());
            expected.add(List.of(
                    member.name(),
                    isEdited ? changes.get(member.name()).meaning().apply(meaning) : meaning));
        }
        changes.forEach((name, change) -> {
            if (document.root().member(name).isEmpty()) {
                Object added = change.meaning().apply("absent");
                if (!added.equals("absent")) {
                    expected.add(List.of(name, added));
                }
            }
        });
        return expected;
    }

    /** The text without the values of edited members, and without the members that were added. */
    private static String skeleton(StatusDocument document, Map<String, Change> changes, int count) {
        StringBuilder skeleton = new StringBuilder();
        byte[] utf8 = document.utf8();
        List<JsonValue.Member> members = document.root().members();
        int at = 0;
        for (int i = 0; i < count; i++) {
            JsonValue value = members.get(i).value();
            String name = members.get(i).name();
            boolean isEdited = changes.containsKey(name)
                    && members.subList(i + 1, count).stream()
                            .noneMatch(m -> m.name().equals(name));
            skeleton.append(text(utf8, at, value.start()))
                    .append(isEdited ? "?" : text(utf8, value.start(), value.end()));
            at = value.end();
        }
        if (members.isEmpty() || count == 0) {
            return text(utf8, 0, document.root().start()) + "{}"
                    + text(utf8, document.root().end(), utf8.length);
        }
        return skeleton.append(text(utf8, members.getLast().value().end(), utf8.length))
                .toString();
    }

    private static String text(byte[] utf8, int from, int to) {
        return new String(utf8, from, to - from, UTF_8);
    }
}
