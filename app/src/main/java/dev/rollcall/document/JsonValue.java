package dev.rollcall.document;

import java.util.List;
import java.util.Optional;

/**
 * A JSON value with the place where it stands: {@code start} is the offset of its first byte and {@code end} the
 * offset after its last one, both counted from 0 in {@link StatusDocument#utf8()}.
 */
public sealed interface JsonValue {
    int start();

    int end();

    /** The JSON type as a person calls it: object, list, text, number, boolean or null. */
    default String typeName() {
        return switch (this) {
            case Obj o -> "object";
            case Arr a -> "list";
            case Text t -> "text";
            case Num n -> "number";
            case Bool b -> "boolean";
            case Null n -> "null";
        };
    }

    /** An object; members stand in the order of the document, repeated names included. */
    record Obj(List<Member> members, int start, int end) implements JsonValue {
        public Obj {
            members = List.copyOf(members);
        }

        /** The member of this name; of several the last, as every JSON reader in use takes it. */
        public Optional<Member> member(String name) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).name().equals(name)) {
                    return Optional.of(members.get(i));
                }
            }
            return Optional.empty();
        }
    }

    /** A member of an object; {@code nameStart} is the offset of the opening quote of its name. */
    record Member(String name, int nameStart, JsonValue value) {}

    record Arr(List<JsonValue> items, int start, int end) implements JsonValue {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Text(String value, int start, int end) implements JsonValue {}

    /** A number, kept as it is spelled. */
    record Num(String literal, int start, int end) implements JsonValue {}

    record Bool(boolean value, int start, int end) implements JsonValue {}

    record Null(int start, int end) implements JsonValue {}
}
