package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Passages of the members that every reader knows; {@link ProseTest} has the others. */
class PassagesTest {
    @Test
    void everyFieldWorthFindingGivesItsPassages() {
        assertThat(fieldsAndTexts("""
                        {"agent_name":"Baker","role":"Baker","specialty":"rye",
                         "current_mission":{"id":"M-1","title":"Bread","description":"for all"},"mission":"Bread",
                         "mission_description":"every morning","current_phase":"kneading","current_focus":"dough",
                         "current_tasks":["mix",{"task":"rest","priority":"HIGH"}],"current_task":"mix",
                         "completed_tasks":["sieve"],"achievements":["first loaf"],"blockers":{"current_blockers":["no salt"]},
                         "next_actions":["bake"],"status":"ACTIVE"}"""))
                .containsExactly(
                        "role=Baker",
                        "role=rye",
                        "mission=Bread - for all",
                        "mission=Bread",
                        "mission=every morning",
                        "phase=kneading",
                        "phase=dough",
                        "current_task=mix",
                        "current_task=rest",
                        "completed_task=sieve",
                        "achievement=first loaf",
                        "blocker=no salt",
                        "next_action=bake");
    }

    @Test
    void nextActionsMayBeAnObjectOfTexts() {
        assertThat(fieldsAndTexts("{\"next_actions\":{\"oven\":\"heat it\",\"count\":3,\"shop\":\"open it\"}}"))
                .containsExactly("next_action=heat it", "next_action=open it");
    }

    @Test
    void nothingIsTakenFromNumbersBlanksAndObjectsWithoutATitle() {
        assertThat(
                        fieldsAndTexts(
                                "{\"role\":7,\"current_phase\":\" \",\"achievements\":[null,true,[\"a\"],{\"id\":\"x\"}],\"blockers\":\"None\"}"))
                .isEmpty();
    }

    @Test
    void equalTextsOfAFieldAreOnePassageAndTheKeyDependsOnNothingElse() {
        List<Passage> passages = passages("{\"achievements\":[\"a\",\" a\\n\",\"b\",\"a\"],\"current_phase\":\"a\"}");
        assertThat(passages)
                .containsExactly(
                        new Passage("phase:ca978112ca1bbdca", "phase", "a", SHA_OF_A),
                        new Passage("achievement:ca978112ca1bbdca", "achievement", "a", SHA_OF_A),
                        new Passage(
                                "achievement:3e23e8160039594a",
                                "achievement",
                                "b",
                                "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"));
    }

    @Test
    void aTextEndsAfterTwoThousandCodePoints() {
        String loaves = "\ud83c\udf5e".repeat(2_100);
        assertThat(passages("{\"role\":\"" + loaves + "\"}").getFirst().text()).isEqualTo("\ud83c\udf5e".repeat(2_000));
    }

    @Test
    void whatNoDatabaseCanKeepIsReplaced() {
        assertThat(fieldsAndTexts("{\"role\":\"a\\u0000\\ud800b\"}")).containsExactly("role=a\ufffd\ufffdb");
    }

    private static final String SHA_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private static List<String> fieldsAndTexts(String json) {
        return passages(json).stream()
                .map(passage -> passage.field() + "=" + passage.text())
                .toList();
    }

    private static List<Passage> passages(String json) {
        return Passages.ofKnownMembers(document(json));
    }

    private static StatusDocument document(String json) {
        return switch (StatusParser.parse(json.getBytes(StandardCharsets.UTF_8))) {
            case ParseResult.Parsed(StatusDocument document) -> document;
            case ParseResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
