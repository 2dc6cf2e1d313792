package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the roll holds of one agent in a window. Immutable. */
public final class AgentPast {
    private static final Comparator<PastVersion> ORDER = Comparator.comparing(PastVersion::observedAt)
            .thenComparingLong(version -> version.revision().revision());

    private final AgentId agent;
    private final Window window;
    private final List<PastVersion> versions;
    private final List<PastVersion> earlier;
    private final List<Gap> gaps;
    private final GapReach reach;
    private final List<Piece> pieces;
    private final List<Stretch> stretches;

    /**
     * A past of what a roll tells.
     *
     * @param versions the one in force at the window's beginning, where there is one, and all that were observed in the
     *     window; in any order
     * @param gaps those that overlap the window, and those before it as far as they are known
     */
    public AgentPast(AgentId agent, Window window, List<PastVersion> versions, List<Gap> gaps) {
        this(agent, window, versions, gaps, List.of());
    }

    /**
     * A past with what counters began from.
     *
     * @param earlier versions from before the others: for each counter that the first of those lacks the last one that has
     *     it, and for a first one of the window's own beginning what came right before it
     */
    public AgentPast(
            AgentId agent, Window window, List<PastVersion> versions, List<Gap> gaps, List<PastVersion> earlier) {
        this.agent = agent;
        this.earlier = earlier.stream().sorted(ORDER).toList();
        this.window = window;
        this.versions = versions.stream().sorted(ORDER).toList();
        this.gaps = gaps.stream().sorted(Gap.ORDER).toList();
        this.reach = new GapReach(this.gaps);
        this.pieces = cut();
        this.stretches = joined();
    }

    /** A {@link Stretch} with the version that tells its condition; null where none does. */
    record Piece(
            Instant from,
            Instant until,
            Condition condition,
            @Nullable PastVersion version) {}

    public AgentId agent() {
        return agent;
    }

    public Window window() {
        return window;
    }

    /** In the order (observed_at, revision); the first can be from before the window. */
    public List<PastVersion> versions() {
        return versions;
    }

    /** Versions from before the others that tell counters, and nothing else. */
    List<PastVersion> earlier() {
        return earlier;
    }

    /** By their beginning; the first can be from before the window. */
    public List<Gap> gaps() {
        return gaps;
    }

    /**
     * The whole window, without overlap and without hole: cut wherever a version came or a gap began or ended. In a gap
     * the version in force does not count; of gaps at one time LEFT goes before REJECTED, and that before PRUNED.
     */
    List<Piece> pieces() {
        return pieces;
    }

    /** The window by condition: neighbouring pieces of one condition are one stretch. */
    public List<Stretch> stretches() {
        return stretches;
    }

    /** Versions that were observed in the window. */
    List<PastVersion> observed() {
        return versions.stream()
                .filter(version -> window.reaches(version.observedAt()))
                .toList();
    }

    /** The version in force at a moment of the window, or at its end. */
    Optional<PastVersion> at(Instant time) {
        for (PastVersion version : versions.reversed()) {
            if (!version.observedAt().isAfter(time)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** What the roll says of the agent at a moment of the window, or at its end. */
    Piece pieceAt(Instant time) {
        return piece(time, time, at(time).orElse(null));
    }

    /** Whether versions could not tell the truth at some time between the two moments. */
    boolean hasGapBetween(Instant first, Instant last) {
        return reach.isAnyBetween(first, last);
    }

    private List<Piece> cut() {
        List<Piece> cut = new ArrayList<>();
        Instant begin = null;
        int seen = 0;
        for (Instant end : cuts()) {
            while (begin != null
                    && seen < versions.size()
                    && !versions.get(seen).observedAt().isAfter(begin)) {
                seen++;
            }
            if (begin != null) {
                cut.add(piece(begin, end, seen == 0 ? null : versions.get(seen - 1)));
            }
            begin = end;
        }
        return List.copyOf(cut);
    }

    private List<Stretch> joined() {
        List<Stretch> joined = new ArrayList<>();
        for (Piece piece : pieces) {
            Instant from = piece.from();
            if (!joined.isEmpty() && joined.getLast().condition() == piece.condition()) {
                from = joined.removeLast().from();
            }
            joined.add(new Stretch(from, piece.until(), piece.condition()));
        }
        return List.copyOf(joined);
    }

    private NavigableSet<Instant> cuts() {
        NavigableSet<Instant> cuts = new TreeSet<>();
        cuts.add(window.from());
        versions.forEach(version -> cuts.add(version.observedAt()));
        for (Gap gap : gaps) {
            cuts.add(gap.from());
            if (gap.until() != null) {
                cuts.add(gap.until());
            }
        }
        cuts.add(window.until());
        return cuts.subSet(window.from(), true, window.until(), true);
    }

    private Piece piece(Instant from, Instant until, @Nullable PastVersion inForce) {
        Optional<Gap.Kind> kind = reach.at(from);
        if (kind.isPresent()) {
            return new Piece(from, until, Condition.of(kind.get()), null);
        }
        return new Piece(from, until, inForce == null ? Condition.UNRECORDED : inForce.condition(), inForce);
    }
}
