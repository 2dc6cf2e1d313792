package dev.rollcall.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the API is, in OpenAPI 3.1. */
final class Description {
    static final String TEXT = text();

    private Description() {}

    private static String text() {
        try (InputStream in = Description.class.getResourceAsStream("openapi.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
