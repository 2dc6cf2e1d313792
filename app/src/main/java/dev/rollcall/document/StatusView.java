package dev.rollcall.document;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The typed reading of a document's members, by the table in docs/status-json.md. Stateless. */
public final class StatusView {
    private StatusView() {}

    /**
     * The columns of a document.
     *
     * @param agent the folder's name, compared with the document's own agent_id
     * @param modifiedAt the file's modification time at this version: what "in the future" is measured against, so that
     *     the same version always reads the same
     */
    public static StatusColumns columns(
            StatusDocument document, AgentId agent, ReadingRules rules, Instant modifiedAt) {
        JsonMembers members = new JsonMembers(document.root());
        Findings findings = new Findings();
        Map<StatusField, String> values = new EnumMap<>(StatusField.class);
        noteEncoding(document, findings);
        noteAgentId(members, agent, findings);
        readStatus(members, rules, values, findings);
        new LastUpdated(members, rules.zone(), modifiedAt).read(values, findings);
        for (StatusField field : StatusField.values()) {
            if (field != StatusField.STATUS && ColumnSource.exists(field)) {
                ColumnSource.of(field)
                        .find(members, findings)
                        .ifPresent(found -> values.put(field, found.reading().text()));
            }
        }
        new Blockers(document, members)
                .read(findings)
                .ifPresent(blockers -> values.put(StatusField.BLOCKERS, JsonLists.ofTexts(blockers)));
        noteDuplicates(document, findings);
        values.put(StatusField.FINDINGS, JsonLists.ofFindings(findings.list()));
        return StatusColumns.of(values);
    }

    /** The top-level member whose value the column shows; empty when no candidate is usable or the value is nested. */
    public static Optional<JsonValue.Member> memberBehind(StatusDocument document, StatusField field) {
        return ColumnSource.of(field)
                .find(new JsonMembers(document.root()), new Findings())
                .filter(found -> found.reading().below().isEmpty())
                .map(ColumnSource.Found::member);
    }

    /** The texts of the blockers column; empty when there are none or nothing is said about them. */
    public static List<String> blockers(StatusDocument document) {
        return new Blockers(document, new JsonMembers(document.root()))
                .read(new Findings())
                .orElse(List.of());
    }

    private static void readStatus(
            JsonMembers members, ReadingRules rules, Map<StatusField, String> values, Findings findings) {
        Optional<ColumnSource.Found> found = ColumnSource.of(StatusField.STATUS).find(members, findings);
        State state = State.UNKNOWN;
        if (found.isEmpty()) {
            findings.add("missing_status", "status", "no member tells a status");
        } else {
            String status = found.get().reading().text();
            values.put(StatusField.STATUS, status);
            state = rules.vocabulary().stateOf(status);
            if (state == State.UNKNOWN) {
                findings.add(
                        "unknown_status",
                        found.get().path(),
                        "no rule tells which state \"" + StorableText.shortened(status, 80) + "\" means");
            }
        }
        values.put(StatusField.STATE, state.name());
    }

    private static void noteEncoding(StatusDocument document, Findings findings) {
        if (document.encoding() != StatusDocument.Encoding.UTF_8) {
            findings.add("byte_order_mark", "", "the file begins with a byte-order mark");
        }
    }

    private static void noteAgentId(JsonMembers members, AgentId agent, Findings findings) {
        switch (members.value("agent_id")) {
            case JsonValue.Text text when !text.value().isBlank() -> noteAgentId(text.value(), agent, findings);
            case JsonValue.Num number -> noteAgentId(number.literal(), agent, findings);
            case null -> noteMissingAgentId(findings);
            case JsonValue.Text blank -> noteMissingAgentId(findings);
            case JsonValue.Null nothing -> noteMissingAgentId(findings);
            case JsonValue other -> findings.wrongType("agent_id", Reading.malformed("", other, "a text"));
        }
    }

    private static void noteMissingAgentId(Findings findings) {
        findings.add("missing_agent_id", "agent_id", "no agent_id; the folder's name is the agent's id");
    }

    private static void noteAgentId(String reported, AgentId agent, Findings findings) {
        if (!reported.equals(agent.value())) {
            findings.add(
                    "agent_id_differs",
                    "agent_id",
                    "agent_id is \"" + StorableText.shortened(reported, 80) + "\" in the folder of " + agent);
        }
    }

    private static void noteDuplicates(StatusDocument document, Findings findings) {
        for (String path : document.duplicateKeys()) {
            String shown = StorableText.shortened(path, 80);
            findings.add("duplicate_key", path, shown + " occurs more than once; the last one counts");
        }
    }
}
