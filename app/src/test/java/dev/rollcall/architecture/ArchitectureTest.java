package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.architecture.ArchitecturePage.Checkout;
import dev.rollcall.architecture.ArchitecturePage.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the tree to docs/architecture.md. */
final class ArchitectureTest {
    private static final String ROOT = "dev.rollcall";
    private static final Path MAIN = Checkout.root().resolve("app/src/main/java");
    private static final ArchitecturePage PAGE = ArchitecturePage.read();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theTableNamesExactlyThePackagesOfTheTree() throws IOException {
        try (Stream<Path> folders = Files.list(MAIN.resolve("dev/rollcall"))) {
            Set<String> tree =
                    folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
            assertThat(PAGE.packages().keySet()).containsExactlyInAnyOrderElementsOf(tree);
        }
    }

    @Test
    void everyPackageThatTheTablesAllowExists() {
        Set<String> packages = PAGE.packages().keySet();
        assertThat(packages)
                .containsAll(PAGE.packages().values().stream()
                        .flatMap(row -> row.mayUse().stream())
                        .toList());
        assertThat(packages)
                .containsAll(
                        PAGE.libraries().values().stream().flatMap(Set::stream).toList());
    }

    @Test
    void everyPortOfTheTableIsAnInterfaceOfItsPackage() {
        assertThat(ports())
                .isNotEmpty()
                .allSatisfy((port, file) ->
                        assertThat(CLASSES.get(port).isInterface()).isTrue());
    }

    @Test
    void theJavadocOfEveryPortAnswersTheSixQuestions() throws IOException {
        for (Map.Entry<String, Path> port : ports().entrySet()) {
            assertThat(SourceRules.openQuestions(Files.readString(port.getValue())))
                    .as("questions that %s leaves open", port.getKey())
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return Rules.of(PAGE, ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue()
                                        .evaluate(CLASSES)
                                        .getFailureReport()
                                        .getDetails())
                                .isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/src/main/java", "app/src/test/java", "scripts"})
    void everySourceFileKeepsItsBudget(String folder) throws IOException {
        Path top = Checkout.root().resolve(folder);
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                texts.put(top.relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(texts).isNotEmpty();
        assertThat(SourceRules.violations(texts)).isEmpty();
    }

    /** The source file of each port, by the port's full name. */
    private static Map<String, Path> ports() {
        return PAGE.packages().entrySet().stream()
                .flatMap(entry -> names(entry.getKey(), entry.getValue()))
                .collect(Collectors.toMap(name -> name, name -> MAIN.resolve(name.replace('.', '/') + ".java")));
    }

    private static Stream<String> names(String name, Row row) {
        return row.ports().stream().map(port -> ROOT + "." + name + "." + port);
    }

    /** All rules over classes. */
    static final class Rules {
        private Rules() {}

        static Map<String, ArchRule> of(ArchitecturePage page, String root) {
            Set<String> ports = page.packages().values().stream()
                    .flatMap(row -> row.ports().stream())
                    .collect(Collectors.toSet());
            Map<String, ArchRule> rules = new PackageRules(page, root).all();
            rules.putAll(ShapeRules.all(ports));
            return rules;
        }
    }
}
