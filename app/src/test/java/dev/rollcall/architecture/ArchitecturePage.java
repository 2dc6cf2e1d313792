package dev.rollcall.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The two tables of docs/architecture.md.
 *
 * @param packages by the name below the root package
 * @param libraries package prefixes of libraries, and the packages that may use them
 */
record ArchitecturePage(Map<String, Row> packages, Map<String, Set<String>> libraries) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** One package: the simple names of its ports and the packages it may use. */
    record Row(Set<String> ports, Set<String> mayUse) {}

    static ArchitecturePage read() {
        try {
            return parse(Files.readAllLines(Checkout.root().resolve("docs/architecture.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ArchitecturePage parse(List<String> lines) {
        Map<String, Row> packages = new LinkedHashMap<>();
        for (List<String> cells : table(lines, "| package |")) {
            packages.put(code(cells.get(0)).iterator().next(), new Row(code(cells.get(2)), code(cells.get(3))));
        }
        Map<String, Set<String>> libraries = new LinkedHashMap<>();
        for (List<String> cells : table(lines, "| library |")) {
            code(cells.get(0)).forEach(library -> libraries.put(library, code(cells.get(1))));
        }
        return new ArchitecturePage(packages, libraries);
    }

    private static List<List<String>> table(List<String> lines, String header) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(header)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("|-")) {
                rows.add(List.of(line.substring(1).split("\\|", -1)));
            }
        }
        return rows;
    }

    private static Set<String> code(String cell) {
        Set<String> words = new LinkedHashSet<>();
        CODE.matcher(cell).results().forEach(match -> words.add(match.group(1)));
        return words;
    }

    /** Where the checkout is, seen from the folder that tests run in. */
    static final class Checkout {
        private Checkout() {}

        static Path root() {
            Path folder = Path.of("").toAbsolutePath();
            return Files.exists(folder.resolve("docs/architecture.md")) ? folder : folder.getParent();
        }
    }
}
