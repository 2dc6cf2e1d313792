package dev.rollcall.report;

import static dev.rollcall.report.PastFixtures.minute;
import static dev.rollcall.report.PastFixtures.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.report.page.Page;
import dev.rollcall.roll.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What agents wrote does nothing in any rendering but be read; and each rendering is well formed. */
class RenderingsTest {
    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</title></svg></style>",
            "![x](https://evil.example/x.png) [click](javascript:alert(1)) https://evil.example www.evil.example",
            "@everyone @channel #1 | a | b |\n# heading\n> quote",
            "`code` **bold** _it_ ~~gone~~ $math$ :smile:",
            "=HYPERLINK(\"http://evil.example\")",
            "+1+1",
            "-1-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\u202etxt.exe \u001b[31mred\u0000 \u200bzero \ud800half",
            "a,b\"c\nd");

    private static Report hostile() {
        List<AgentFigures> agents = new ArrayList<>();
        Set<AgentId> roll = new TreeSet<>();
        int number = 0;
        for (String text : HOSTILE) {
            String id = number++ % 2 == 0 ? "<b>=A" + number : "=A|[" + number + "](x)";
            roll.add(new AgentId(id.replace("/", "")));
            agents.add(PastFixtures.past(id.replace("/", ""))
                    .version(-5, Map.of(StatusField.STATE, "ACTIVE", StatusField.CURRENT_MISSION, "x"), null)
                    .version(
                            10,
                            Map.of(
                                    StatusField.STATE, "BLOCKED",
                                    StatusField.CURRENT_MISSION, text,
                                    StatusField.POINTS_EARNED, "5"),
                            new Contents(Map.of(text, text), List.of(text, text + " =A|[2](x) <b>=A1")))
                    .version(
                            30,
                            Map.of(
                                    StatusField.STATE, "BLOCKED",
                                    StatusField.CURRENT_MISSION, text,
                                    StatusField.POINTS_EARNED, "25"),
                            new Contents(Map.of(text, text), List.of(text, text + " =A|[2](x) <b>=A1")))
                    .gap(Gap.Kind.REJECTED, 40, 50)
                    .figures());
        }
        Map<AgentId, List<String>> blockers = new java.util.HashMap<>();
        agents.forEach(agent -> blockers.put(agent.agent(), agent.end().blockers()));
        return new Report(
                "default <i>",
                null,
                window(0, 100),
                minute(0),
                agents,
                Waits.of(blockers, roll),
                new Report.Reading(1, 1));
    }

    static Report plain(int size) {
        List<AgentFigures> agents = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            agents.add(PastFixtures.past("Agent-" + i)
                    .state(-5, State.ACTIVE)
                    .points(10, "1")
                    .points(20 + i % 50, "" + i)
                    .state(70, List.of(State.values()).get(i % 8))
                    .figures());
        }
        return new Report(
                "default",
                null,
                window(0, 100),
                minute(0),
                agents,
                new Waits(List.of(), List.of()),
                new Report.Reading(0, 0));
    }

    @Test
    void thePageHasNoElementAndNoAttributeThatAnAgentWrote() {
        String page = Page.of(hostile());

        assertThat(page).doesNotContain("<script", "<img", "onerror=\"", "<b>=A", "<i>", "\u202e", "\u001b", "\u200b");
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\u202etxt.exe", "\\u001b[31mred\\u0000");
        assertThat(page).contains("default-src 'none'; style-src 'unsafe-inline'");
        assertThat(Pattern.compile("(?i)<(\\w+)")
                        .matcher(page)
                        .results()
                        .map(match -> match.group(1))
                        .distinct())
                .isSubsetOf(
                        "html", "head", "meta", "title", "style", "body", "svg", "defs", "pattern", "rect", "path",
                        "circle", "main", "header", "h1", "h2", "p", "ul", "li", "b", "span", "section", "div", "table",
                        "thead", "tbody", "tr", "th", "td", "text", "desc", "details", "summary", "footer");
        assertThat(Pattern.compile("(?i)\\b(src|href|action|xlink:href|on\\w+)\\s*=\\s*[\"']?\\w")
                        .matcher(page.replaceAll(">[^<]*<", "><"))
                        .find())
                .isFalse();
    }

    @Test
    void thePageIsWellFormedAndFetchesNothing() throws Exception {
        String page = Page.of(hostile());
        String xml = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
        var builder =
                javax.xml.parsers.DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
        var document = builder.parse(new org.xml.sax.InputSource(new java.io.StringReader(xml)));
        Set<String> ids = new TreeSet<>();
        var all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            String id = ((org.w3c.dom.Element) all.item(i)).getAttribute("id");
            assertThat(id.isEmpty() || ids.add(id)).as("id %s twice", id).isTrue();
        }
        assertThat(page).doesNotContain("url(http", "@import", "http-equiv=\"refresh");
        var drawings = document.getElementsByTagName("svg");
        for (int i = 0; i < drawings.getLength(); i++) {
            var svg = (org.w3c.dom.Element) drawings.item(i);
            assertThat(svg.getAttribute("aria-hidden").equals("true")
                            || ids.containsAll(
                                    List.of(svg.getAttribute("aria-labelledby").split(" "))))
                    .isTrue();
        }
    }

    @Test
    void aPageOfAThousandAgentsStaysSaneAndSaysWhomItLeavesOut() {
        String page = Page.of(plain(1000));

        assertThat(page.length()).isLessThan(1_500_000);
        assertThat(page).contains("900 agents that need less attention are left out here");
    }

    @Test
    void wholePointsHaveWholeTicks() {
        for (int size = 1; size < 12; size++) {
            assertThat(Pattern.compile("class=\"tick\"[^>]*>(-?[\\d,.]+)<")
                            .matcher(Page.of(plain(size)))
                            .results()
                            .map(match -> match.group(1)))
                    .as("%d agents", size)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .noneMatch(tick -> tick.contains("."));
        }
    }

    @Test
    void markdownKeepsItsTablesAndLinksNowhere() {
        String markdown = Markdown.of(hostile());

        assertThat(markdown.lines().filter(line -> line.startsWith("|")).toList())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("|"));
        String unescaped = markdown.replaceAll("\\\\.", "");
        assertThat(unescaped).doesNotContain("<", "](", "@everyone", "https://", "www.", "`", "javascript:");
        assertThat(markdown.lines().filter(line -> line.startsWith("#")).toList())
                .allSatisfy(line -> assertThat(line).matches("##? [A-Z].*"));
        // Every row of a table has as many cells as its heading, however many bars agents write.
        int cells = 0;
        for (String line : unescaped.lines().toList()) {
            int bars = line.length() - line.replace("|", "").length();
            if (line.startsWith("|") && cells != 0) {
                assertThat(bars).as(line).isEqualTo(cells);
            }
            cells = line.startsWith("|") ? bars : 0;
        }
    }

    @Test
    void csvComesBackAsItWasAndNoCellIsAFormula() {
        Report report = hostile();
        List<List<String>> parsed = parse(Csv.of(report));

        assertThat(parsed.getFirst()).containsExactly("agent", "figure", "key", "value", "unit");
        List<Rows.Row> rows = Rows.of(report);
        assertThat(parsed).hasSize(rows.size() + 1);
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = parsed.get(i + 1);
            assertThat(cells).hasSize(5);
            assertThat(plain(cells.get(0)))
                    .isEqualTo(SafeText.visible(rows.get(i).agent()));
            assertThat(plain(cells.get(2)))
                    .isEqualTo(SafeText.visible(rows.get(i).key()));
            assertThat(Stream.of(cells.get(0), cells.get(2)).filter(cell -> !cell.isEmpty()))
                    .noneMatch(cell -> "=+-@\t\r".indexOf(cell.charAt(0)) >= 0);
            assertThat(cells.get(3)).doesNotMatch("^[=+@\\t\\r].*");
        }
    }

    private static String plain(String cell) {
        return SafeText.visible(cell.startsWith("'") ? cell.substring(1) : cell);
    }

    /** RFC 4180. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append(csv.charAt(++i));
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        assertThat(cell).isEmpty();
        return rows;
    }

    @Test
    void durationsAndNumbersReadAsPeopleSayThem() {
        assertThat(Numbers.shown(java.time.Duration.ofSeconds(40))).isEqualTo("40s");
        assertThat(Numbers.shown(java.time.Duration.ofMinutes(125))).isEqualTo("2h 5m");
        assertThat(Numbers.shown(java.time.Duration.ofHours(76))).isEqualTo("3d 4h");
        assertThat(Numbers.shown(new java.math.BigDecimal("12345.678"))).isEqualTo("12,345.7");
        assertThat(Numbers.shown(new java.math.BigDecimal("1E+3"))).isEqualTo("1,000");
        assertThat(Numbers.percent(0.004)).isEqualTo("<1%");
        assertThat(Numbers.rounded(1234567.8)).isEqualByComparingTo("1234570");
    }
}
