import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Says on one screen what ./check ran: {@code java CheckSummary.java MAVEN_EXIT_CODE SECONDS}, in the checkout's root.
 * Ends with exit code 0 only when Maven did and tests ran.
 */
final class CheckSummary {
    private static final int SHOWN_LOG_LINES = 40;
    private static final int SHOWN_TRACE_LINES = 8;

    /** Where a whole class is skipped the reason stands in the report's text alone. */
    private static final Pattern ASSUMPTION =
            Pattern.compile("assumption was not met due to: \\[(.*?)\\]", Pattern.DOTALL);

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** @param reason why it was skipped or how it failed, else empty */
    private record Test(String group, String name, Outcome outcome, String reason, double seconds) {}

    public static void main(String[] args) throws Exception {
        List<Test> tests = new ArrayList<>();
        for (Path report : reports()) {
            tests.addAll(read(report));
        }
        boolean mavenFailed = !args[0].equals("0");
        if (mavenFailed) {
            showFailure(tests);
        }
        showGroups(tests);
        showSkipped(tests);
        long failed = count(tests, Outcome.FAILED);
        if (failed == 0 && (mavenFailed || tests.isEmpty())) {
            System.out.println(mavenFailed ? "\nThe build itself failed, see above." : "\nNo test ran.");
            failed = 1;
        }
        long seconds = Long.parseLong(args[1]);
        System.out.printf(Locale.ROOT, "%nThe whole check took %d:%02d min.%n", seconds / 60, seconds % 60);
        System.out.println(count(tests, Outcome.PASSED) + " passed, " + failed + " failed, "
                + count(tests, Outcome.SKIPPED) + " skipped");
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(""), 4, (path, attributes) -> path.toString().matches(".*surefire-reports/TEST-.*\\.xml"))) {
            return files.sorted().toList();
        }
    }

    private static List<Test> read(Path report) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        List<Test> tests = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            tests.add(test((Element) cases.item(i)));
        }
        return tests;
    }

    /** What AssertJ says of an assumption that was not met; the begin of the trace of what was thrown without a word. */
    private static String withoutMessage(Outcome outcome, String text) {
        Matcher found = ASSUMPTION.matcher(text);
        if (found.find()) {
            return found.group(1);
        }
        return outcome == Outcome.FAILED
                ? text.lines().limit(SHOWN_TRACE_LINES).collect(Collectors.joining("\n"))
                : "";
    }

    private static Test test(Element element) {
        Outcome outcome = Outcome.PASSED;
        String reason = "";
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element detail && detail.getTagName().matches("skipped|failure|error")) {
                outcome = detail.getTagName().equals("skipped") ? Outcome.SKIPPED : Outcome.FAILED;
                // JUnit puts its own words before the reason that the test gives.
                String told = detail.getAttribute("message");
                reason = told.isEmpty()
                        ? withoutMessage(outcome, detail.getTextContent())
                        : told.replaceAll("(?s)^.* ==> ", "").strip();
            }
        }
        String type = element.getAttribute("classname");
        String group = type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : type;
        String name = type.substring(type.lastIndexOf('.') + 1) + "." + element.getAttribute("name");
        return new Test(group, name, outcome, reason, Double.parseDouble(element.getAttribute("time").replace(",", "")));
    }

    private static void showGroups(List<Test> tests) {
        Map<String, List<Test>> groups =
                tests.stream().collect(Collectors.groupingBy(Test::group, TreeMap::new, Collectors.toList()));
        System.out.printf("%n%-36s %7s %7s %7s %9s%n", "tests", "passed", "failed", "skipped", "seconds");
        groups.forEach((group, members) -> System.out.printf(
                Locale.ROOT,
                "%-36s %7d %7d %7d %9.1f%n",
                group,
                count(members, Outcome.PASSED),
                count(members, Outcome.FAILED),
                count(members, Outcome.SKIPPED),
                members.stream().mapToDouble(Test::seconds).sum()));
    }

    private static void showSkipped(List<Test> tests) {
        Map<String, List<Test>> reasons = tests.stream()
                .filter(test -> test.outcome() == Outcome.SKIPPED)
                .collect(Collectors.groupingBy(
                        test -> test.reason().isEmpty() ? "no reason given" : test.reason(),
                        TreeMap::new,
                        Collectors.toList()));
        if (!reasons.isEmpty()) {
            System.out.println("\nskipped, and why:");
        }
        reasons.forEach((reason, members) -> System.out.println("  " + members.size() + "  " + reason + " ("
                + String.join(", ", members.stream().map(CheckSummary::typeOf).collect(Collectors.toCollection(TreeSet::new)))
                + ")"));
    }

    private static String typeOf(Test test) {
        return test.name().substring(0, test.name().indexOf('.'));
    }

    private static void showFailure(List<Test> tests) throws IOException {
        List<Test> failed =
                tests.stream().filter(test -> test.outcome() == Outcome.FAILED).toList();
        if (failed.isEmpty()) {
            List<String> log;
            try (Stream<String> lines = Files.lines(Path.of("target/check.log"))) {
                log = lines.filter(line -> !line.startsWith("[INFO]")).toList();
            }
            System.out.println("\nthe end of target/check.log:");
            log.stream()
                    .skip(Math.max(0, log.size() - SHOWN_LOG_LINES))
                    .forEach(line -> System.out.println("  " + line));
        } else {
            System.out.println("\nfailed:");
            failed.forEach(test -> System.out.println(
                    "  " + test.group() + "." + test.name() + "\n      " + test.reason().replace("\n", "\n      ")));
        }
    }

    private static long count(List<Test> tests, Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    private CheckSummary() {}
}
