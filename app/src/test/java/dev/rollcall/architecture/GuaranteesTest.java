package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/guarantees.md to the tests that it names. */
class GuaranteesTest {
    private static final Path PAGE = Path.of("..", "docs", "guarantees.md");
    private static final Path TESTS = Path.of("src", "test", "java");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> named = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1) + "." + (match.group(2) == null ? "" : match.group(2)))
                .filter(name -> !name.startsWith("GuaranteesTest"))
                .distinct()
                .toList();

        assertThat(named).hasSizeGreaterThan(10).allSatisfy(name -> {
            int dot = name.indexOf('.');
            assertThat(source(name.substring(0, dot))).contains("void " + name.substring(dot + 1));
        });
    }

    private static String source(String test) throws IOException {
        try (var files = Files.walk(TESTS)) {
            Path file = files.filter(path -> path.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + test));
            return Files.readString(file);
        }
    }
}
