package dev.rollcall.document;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object's members by exact name; of repeated names the last. Documents have up to hundreds of them. */
final class JsonMembers {
    private final Map<String, JsonValue.Member> byName;

    JsonMembers(JsonValue.Obj object) {
        byName = HashMap.newHashMap(object.members().size());
        for (JsonValue.Member member : object.members()) {
            byName.put(member.name(), member);
        }
    }

    JsonValue.@Nullable Member member(String name) {
        return byName.get(name);
    }

    @Nullable
    JsonValue value(String name) {
        JsonValue.Member member = byName.get(name);
        return member == null ? null : member.value();
    }
}
