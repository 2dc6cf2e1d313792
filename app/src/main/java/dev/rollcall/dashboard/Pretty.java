package dev.rollcall.dashboard;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document laid out to read: a member on each line, indented by depth, cut where it is endless. */
final class Pretty {
    private static final int LONGEST = 200_000;
    private static final int LONGEST_TEXT = 4_000;
    private static final String INDENT = "  ";

    private final Html html;
    private boolean isCut;

    private Pretty(Html html) {
        this.html = html;
    }

    /** Inside of an element that keeps lines as they are; tells whether something was left out. */
    static boolean draw(Html html, JsonValue value) {
        Pretty pretty = new Pretty(html);
        pretty.value(value, "\n");
        return pretty.isCut;
    }

    /** On one line, and short; a dash for nothing. */
    static String brief(@Nullable JsonValue value, int most) {
        return value == null ? Shown.NOTHING : Html.cut(JsonText.of(value), most);
    }

    private void value(JsonValue value, String margin) {
        switch (value) {
            case JsonValue.Obj object -> object(object, margin);
            case JsonValue.Arr list -> list(list, margin);
            case JsonValue.Text text ->
                html.open("span", "class", "j-text").lines(quoted(text.value())).close("span");
            case JsonValue other ->
                html.open("span", "class", "j-word")
                        .lines(Html.cut(JsonText.of(other), LONGEST_TEXT))
                        .close("span");
        }
    }

    private static String quoted(String text) {
        return JsonText.of(new JsonValue.Text(Html.cut(text, LONGEST_TEXT), 0, 0));
    }

    private void object(JsonValue.Obj object, String margin) {
        Iterator<Map.Entry<String, JsonValue>> members =
                JsonText.members(object).entrySet().iterator();
        if (!members.hasNext()) {
            html.lines("{}");
            return;
        }
        html.lines("{");
        while (members.hasNext() && goesOn()) {
            Map.Entry<String, JsonValue> member = members.next();
            html.lines(margin + INDENT)
                    .open("span", "class", "j-name")
                    .lines(quoted(member.getKey()))
                    .close("span")
                    .lines(": ");
            value(member.getValue(), margin + INDENT);
            html.lines(members.hasNext() ? "," : "");
        }
        html.lines(margin + "}");
    }

    private void list(JsonValue.Arr list, String margin) {
        if (list.items().isEmpty()) {
            html.lines("[]");
            return;
        }
        html.lines("[");
        Iterator<JsonValue> items = list.items().iterator();
        while (items.hasNext() && goesOn()) {
            html.lines(margin + INDENT);
            value(items.next(), margin + INDENT);
            html.lines(items.hasNext() ? "," : "");
        }
        html.lines(margin + "]");
    }

    private boolean goesOn() {
        if (html.length() > LONGEST) {
            isCut = true;
            html.lines(" \u2026 ");
        }
        return !isCut;
    }
}
