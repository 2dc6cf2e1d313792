package dev.rollcall.report;

import dev.rollcall.document.AgentId;

/** An agent whose blocker names another. */
public record WaitsFor(AgentId waiting, AgentId awaited, String blocker) {}
