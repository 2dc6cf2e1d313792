package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a document is laid out, so that what is added to it looks like what is there. Immutable. */
final class Layout {
    private static final String NEW_INDENT = "  ";

    private final byte[] utf8;
    private final JsonValue.Obj root;
    private final String memberLead;
    private final String colon;

    private Layout(byte[] utf8, JsonValue.Obj root) {
        this.utf8 = utf8;
        this.root = root;
        this.colon = colonOf();
        this.memberLead = memberLeadOf();
    }

    static Layout of(StatusDocument document) {
        return new Layout(document.utf8(), document.root());
    }

    /**
     * The white space of a list.
     *
     * @param first between the opening bracket and the first item
     * @param between after each comma
     * @param last between the last item and the closing bracket
     */
    record ListLayout(String first, String between, String last) {
        String list(List<String> texts) {
            if (texts.isEmpty()) {
                return "[]";
            }
            return texts.stream()
                    .map(Spelling::quoted)
                    .collect(Collectors.joining("," + between, "[" + first, last + "]"));
        }
    }

    /** The white space between a comma and the name of the member after it. */
    String memberLead() {
        return memberLead;
    }

    String member(String name, String json) {
        return Spelling.quoted(name) + colon + json;
    }

    /** The layout of a list that is there; an empty one is laid out like a new one. */
    ListLayout list(JsonValue.Arr list) {
        List<JsonValue> items = list.items();
        if (items.isEmpty()) {
            return newList();
        }
        String first = between(list.start() + 1, items.getFirst().start());
        String last = between(items.getLast().end(), list.end() - 1);
        if (items.size() == 1) {
            return new ListLayout(first, breaksLine(first) ? first : inlineGap(), last);
        }
        List<String> gaps = new ArrayList<>();
        for (int i = 1; i < items.size(); i++) {
            gaps.add(afterComma(items.get(i - 1).end(), items.get(i).start()));
        }
        return new ListLayout(first, mostCommon(gaps), last);
    }

    /** One item per line where the document's other lists of texts, if there are any, mostly are. */
    ListLayout newList() {
        int balance = 0;
        for (JsonValue.Member member : root.members()) {
            if (member.value() instanceof JsonValue.Arr list && !list.items().isEmpty()) {
                balance +=
                        breaksLine(between(list.start(), list.items().getFirst().start())) ? 1 : -1;
            }
        }
        if (!breaksLine(memberLead) || balance < 0) {
            return new ListLayout("", inlineGap(), "");
        }
        String item = lineBreak() + indent() + indent();
        return new ListLayout(item, item, lineBreak() + indent());
    }

    private String colonOf() {
        List<String> colons = new ArrayList<>();
        String bytes = new String(utf8, StandardCharsets.ISO_8859_1);
        for (JsonValue.Member member : root.members()) {
            colons.add(between(
                    Spelling.endOf(bytes, member.nameStart()), member.value().start()));
        }
        return colons.isEmpty() ? ": " : mostCommon(colons);
    }

    private String memberLeadOf() {
        List<JsonValue.Member> members = root.members();
        if (members.isEmpty()) {
            return (text().contains("\r\n") ? "\r\n" : "\n") + NEW_INDENT;
        }
        if (members.size() == 1) {
            String first = between(root.start() + 1, members.getFirst().nameStart());
            return breaksLine(first) ? first : inlineGap();
        }
        List<String> leads = new ArrayList<>();
        for (int i = 1; i < members.size(); i++) {
            leads.add(
                    afterComma(members.get(i - 1).value().end(), members.get(i).nameStart()));
        }
        return mostCommon(leads);
    }

    /** A document that puts a space after its colons gets one after its commas. */
    private String inlineGap() {
        return colon.endsWith(" ") ? " " : "";
    }

    private String indent() {
        return memberLead.substring(Math.max(memberLead.lastIndexOf('\n'), memberLead.lastIndexOf('\r')) + 1);
    }

    String lineBreak() {
        return memberLead.contains("\r\n") ? "\r\n" : memberLead.contains("\r") ? "\r" : "\n";
    }

    private static boolean breaksLine(String whiteSpace) {
        return whiteSpace.indexOf('\n') >= 0 || whiteSpace.indexOf('\r') >= 0;
    }

    /** Of equally common ones the first. */
    private static String mostCommon(List<String> texts) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        String common = texts.getFirst();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            common = entry.getValue() > counts.getOrDefault(common, 0) ? entry.getKey() : common;
        }
        return common;
    }

    private String afterComma(int from, int to) {
        String gap = between(from, to);
        return gap.substring(gap.indexOf(',') + 1);
    }

    private String between(int from, int to) {
        return new String(utf8, from, to - from, StandardCharsets.US_ASCII);
    }

    private String text() {
        return between(0, utf8.length);
    }
}
