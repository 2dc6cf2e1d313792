package dev.rollcall.roll;

/**
 * What thinning out a history takes away, or would.
 *
 * @param versions how many versions go
 * @param bytes what their documents take in history, compressed; versions that stay and were told by their difference to
 *     one that goes may take more afterwards
 * @param held versions that had to stay, because a damaged one that stays is told by its difference to them
 */
public record Thinned(long versions, long bytes, long held) {
    public static final Thinned NOTHING = new Thinned(0, 0, 0);

    public Thinned plus(Thinned other) {
        return new Thinned(versions + other.versions, bytes + other.bytes, held + other.held);
    }
}
