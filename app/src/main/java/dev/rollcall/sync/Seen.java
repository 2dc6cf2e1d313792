package dev.rollcall.sync;

import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusDocument;
import java.time.Instant;

/** What a look at an agent's file came to. */
public sealed interface Seen {
    /** When the file was looked at. */
    Instant at();

    /** A finished, acceptable document. */
    record Settled(StatusDocument document, FileStamp stamp, Instant at) implements Seen {}

    /** A finished file that is not acceptable; without bytes when it was judged without opening it. */
    record Unacceptable(ParseResult.Rejected rejection, byte[] bytes, FileStamp stamp, Instant at) implements Seen {}

    /** No file. */
    record Gone(Instant at) implements Seen {}

    /** Somebody may be writing it right now; {@code soFar} is what it would be judged if nothing more came. */
    record Unsettled(Seen soFar) implements Seen {
        @Override
        public Instant at() {
            return soFar.at();
        }
    }
}
