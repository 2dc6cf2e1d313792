package dev.rollcall.document;

/**
 * Where and why a text stops being an acceptable document.
 *
 * @param offset counted in the text's UTF-8 bytes without a byte-order mark
 * @param message one sentence, safe to print
 */
record Violation(RejectionCode code, int offset, String message) {}
