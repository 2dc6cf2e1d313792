package dev.rollcall.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects a document's findings, each once, at most {@value #MAX_FINDINGS}. Not thread-safe. */
final class Findings {
    /** More than a person reads; a document made of repeated keys must not make a row as large as itself. */
    static final int MAX_FINDINGS = 50;

    /** Names in a document have no limit of their own. */
    private static final int MAX_MEMBER_CODE_POINTS = 200;

    private final List<Finding> list = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();

    void add(String code, String member, String message) {
        if (list.size() < MAX_FINDINGS && seen.add(code + ' ' + member)) {
            String shown = StorableText.shortened(member, MAX_MEMBER_CODE_POINTS);
            list.add(new Finding(code, shown, StorableText.of(message)));
        }
    }

    void wrongType(String member, Reading.Malformed malformed) {
        String path = member + malformed.below();
        add("wrong_type", path, path + " is " + malformed.found() + ", not " + malformed.expected());
    }

    void fallback(String column, String member, String below) {
        add("from_" + member, member + below, column + " is taken from " + member + below);
    }

    List<Finding> list() {
        return List.copyOf(list);
    }
}
