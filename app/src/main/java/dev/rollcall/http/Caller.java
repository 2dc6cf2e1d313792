package dev.rollcall.http;

import dev.rollcall.app.Scope;

/**
 * Who asks.
 *
 * @param token the id of the token that was shown; {@code "none"} without one
 * @param address from where
 */
record Caller(String token, Scope scope, String address) {
    static final String NO_TOKEN = "none";
}
