package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one place where text becomes markup. */
class HtmlTest {
    @Test
    void markupInTextAndAttributesIsText() {
        String html = new Html()
                .leaf("p", "<script>alert('1')</script> & co", "title", "\" onclick=\"alert(1)")
                .toString();
        assertThat(html)
                .isEqualTo("<p title=\"&quot; onclick=&quot;alert(1)\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"
                        + " &amp; co</p>");
    }

    @Test
    void whatCanNotBeSeenIsSeen() {
        assertThat(new Html()
                        .text("a\u202eb\u0000c\u200bd\uD83D e\uDB40\uDC41f")
                        .toString())
                .isEqualTo("a\\u202eb\\u0000c\\u200bd\\ud83d e\\u{e0041}f");
        assertThat(new Html().text("one\ntwo\tthree").toString()).isEqualTo("one two three");
        assertThat(new Html().lines("one\ntwo").toString()).isEqualTo("one\ntwo");
        assertThat(new Html().text("\u00e9\uD83D\uDE00").toString()).isEqualTo("\u00e9\uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource({"onclick,x()", "style,color:red", "srcdoc,x", "href,javascript:alert(1)", "href,//evil.example/"})
    void noAttributeRunsStylesOrLeadsAway(String name, String value) {
        assertThatThrownBy(() -> new Html().open("a", name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:text/html,x", "https://evil.example", "/\\evil.example", " /x", "x", ""})
    void noAddressIsOfAnotherServer(String address) {
        assertThatThrownBy(() -> new Html().open("a", "href", address)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Html().open("form", "action", address))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongTextIsCutAndShownInATip() {
        String html = new Html().capped("span", "x".repeat(500), 10, "soft").toString();
        assertThat(html).contains(">" + "x".repeat(9) + "\u2026<").contains("title=\"" + "x".repeat(500) + "\"");
        assertThat(new Html().capped("span", "short", 10, "soft").toString()).doesNotContain("title");
        assertThat(new Html().text("y".repeat(1_000_000)).toString()).hasSizeLessThan(21_000);
    }

    @Test
    void aCutNeverHalvesACharacter() {
        assertThat(Html.cut("\uD83D\uDE00".repeat(5), 3)).isEqualTo("\uD83D\uDE00".repeat(2) + "\u2026");
    }
}
