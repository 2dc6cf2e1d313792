package dev.rollcall.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** An answer in JSON, or 304 for somebody who has it already. */
final class JsonAnswer {
    /** Of a hash: enough that two answers of one route never share it by chance. */
    private static final int TAG_BYTES = 12;

    private JsonAnswer() {}

    static void send(Context context, String json) {
        send(context, json, "\"" + hash(json) + "\"");
    }

    /** @param meaning what the answer says, without what only the passing of time changes, such as ages */
    static void sendAsOf(Context context, String json, String meaning) {
        send(context, json, "W/\"" + hash(meaning) + "\"");
    }

    private static void send(Context context, String json, String tag) {
        context.header("Cache-Control", "no-cache").header("ETag", tag).header("Vary", "Authorization, Cookie");
        if (isKnown(context.header("If-None-Match"), tag)) {
            context.status(304);
        } else {
            context.contentType("application/json").result(json);
        }
    }

    /** Weak comparison, as RFC 9110 has it for If-None-Match. */
    static boolean isKnown(@org.jspecify.annotations.Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(known -> known.equals("*") || opaque(known).equals(opaque(tag)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
