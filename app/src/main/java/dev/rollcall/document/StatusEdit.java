package dev.rollcall.document;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The smallest change of a document's bytes: members that are not named keep their bytes, order, spacing, number
 * spelling and escapes. Of repeated members the last is edited. Each member may be named once. Not thread-safe.
 */
public final class StatusEdit {
    private static final byte[] NEW_DOCUMENT = "{}\n".getBytes(StandardCharsets.UTF_8);

    /** Digits that are written out before a number is left in scientific notation, lest 1e999999999 fill the disk. */
    private static final int MAX_PLAIN_SCALE = 400;

    private final StatusDocument document;
    private final Layout layout;
    private final List<Splice> splices = new ArrayList<>();
    private final List<String> additions = new ArrayList<>();
    private final Set<String> named = new HashSet<>();

    private StatusEdit(StatusDocument document) {
        this.document = document;
        this.layout = Layout.of(document);
    }

    /** JSON text that takes the place of the document's UTF-8 bytes from start to before end. */
    private record Splice(int start, int end, String json) {}

    public static StatusEdit of(StatusDocument document) {
        return new StatusEdit(document);
    }

    /** A new document, two spaces deep, members in the order they are set. */
    public static StatusEdit create() {
        return switch (StatusParser.parse(NEW_DOCUMENT)) {
            case ParseResult.Parsed parsed -> new StatusEdit(parsed.document());
            case ParseResult.Rejected rejected -> throw new IllegalStateException(rejected.message());
        };
    }

    /** Replaces the value whatever its type, or adds the member at the end. */
    public StatusEdit setText(String member, String text) {
        Optional<JsonValue> old = valueToEdit(member);
        boolean isSame = old.filter(
                        value -> value instanceof JsonValue.Text t && t.value().equals(text))
                .isPresent();
        return isSame ? this : set(member, Spelling.quoted(text));
    }

    /** The same with a number, written without an exponent unless it would be very long. */
    public StatusEdit setNumber(String member, BigDecimal number) {
        String literal = Math.abs((long) number.scale()) > MAX_PLAIN_SCALE ? number.toString() : number.toPlainString();
        Optional<JsonValue> old = valueToEdit(member);
        boolean isSame = old.filter(
                        value -> value instanceof JsonValue.Num n && n.literal().equals(literal))
                .isPresent();
        return isSame ? this : set(member, literal);
    }

    /** The same with a list of texts, laid out like the list it replaces. */
    public StatusEdit setTexts(String member, List<String> texts) {
        Optional<JsonValue> old = valueToEdit(member);
        if (old.isPresent() && old.get() instanceof JsonValue.Arr list) {
            return holds(list, texts) ? this : set(member, layout.list(list).list(texts));
        }
        return set(member, layout.newList().list(texts));
    }

    /**
     * Appends to a list, or adds the member with a list of one.
     *
     * @throws ProblemException DOCUMENT_NOT_EDITABLE, naming member and type, when it is no list
     */
    public StatusEdit append(String member, String text) {
        Optional<JsonValue> old = valueToEdit(member);
        if (old.isEmpty()) {
            return set(member, layout.newList().list(List.of(text)));
        }
        if (!(old.get() instanceof JsonValue.Arr list)) {
            throw new ProblemException(
                    ProblemCode.DOCUMENT_NOT_EDITABLE,
                    "can not append to " + Legible.text(member) + ": it is no list but of type "
                            + old.get().typeName(),
                    "Make " + Legible.text(member) + " a list in status.json, then run the command again.");
        }
        Layout.ListLayout style = layout.list(list);
        if (list.items().isEmpty()) {
            return set(member, style.list(List.of(text)));
        }
        int end = list.items().getLast().end();
        return splice(end, end, "," + style.between() + Spelling.quoted(text));
    }

    /** Removes the first item that equals the text; nothing happens when there is none or the member is no list. */
    public StatusEdit remove(String member, String text) {
        Optional<JsonValue> old = valueToEdit(member);
        if (old.isEmpty() || !(old.get() instanceof JsonValue.Arr list)) {
            return this;
        }
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof JsonValue.Text t && t.value().equals(text)) {
                return removeItem(list, i);
            }
        }
        return this;
    }

    /** The edited file's bytes, in the document's own encoding. */
    public byte[] bytes() {
        List<Splice> ordered = new ArrayList<>(splices);
        if (!additions.isEmpty()) {
            ordered.add(addition());
        }
        ordered.sort((a, b) -> Integer.compare(a.start(), b.start()));
        byte[] old = document.utf8();
        ByteArrayOutputStream edited = new ByteArrayOutputStream(old.length + 1024);
        int at = 0;
        for (Splice splice : ordered) {
            edited.write(old, at, splice.start() - at);
            edited.writeBytes(splice.json().getBytes(StandardCharsets.UTF_8));
            at = splice.end();
        }
        edited.write(old, at, old.length - at);
        return SourceText.encoded(edited.toByteArray(), document.encoding());
    }

    private Optional<JsonValue> valueToEdit(String member) {
        if (!named.add(member)) {
            throw new IllegalArgumentException("member " + Legible.text(member) + " is edited twice at once");
        }
        return document.root().member(member).map(JsonValue.Member::value);
    }

    private StatusEdit set(String member, String json) {
        Optional<JsonValue.Member> old = document.root().member(member);
        if (old.isPresent()) {
            return splice(old.get().value().start(), old.get().value().end(), json);
        }
        additions.add(layout.member(member, json));
        return this;
    }

    private StatusEdit splice(int start, int end, String json) {
        splices.add(new Splice(start, end, json));
        return this;
    }

    private StatusEdit removeItem(JsonValue.Arr list, int index) {
        List<JsonValue> items = list.items();
        JsonValue item = items.get(index);
        if (items.size() == 1) {
            return splice(list.start(), list.end(), "[]");
        }
        return index > 0
                ? splice(items.get(index - 1).end(), item.end(), "")
                : splice(item.start(), items.get(1).start(), "");
    }

    private Splice addition() {
        JsonValue.Obj root = document.root();
        String lead = layout.memberLead();
        String json = lead + String.join("," + lead, additions);
        if (root.members().isEmpty()) {
            return new Splice(root.start() + 1, root.end() - 1, json + layout.lineBreak());
        }
        int end = root.members().getLast().value().end();
        return new Splice(end, end, "," + json);
    }

    private static boolean holds(JsonValue.Arr list, List<String> texts) {
        return list.items().stream().allMatch(JsonValue.Text.class::isInstance)
                && list.items().stream()
                        .map(item -> ((JsonValue.Text) item).value())
                        .toList()
                        .equals(texts);
    }
}
