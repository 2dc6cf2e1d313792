package dev.rollcall.report;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.MemberPath;
import dev.rollcall.report.MemberChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What two documents say differently, by member. Objects are compared member by member, lists as bags of items, everything
 * else as a whole. Values are the same as {@link JsonText#canonical} says: 1 and 1.0 are, and of a repeated name only the
 * last member counts. Nothing is told exactly when both documents say the same. Pure.
 */
public final class DocumentDiff {
    private final List<MemberChange> changes = new ArrayList<>();

    private DocumentDiff() {}

    /** In the order of the earlier document; what only the later one has stands behind its object's other members. */
    public static List<MemberChange> between(JsonValue.Obj before, JsonValue.Obj after) {
        DocumentDiff diff = new DocumentDiff();
        diff.members(MemberPath.ROOT, before, after);
        return List.copyOf(diff.changes);
    }

    private void members(String path, JsonValue.Obj before, JsonValue.Obj after) {
        Map<String, JsonValue> earlier = JsonText.members(before);
        Map<String, JsonValue> later = JsonText.members(after);
        earlier.forEach((name, value) -> {
            String member = MemberPath.member(path, name);
            Optional.ofNullable(later.get(name))
                    .ifPresentOrElse(now -> values(member, value, now), () -> tell(member, Kind.REMOVED, value, null));
        });
        later.forEach((name, value) -> {
            if (!earlier.containsKey(name)) {
                tell(MemberPath.member(path, name), Kind.ADDED, null, value);
            }
        });
    }

    private void values(String path, JsonValue before, JsonValue after) {
        if (before instanceof JsonValue.Obj earlier && after instanceof JsonValue.Obj later) {
            members(path, earlier, later);
        } else if (before instanceof JsonValue.Arr earlier && after instanceof JsonValue.Arr later) {
            items(path, earlier, later);
        } else if (!JsonText.canonical(before).equals(JsonText.canonical(after))) {
            tell(path, Kind.CHANGED, before, after);
        }
    }

    private void items(String path, JsonValue.Arr before, JsonValue.Arr after) {
        List<String> earlier = canonical(before);
        List<String> later = canonical(after);
        if (earlier.equals(later)) {
            return;
        }
        List<Integer> keptBefore = kept(earlier, later);
        List<Integer> keptAfter = kept(later, earlier);
        without(keptBefore, earlier.size())
                .forEach(i -> tell(
                        MemberPath.item(path, i),
                        Kind.ITEM_REMOVED,
                        before.items().get(i),
                        null));
        without(keptAfter, later.size())
                .forEach(i -> tell(
                        MemberPath.item(path, i),
                        Kind.ITEM_ADDED,
                        null,
                        after.items().get(i)));
        if (isReordered(earlier, later)) {
            tell(path, Kind.REORDERED, before, after);
        }
    }

    /**
     * Of equal items it does not matter which one went or came: the order is the same when some choice makes it so. Tried
     * are the first and the last ones of each list.
     */
    private static boolean isReordered(List<String> before, List<String> after) {
        List<List<String>> earlier = List.of(common(before, after), fromTheEnd(before, after));
        List<List<String>> later = List.of(common(after, before), fromTheEnd(after, before));
        return earlier.stream().noneMatch(later::contains);
    }

    private static List<String> common(List<String> items, List<String> others) {
        return kept(items, others).stream().map(items::get).toList();
    }

    private static List<String> fromTheEnd(List<String> items, List<String> others) {
        return common(items.reversed(), others.reversed()).reversed();
    }

    /** The indices of the items that the other list has as well, as often as it has them; the first ones of equal items. */
    private static List<Integer> kept(List<String> items, List<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(item -> left.merge(item, 1, Integer::sum));
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            int count = left.getOrDefault(items.get(i), 0);
            if (count > 0) {
                left.put(items.get(i), count - 1);
                kept.add(i);
            }
        }
        return kept;
    }

    private static List<Integer> without(List<Integer> sorted, int size) {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (Collections.binarySearch(sorted, i) < 0) {
                others.add(i);
            }
        }
        return others;
    }

    private static List<String> canonical(JsonValue.Arr list) {
        return list.items().stream().map(JsonText::canonical).toList();
    }

    private void tell(String path, Kind kind, @Nullable JsonValue before, @Nullable JsonValue after) {
        changes.add(new MemberChange(path, kind, before, after));
    }
}
