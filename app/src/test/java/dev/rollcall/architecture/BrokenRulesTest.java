package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Proves that each rule bites: the package {@code broken} breaks them all on purpose. */
final class BrokenRulesTest {
    private static final String ROOT = "dev.rollcall.architecture.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> everyRuleFindsTheSampleThatBreaksIt() {
        return ArchitectureTest.Rules.of(ArchitecturePage.read(), ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(BROKEN).hasViolation())
                                .isTrue()));
    }

    @Test
    void aFileOfFourHundredLinesIsTooLong() {
        assertThat(SourceRules.violations("Long.java", "\n".repeat(399) + "class Long {}"))
                .containsExactly("Long.java has 400 lines");
        assertThat(SourceRules.violations("Long.java", "\n".repeat(398) + "class Long {}"))
                .isEmpty();
    }

    @Test
    void aMethodOfSixtyLinesIsTooLong() {
        assertThat(SourceRules.violations("A.java", "class A {\n void run() {" + "\n".repeat(59) + "}\n}"))
                .containsExactly("A.java:2 run has 60 lines");
        assertThat(SourceRules.violations("A.java", "class A {\n void run() {" + "\n".repeat(58) + "}\n}"))
                .isEmpty();
    }

    @Test
    void sixParametersAreTooManyExceptForTheConstructorOfARecord() {
        assertThat(SourceRules.violations("A.java", "class A { void f(int a, int b, int c, int d, int e, int f) {} }"))
                .containsExactly("A.java:1 f takes 6 parameters");
        assertThat(SourceRules.violations(
                        "A.java", "record A(int a) { A(int a, int b, int c, int d, int e, int f) { this(a); } }"))
                .isEmpty();
    }

    @Test
    void aMarkOfUnfinishedWorkIsFound() {
        assertThat(SourceRules.violations("A.java", "class A {} // TO" + "DO later"))
                .containsExactly("A.java is marked as unfinished");
    }

    @Test
    void aPortThatSaysNothingLeavesAllSixQuestionsOpen() {
        assertThat(SourceRules.openQuestions("interface Silent {}")).hasSize(6);
    }

    @Test
    void theTablesAreReadFromThePage() {
        ArchitecturePage page = ArchitecturePage.parse(List.of(
                "| package | what | ports | may use |",
                "|---|---|---|---|",
                "| `roll` | the roll | `A`, `B` | `document` |",
                "",
                "| library | only in |",
                "|---|---|",
                "| `x.y`, `z` | `roll` |"));
        assertThat(page.packages()).containsOnlyKeys("roll");
        assertThat(page.packages().get("roll").ports()).containsExactly("A", "B");
        assertThat(page.packages().get("roll").mayUse()).containsExactly("document");
        assertThat(page.libraries()).containsOnlyKeys("x.y", "z");
    }
}
