package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/status-json.md publishes the rules; its tables say what the program does. */
class StatusPageTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void theTableOfWordsIsTheOneInUse() throws IOException {
        Map<String, Set<String>> published = new LinkedHashMap<>();
        for (List<String> row : table("| state | strength |")) {
            published.put(row.get(0) + " " + row.get(1), words(row.get(2)));
        }
        assertThat(published).isEqualTo(inUse(StateWords.MEANINGS, 2));
    }

    @Test
    void theTableOfWordSetsIsTheOneInUse() throws IOException {
        Map<String, Set<String>> published = new LinkedHashMap<>();
        for (List<String> row : table("| set |")) {
            published.put(row.get(0).replace(' ', '_').toUpperCase(Locale.ROOT), words(row.get(1)));
        }
        assertThat(published).isEqualTo(inUse(StateWords.SETS, 1));
    }

    @Test
    void theTableOfColumnsNamesTheCandidatesInTheirOrder() throws IOException {
        Map<String, List<String>> published = new LinkedHashMap<>();
        for (List<String> row : table("| column |")) {
            published.put(
                    row.get(0),
                    CODE.matcher(row.get(1))
                            .results()
                            .map(code -> code.group(1))
                            .toList());
        }
        Map<String, List<String>> inUse = new LinkedHashMap<>();
        for (StatusField field : StatusField.values()) {
            if (ColumnSource.exists(field)) {
                inUse.put(
                        field.column(),
                        ColumnSource.of(field).candidates().stream()
                                .map(ColumnSource.Candidate::member)
                                .toList());
            }
        }
        inUse.put("last_updated", LastUpdated.CANDIDATES);
        inUse.put("blockers", Blockers.CANDIDATES);
        assertThat(published).isEqualTo(inUse);
    }

    private static Map<String, Set<String>> inUse(String data, int keys) {
        Map<String, Set<String>> inUse = new LinkedHashMap<>();
        for (String line : data.strip().split("\n")) {
            List<String> words = List.of(line.strip().split(" +"));
            String key = keys == 2 ? words.get(0) + " " + words.get(1).toLowerCase(Locale.ROOT) : words.get(0);
            words.subList(keys, words.size())
                    .forEach(word -> inUse.computeIfAbsent(key, unseen -> new LinkedHashSet<>())
                            .add(word.replace('_', ' ')));
        }
        return inUse;
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(", ")).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<List<String>> table(String header) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page())) {
            if (line.startsWith(header)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("|-")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    /** Surefire runs in the module's folder. */
    private static Path page() {
        return Path.of("").toAbsolutePath().resolveSibling("docs/status-json.md");
    }
}
