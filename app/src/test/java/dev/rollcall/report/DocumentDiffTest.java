package dev.rollcall.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.MemberPath;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.report.MemberChange.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What two documents say differently. */
class DocumentDiffTest {
    private static JsonValue.Obj document(String json) {
        return ((ParseResult.Parsed) StatusParser.parse(json.getBytes(StandardCharsets.UTF_8)))
                .document()
                .root();
    }

    private static List<MemberChange> changes(String before, String after) {
        return DocumentDiff.between(document(before), document(after));
    }

    private static List<String> diff(String before, String after) {
        return changes(before, after).stream()
                .map(change -> change.kind().label() + " " + change.path() + " " + text(change.before()) + " > "
                        + text(change.after()))
                .toList();
    }

    private static String text(JsonValue value) {
        return value == null ? "-" : JsonText.of(value);
    }

    @Test
    void membersThatCameWentAndChangedAreToldByPath() {
        assertThat(diff(
                        "{\"status\":\"ACTIVE\",\"old\":1,\"notes\":{\"a\":{\"b\":1},\"gone\":null}}",
                        "{\"notes\":{\"a\":{\"b\":2}},\"status\":\"BLOCKED\",\"new.name\":{\"x\":[]}}"))
                .containsExactly(
                        "changed status \"ACTIVE\" > \"BLOCKED\"",
                        "removed old 1 > -",
                        "changed notes.a.b 1 > 2",
                        "removed notes.gone null > -",
                        "added [\"new.name\"] - > {\"x\":[]}");
    }

    @Test
    void itemsOfListsComeAndGoByValue() {
        assertThat(diff("{\"t\":[\"a\",\"b\",\"b\",{\"c\":1}]}", "{\"t\":[\"x\",\"a\",\"b\",{\"c\":2}]}"))
                .containsExactly(
                        "item_removed t[2] \"b\" > -",
                        "item_removed t[3] {\"c\":1} > -",
                        "item_added t[0] - > \"x\"",
                        "item_added t[3] - > {\"c\":2}");
    }

    @Test
    void anotherOrderOfTheSameItemsIsToldOnce() {
        assertThat(diff("{\"t\":[1,2,3]}", "{\"t\":[3,1,2]}")).containsExactly("reordered t [1,2,3] > [3,1,2]");
        assertThat(diff("{\"t\":[1,2,3]}", "{\"t\":[2,1,4]}"))
                .containsExactly("item_removed t[2] 3 > -", "item_added t[2] - > 4", "reordered t [1,2,3] > [2,1,4]");
    }

    @Test
    void whichOfEqualItemsWentDoesNotMatter() {
        assertThat(diff("{\"t\":[1,2,1]}", "{\"t\":[2,1]}")).containsExactly("item_removed t[2] 1 > -");
        assertThat(diff("{\"t\":[2,1]}", "{\"t\":[1,2,1]}")).containsExactly("item_added t[2] - > 1");
    }

    @Test
    void spellingAndTheOrderOfMembersAreNoDifference() {
        assertThat(diff(
                        "{\"n\":1,\"o\":{\"a\":1,\"b\":[1.0]},\"d\":1,\"d\":\"A\"}",
                        "{ \"d\":\"\\u0041\", \"o\":{\"b\":[1e0],\"a\":1}, \"n\":1.0 }"))
                .isEmpty();
    }

    @Test
    void ofARepeatedMemberTheLastOneIsCompared() {
        assertThat(diff("{\"d\":1,\"d\":2}", "{\"d\":2,\"d\":1}")).containsExactly("changed d 2 > 1");
    }

    @Test
    void anotherTypeIsAChangeOfTheWhole() {
        assertThat(diff("{\"t\":[1],\"o\":{}}", "{\"t\":\"1\",\"o\":null}"))
                .containsExactly("changed t [1] > \"1\"", "changed o {} > null");
    }

