package dev.rollcall.lifecycle;

/** The end of a cycle that was to be committed: the file is written in any case, also when the commit failed. */
public record CycleEnd(LifecycleOutcome written, StatusCommit.Outcome commit) {}
