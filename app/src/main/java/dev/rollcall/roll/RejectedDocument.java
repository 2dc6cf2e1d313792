package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import java.time.Instant;

/**
 * The version of an agent's file that stands rejected.
 *
 * @param since when the file was first seen unacceptable without having been acceptable since
 */
public record RejectedDocument(
        AgentId agent, ParseResult.Rejected rejection, Instant since, String sourcePath, String contentSha256) {}
