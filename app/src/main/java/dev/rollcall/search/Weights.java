package dev.rollcall.search;

/**
 * What counts how much. Chosen on one judged swarm and confirmed on others; decision 0014 tells what was measured.
 *
 * @param words for a passage that shares all words with the question, where one of the same direction counts 1
 * @param profile for an agent whose profile has the question's direction
 * @param outOfScope less for a passage that the scope is not after
 * @param lead for the distance between the best agent and the next one, when it comes to trust
 * @param unknown less trust when no agent has ever used any word of the question
 * @param strong trust from which a hit is strong
 */
record Weights(double words, double profile, double outOfScope, double lead, double unknown, double strong) {
    static final Weights STANDARD = new Weights(0.2, 0.4, 0.1, 1, 0.2, 0.37);

    /** What an agent scores whose passage and profile are the question itself. */
    double highest() {
        return 1 + words + profile;
    }
}
