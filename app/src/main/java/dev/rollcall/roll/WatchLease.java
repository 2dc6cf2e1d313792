package dev.rollcall.roll;

import java.time.Instant;

/**
 * The lead of a watch over one swarm, as the database knows it. The lock that makes one lead belongs to the system; the
 * fence in the database stops one who believes to lead and does not, for example after the machine was asleep.
 *
 * <p><b>What one call does.</b> {@link #lead} takes the lead; {@link #standBehind} binds this connection to a lead that was
 * taken: whatever it records from now on is recorded only while nobody has taken the lead after that. {@link #isAbandoned}
 * asks whether the one who took it last is there no more. <b>Atomic:</b>
 * {@code lead} is one durable transaction; each transaction of {@link RollStore#record} looks at the fence first. <b>A second call</b> of {@code lead} takes it
 * again, with a higher fence. <b>Absent:</b> a swarm nobody has led begins with fence 1. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE, also from {@code record} and
 * {@code standBehind} once somebody else leads. <b>Threads:</b> one at a time; several processes at once.
 */
public interface WatchLease {
    /**
     * @param holder who leads, for people
     * @return the fence: higher than any before
     */
    long lead(String holder, Instant at);

    /**
     * May be called again, to learn whether it still holds.
     *
     * @param holder who took it: where a database has lost the last leads, another one may have the same fence
     */
    void standBehind(String holder, long fence);

    /**
     * Whether the connections of whoever led last have ended; then nobody else is told so while this one lasts. False
     * where the database can not tell, as SQLite.
     */
    boolean isAbandoned();

    /** The fence of whoever led last; 0 when nobody ever has. */
    long fence();
}
