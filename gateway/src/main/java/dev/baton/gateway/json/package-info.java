/**
 * The words of the HTTP API and of the streams: chats, messages, parts and failures as JSON in snake_case.
 *
 * <p>Shapes here are contracts: fields may be added, never renamed or given another meaning. Knows neither HTTP nor
 * sockets, so that both can use it.
 */
@NullMarked
package dev.baton.gateway.json;

import org.jspecify.annotations.NullMarked;
