package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.RollPassages.FoundPassage;

/**
 * An agent that answers a question, and the passage that says so best.
 *
 * @param score what hits are ordered by: similarity, shared words and profile, see {@link Ranking}
 * @param similarity cosine of question and passage, -1 to 1; 0 where there is no model
 * @param sharedWords share of the question's words in the passage, rare ones counting more, 0 to 1
 * @param profile cosine of question and the agent's profile; 0 without either
 */
public record Hit(
        AgentId agent,
        double score,
        Strength strength,
        FoundPassage passage,
        double similarity,
        double sharedWords,
        double profile) {
    /** Whether somebody should rely on it. */
    public enum Strength {
        STRONG,
        WEAK
    }
}
