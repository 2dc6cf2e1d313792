package dev.rollcall.document;

/**
 * A place in a file's bytes.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points
 * @param byteOffset counted from 0, in the file's own bytes (a byte-order mark included)
 */
public record Position(int line, int column, long byteOffset) {}
