package dev.rollcall.mcp;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the maps, lists and values in which the library of the protocol takes it. Pure. */
final class PlainJson {
    /** Longer ones nobody reckons with. */
    private static final int LONGEST_NUMBER = 400;

    /** Digits that a long has room for in any case. */
    private static final int LONGEST_WHOLE = 18;

    private PlainJson() {}

    static Map<String, @Nullable Object> object(JsonValue.Obj object) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        JsonText.members(object).forEach((name, value) -> plain.put(name, of(value)));
        return plain;
    }

    private static @Nullable Object of(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj object -> object(object);
            case JsonValue.Arr list -> list(list);
            case JsonValue.Text text -> text.value();
            case JsonValue.Num number -> number(number.literal());
            case JsonValue.Bool bool -> bool.value();
            case JsonValue.Null nothing -> null;
        };
    }

    private static List<@Nullable Object> list(JsonValue.Arr list) {
        List<@Nullable Object> plain = new ArrayList<>();
        list.items().forEach(item -> plain.add(of(item)));
        return plain;
    }

    /** No number where it is none that can be reckoned with. */
    private static Object number(String literal) {
        try {
            if (literal.length() <= LONGEST_NUMBER) {
                BigDecimal number = new BigDecimal(literal);
                boolean isWhole = literal.length() <= LONGEST_WHOLE && number.scale() == 0;
                return isWhole ? (Object) number.longValueExact() : number;
            }
        } catch (NumberFormatException exponentTooLarge) {
            // As one that is too long.
        }
        return Double.NaN;
    }
}
