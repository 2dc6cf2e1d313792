package dev.rollcall.document;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How many bytes of a sequence are well-formed, after table 3-7 of the Unicode Standard. */
final class WellFormed {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private WellFormed() {}

    /** The offset of the first byte that belongs to no well-formed UTF-8 character, or the length. */
    static int utf8Prefix(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            if (i + Long.BYTES <= bytes.length && ((long) EIGHT_BYTES.get(bytes, i) & NOT_ASCII) == 0) {
                i += Long.BYTES;
                continue;
            }
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = characterLength(bytes, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return i;
    }

    /** The same for UTF-16 without a mark: half a unit and half a pair of surrogates are malformed. */
    static int utf16Prefix(byte[] bytes, ByteOrder order) {
        int i = 0;
        while (i + 1 < bytes.length) {
            char unit = unit(bytes, i, order);
            if (!Character.isSurrogate(unit)) {
                i += 2;
            } else if (i + 3 < bytes.length && Character.isSurrogatePair(unit, unit(bytes, i + 2, order))) {
                i += 4;
            } else {
                return i;
            }
        }
        return i;
    }

    private static char unit(byte[] bytes, int at, ByteOrder order) {
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return (char) (order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first);
    }

    /** Bytes of the character that begins here, or 0 when none does. */
    private static int characterLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length = lengthByLead(lead);
        if (length == 0 || at + length > bytes.length || !isSecond(lead, bytes[at + 1] & 0xFF)) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int lengthByLead(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    /** Leaves out overlong forms, surrogates and what lies beyond U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }
}
