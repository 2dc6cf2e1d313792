package dev.rollcall.roll;

/**
 * One text of a document worth finding by meaning.
 *
 * @param key identifies the passage within its agent: the field and a digest of the text, so that it stays the same
 *     while a list around it changes
 * @param field role, mission, phase, current_task, completed_task, achievement, blocker or next_action; profile for who
 *     the agent is and what it is at; else the names of the members that lead to the text, joined by dots
 * @param textSha256 lower-case hex of the text's UTF-8 bytes
 */
public record Passage(String key, String field, String text, String textSha256) {}
