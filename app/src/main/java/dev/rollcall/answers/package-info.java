/** What can be asked of a swarm, and the answers as JSON: the same for the command line, HTTP and MCP. */
@NullMarked
package dev.rollcall.answers;

import org.jspecify.annotations.NullMarked;
