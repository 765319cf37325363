/**
 * The HTTP API under {@code /api/v1}: a table of endpoints, what they read and what they answer.
 *
 * <p>{@link dev.baton.gateway.http.Api} puts it together. Requests are checked here, strictly, and turned into commands;
 * chats decide; whatever goes wrong becomes problem details (RFC 9457) in one place, {@link
 * dev.baton.gateway.http.Problems}.
 *
 * <p>Endpoints never block. What they ask has a deadline.
 */
@NullMarked
package dev.baton.gateway.http;

import org.jspecify.annotations.NullMarked;
