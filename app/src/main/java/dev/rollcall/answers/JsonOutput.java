package dev.rollcall.answers;

import dev.rollcall.problem.ShownText;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object as the contract prints it: schema first, control and invisible characters escaped. */
public final class JsonOutput {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator generator;

    private JsonOutput(JsonGenerator generator) {
        this.generator = generator;
    }

    public static String object(Consumer<JsonOutput> members) {
        return line(json -> members.accept(json.number("schema", 1)));
    }

    /** An object that is one of many and tells no schema of its own. */
    public static String line(Consumer<JsonOutput> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.writeStartObject();
            members.accept(new JsonOutput(generator));
            generator.writeEndObject();
        }
        return escapeInvisible(text.toString());
    }

    public JsonOutput text(String name, @Nullable String value) {
        if (value == null) {
            generator.writeNullProperty(name);
        } else {
            generator.writeStringProperty(name, value);
        }
        return this;
    }

    public JsonOutput time(String name, @Nullable Instant value) {
        return text(name, value == null ? null : value.toString());
    }

    public JsonOutput number(String name, @Nullable Long value) {
        if (value == null) {
            generator.writeNullProperty(name);
        } else {
            generator.writeNumberProperty(name, value.longValue());
        }
        return this;
    }

    public JsonOutput number(String name, long value) {
        generator.writeNumberProperty(name, value);
        return this;
    }

    public JsonOutput decimal(String name, @Nullable BigDecimal value) {
        if (value == null) {
            generator.writeNullProperty(name);
        } else {
            generator.writeName(name);
            generator.writeRawValue(value.toPlainString());
        }
        return this;
    }

    public JsonOutput flag(String name, BooleanSupplier value) {
        generator.writeBooleanProperty(name, value.getAsBoolean());
        return this;
    }

    /**
     * JSON text as it is; the caller knows that it is valid. Only its white space is that of one line after the other: a
     * carriage return would take a terminal back to what stands there already.
     */
    public JsonOutput json(String name, String json) {
        generator.writeName(name);
        generator.writeRawValue(json.replace("\r\n", "\n").replace('\r', '\n').replace('\t', ' '));
        return this;
    }

    public JsonOutput object(String name, Consumer<JsonOutput> members) {
        generator.writeObjectPropertyStart(name);
        members.accept(this);
        generator.writeEndObject();
        return this;
    }

    public <T> JsonOutput objects(String name, Collection<T> items, BiConsumer<JsonOutput, T> members) {
        generator.writeArrayPropertyStart(name);
        for (T item : items) {
            generator.writeStartObject();
            members.accept(this, item);
            generator.writeEndObject();
        }
        generator.writeEndArray();
        return this;
    }

    public JsonOutput texts(String name, Collection<String> items) {
        generator.writeArrayPropertyStart(name);
        items.forEach(generator::writeString);
        generator.writeEndArray();
        return this;
    }

    /**
     * Such characters occur only inside strings, so escaping them afterwards keeps the meaning. By hand: an answer has
     * millions of characters, and seldom one of these.
     */
    private static String escapeInvisible(String json) {
        int from = 0;
        while (from < json.length() && (json.charAt(from) <= 0x7E || !isInvisible(json.codePointAt(from)))) {
            from += Character.isHighSurrogate(json.charAt(from)) ? 2 : 1;
        }
        if (from == json.length()) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 64).append(json, 0, from);
        json.substring(from).codePoints().forEach(c -> {
            if (isInvisible(c)) {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Line feeds between members stay. */
    private static boolean isInvisible(int c) {
        return c > 0x7E && ShownText.isInvisible(c);
    }
}
