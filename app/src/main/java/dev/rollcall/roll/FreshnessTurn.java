package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Instant;

/** An agent that went silent, or spoke again; seen by somebody who watches the time, since no file changes at it. */
public record FreshnessTurn(AgentId agent, Direction direction, Instant at) {
    /** Which way it went. */
    public enum Direction {
        STALE,
        LIVE
    }
}
