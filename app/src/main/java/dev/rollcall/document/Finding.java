package dev.rollcall.document;

/**
 * Something odd but acceptable in a document.
 *
 * @param code stable lower-case word, for example {@code duplicate_key}
 * @param member the member it is about, as a path like {@code current_tasks[0].priority}; empty for the whole document
 * @param message one sentence for a person
 */
public record Finding(String code, String member, String message) {}
