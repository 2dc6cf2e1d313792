/** Tools and resources for agents, by the Model Context Protocol: on stdio and over HTTP. */
@NullMarked
package dev.rollcall.mcp;

import org.jspecify.annotations.NullMarked;
