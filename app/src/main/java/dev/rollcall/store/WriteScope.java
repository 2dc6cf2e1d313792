package dev.rollcall.store;

/** What nobody else writes to while a transaction does. */
enum WriteScope {
    /** All of the swarm. */
    SWARM,
    /** The agents of one source, whose sources stay whose they are. Other sources record theirs meanwhile. */
    SOURCE
}
