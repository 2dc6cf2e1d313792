package dev.rollcall.lifecycle;

import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusEdit;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.StatusView;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Adding to a counter: to the member that the counter's column shows, so that what people see never seems to fall. A
 * number written as text stays text.
 */
final class Sum {
    /** Beyond this a literal like 1e999999999 would be spelled out, digit by digit. */
    static final int MAX_DIGITS = 100;

    private Sum() {}

    static void add(StatusEdit edit, StatusDocument document, StatusField counter, BigDecimal points) {
        Optional<JsonValue.Member> shown = StatusView.memberBehind(document, counter);
        if (shown.isEmpty()) {
            requireAbsent(document, counter);
            edit.setNumber(counter.column(), points);
            return;
        }
        String member = shown.get().name();
        switch (shown.get().value()) {
            case JsonValue.Num number ->
                edit.setNumber(member, shownBy(counter, member, sum(member, number.literal(), points)));
            case JsonValue.Text text ->
                edit.setText(
                        member,
                        shownBy(counter, member, sum(member, text.value(), points))
                                .toPlainString());
            case JsonValue other -> throw notEditable(member, "is of type " + other.typeName() + ", not a number");
        }
    }

    /** Whether the number can be spelled out without harm. */
    static boolean isModest(BigDecimal number) {
        return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
    }

    private static BigDecimal sum(String member, String literal, BigDecimal points) {
        try {
            BigDecimal number = new BigDecimal(literal.strip());
            if (isModest(number)) {
                return number.add(points);
            }
        } catch (NumberFormatException unusual) {
            throw notEditable(member, "is a number in a spelling that can not be added to");
        }
        throw notEditable(member, "has more than " + MAX_DIGITS + " digits");
    }

    /** The cycle counter's column holds 64 bits: one more than those, and the count would vanish from the roll. */
    private static BigDecimal shownBy(StatusField counter, String member, BigDecimal sum) {
        if (counter == StatusField.CYCLE_COUNT && sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw notEditable(member, "would exceed " + Long.MAX_VALUE);
        }
        return sum;
    }

    private static void requireAbsent(StatusDocument document, StatusField counter) {
        document.root().member(counter.column()).ifPresent(unusable -> {
            throw notEditable(unusable.name(), "is of type " + unusable.value().typeName() + ", not a usable number");
        });
    }

    private static ProblemException notEditable(String member, String why) {
        return new ProblemException(
                ProblemCode.DOCUMENT_NOT_EDITABLE,
                "member " + member + " of status.json " + why,
                "Mend the member in the file; it was left as it is.");
    }
}
