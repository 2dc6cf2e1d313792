package dev.rollcall.dashboard;

import dev.rollcall.document.AgentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A piece of the roll page for each agent. Most agents look as they did when the page was asked for before: their pieces
 * are kept, and drawn again only where something in them is different. Thread-safe.
 */
final class Pieces {
    /** So many are kept, a kilobyte or two each. */
    private static final int MOST = 2_000;

    private volatile Map<AgentId, Piece> kept = Map.of();

    /** What was drawn, and all that it was drawn from. */
    private record Piece(Member member, String rest, Html html) {
        boolean shows(Member other, String otherRest) {
            return rest.equals(otherRest) && member.isShownLike(other);
        }
    }

    /**
     * Adds a piece for each, in their order.
     *
     * @param rest all that a piece shows besides what {@link Member#isShownLike} compares, such as ages
     */
    void draw(Html html, List<Member> members, Function<Member, String> rest, BiConsumer<Html, Member> drawing) {
        Map<AgentId, Piece> before = kept;
        Map<AgentId, Piece> after = new HashMap<>();
        for (Member member : members) {
            String itsRest = rest.apply(member);
            Piece piece = before.get(member.agent());
            if (piece == null || !piece.shows(member, itsRest)) {
                piece = new Piece(member, itsRest, new Html());
                drawing.accept(piece.html(), member);
            }
            html.add(piece.html());
            if (after.size() < MOST) {
                after.put(member.agent(), piece);
            }
        }
        kept = after;
    }
}
