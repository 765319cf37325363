/**
 * Who sends a request, and what that one may do.
 *
 * <p>{@link dev.baton.gateway.auth.Callers} is what every door of the gateway asks; the answer is a {@link
 * dev.baton.gateway.auth.Caller}, in whose name all further work is done. Chats belong to owners; a user reaches its own, an
 * operator all of them.
 *
 * <p>Must not know what is asked for: that is the doors' business.
 */
@NullMarked
package dev.baton.gateway.auth;

import org.jspecify.annotations.NullMarked;
