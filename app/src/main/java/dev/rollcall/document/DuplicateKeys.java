package dev.rollcall.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the members that occur more than once in their object. */
final class DuplicateKeys {
    /** More paths than a person reads; keeps a hostile document from growing when it is looked at. */
    private static final int MAX_PATHS = 100;

    /** Objects up to this many members are compared pair by pair, which is faster than hashing there. */
    private static final int FEW = 8;

    private final Set<String> paths = new LinkedHashSet<>();

    private DuplicateKeys() {}

    /** The paths in the order of the document, each once; of more than {@value #MAX_PATHS} the first ones. */
    static List<String> in(JsonValue.Obj root) {
        DuplicateKeys found = new DuplicateKeys();
        found.visit(root, null);
        return new ArrayList<>(found.paths);
    }

    private record Path(@Nullable Path parent, String step) {
        @Override
        public String toString() {
            boolean isFirst = parent == null;
            String shown = Legible.text(step);
            return isFirst ? shown : parent + (step.startsWith("[") ? shown : "." + shown);
        }
    }

    private void visit(JsonValue value, @Nullable Path path) {
        switch (value) {
            case JsonValue.Obj object -> visitMembers(object.members(), path);
            case JsonValue.Arr list -> visitItems(list.items(), path);
            default -> {}
        }
    }

    private void visitItems(List<JsonValue> items, @Nullable Path path) {
        for (int i = 0; i < items.size() && paths.size() < MAX_PATHS; i++) {
            if (isContainer(items.get(i))) {
                visit(items.get(i), new Path(path, "[" + i + "]"));
            }
        }
    }

    private void visitMembers(List<JsonValue.Member> members, @Nullable Path path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < members.size() && paths.size() < MAX_PATHS; i++) {
            JsonValue.Member member = members.get(i);
            boolean isRepeated = members.size() <= FEW ? repeats(members, i) : !seen.add(member.name());
            if (isRepeated) {
                paths.add(new Path(path, member.name()).toString());
            }
            if (isContainer(member.value())) {
                visit(member.value(), new Path(path, member.name()));
            }
        }
    }

    private static boolean repeats(List<JsonValue.Member> members, int index) {
        for (int i = 0; i < index; i++) {
            if (members.get(i).name().equals(members.get(index).name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isContainer(JsonValue value) {
        return value instanceof JsonValue.Obj || value instanceof JsonValue.Arr;
    }
}
