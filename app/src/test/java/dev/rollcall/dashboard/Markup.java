package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.problem.ShownText;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page as strictly as nobody else: every tag and attribute must be one that pages of ours have. */
public final class Markup {
    private static final Pattern TAG = Pattern.compile("<(/?)([!a-zA-Z][^\\s>/]*)([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([^\\s=>\"'/]+)=\"([^\"<]*)\"");

    private static final Set<String> TAGS = Set.of(
            ("!doctype html head body meta title link script a p header main nav h1 h2 h3 div span section article svg rect"
                            + " defs pattern path form label input kbd b i code button dl dt dd ul ol li pre mark table"
                            + " thead tbody tr th td datalist option del ins")
                    .split(" "));

    private static final Set<String> ATTRIBUTES = Set.of(
            ("lang data-now charset name content rel href type src defer class id tabindex role title hidden viewBox"
                            + " preserveAspectRatio width height x y d patternUnits fill scope for value placeholder list"
                            + " autocomplete spellcheck required method action html")
                    .split(" "));

    private Markup() {}

    public static void assertHarmless(String page) {
        String rest = page;
        Matcher tag = TAG.matcher(page);
        StringBuilder texts = new StringBuilder();
        int end = 0;
        while (tag.find()) {
            texts.append(page, end, tag.start()).append('\n');
            end = tag.end();
            assertThat(TAGS).as("tag of " + tag.group()).contains(tag.group(2));
            assertAttributes(tag.group(3), tag.group());
            if (tag.group(2).equals("script") && tag.group(1).isEmpty()) {
                assertThat(tag.group(3)).contains("src=\"/assets/");
                assertThat(page.substring(end)).startsWith("</script>");
            }
        }
        texts.append(rest.substring(end));
        assertThat(texts).as("what stands between tags").doesNotContain("<");
        assertThat(page.codePoints()
                        .filter(c -> c != '\n' && ShownText.isInvisible(c))
                        .toArray())
                .as("what can not be seen")
                .isEmpty();
    }

    private static void assertAttributes(String attributes, String tag) {
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        int end = 0;
        while (attribute.find()) {
            assertThat(attribute.start()).as("a gap in " + tag).isEqualTo(end);
            end = attribute.end();
            String name = attribute.group(1);
            assertThat(ATTRIBUTES.contains(name) || name.startsWith("data-") || name.startsWith("aria-"))
                    .as("attribute " + name + " of " + tag)
                    .isTrue();
            if (Set.of("href", "src", "action").contains(name)) {
                assertThat(attribute.group(2)).as("address in " + tag).matches("[?#].*|/(?![/\\\\]).*");
            }
        }
        assertThat(attributes.substring(end).strip())
                .as("what is left of " + tag)
                .isIn("", "html");
    }
}