    @Test
    void aListOfAHundredThousandItemsIsComparedAtOnce() {
        String many = String.join(
                ",", IntStream.range(0, 100_000).mapToObj(Integer::toString).toList());

        assertThat(changes("{\"t\":[" + many + "]}", "{\"t\":[" + many + ",-1]}"))
                .hasSize(1);
    }

    @Test
    void whateverDiffersIsToldAndTheChangesLeadFromOneDocumentToTheOther() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            JsonValue.Obj before = document(object(random, 3));
            JsonValue.Obj after = document(object(random, 3));
            String which = "seed " + seed + ": " + JsonText.of(before) + " and " + JsonText.of(after);

            assertThat(DocumentDiff.between(before, before)).as(which).isEmpty();
            List<MemberChange> changes = DocumentDiff.between(before, after);
            assertThat(changes.isEmpty())
                    .as(which)
                    .isEqualTo(JsonText.canonical(before).equals(JsonText.canonical(after)));
            assertThat(leaves(patched(before, changes))).as(which).isEqualTo(leaves(bag(after)));
            assertThat(DocumentDiff.between(after, before).stream().filter(c -> c.kind() != Kind.REORDERED))
                    .as(which)
                    .hasSize((int) changes.stream()
                            .filter(c -> c.kind() != Kind.REORDERED)
                            .count());
            for (MemberChange change : changes) {
                assertThat(MemberPath.find(before, change.path()).map(JsonText::of))
                        .as(which + " at " + change.path())
                        .satisfies(found -> {
                            if (change.before() != null) {
                                assertThat(found).contains(JsonText.of(change.before()));
                            }
                        });
            }
        }
    }

    /** Where every value stands; items of lists without their places. */
    private static List<String> leaves(Map<String, Integer> bag) {
        return bag.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .toList();
    }

    private static Map<String, Integer> bag(JsonValue value) {
        Map<String, Integer> bag = new HashMap<>();
        count(bag, "", value, 1);
        return bag;
    }

    private static Map<String, Integer> patched(JsonValue before, List<MemberChange> changes) {
        Map<String, Integer> bag = bag(before);
        for (MemberChange change : changes) {
            boolean isItem = change.kind() == Kind.ITEM_ADDED || change.kind() == Kind.ITEM_REMOVED;
            String path = isItem ? change.path().replaceAll("\\[\\d+]$", "[]") : change.path();
            if (change.kind() == Kind.REORDERED) {
                continue;
            }
            if (change.before() != null) {
                count(bag, path, change.before(), -1);
            }
            if (change.after() != null) {
                count(bag, path, change.after(), 1);
            }
        }
        return bag;
    }

    private static void count(Map<String, Integer> bag, String path, JsonValue value, int by) {
        boolean isItem = path.endsWith("[]");
        switch (value) {
            case JsonValue.Obj object
            when !isItem -> {
                bag.merge(path + " is an object", by, Integer::sum);
                JsonText.members(object)
                        .forEach((name, member) -> count(bag, MemberPath.member(path, name), member, by));
            }
            case JsonValue.Arr list
            when !isItem -> {
                bag.merge(path + " is a list", by, Integer::sum);
                list.items().forEach(item -> count(bag, path + "[]", item, by));
            }
            default -> bag.merge(path + " " + JsonText.canonical(value), by, Integer::sum);
        }
    }

    private static String object(Random random, int depth) {
        List<String> members = new ArrayList<>();
        for (String name : List.of("a", "b", "c.d", "")) {
            if (random.nextInt(3) > 0) {
                members.add("\"" + name + "\":" + value(random, depth - 1));
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        return switch (kind) {
            case 0, 1 -> List.of("1", "1.0", "2", "-0", "0").get(random.nextInt(5));
            case 2 -> List.of("\"x\"", "\"\\u0078\"", "\"y\"").get(random.nextInt(3));
            case 3 -> List.of("null", "true").get(random.nextInt(2));
            case 4, 5 -> object(random, depth);
            default -> {
                List<String> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield "[" + String.join(",", items) + "]";
            }
        };
    }
}
