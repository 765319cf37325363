/**
 * A client of Baton's API whose streams come back by themselves.
 *
 * <p>{@link dev.baton.client.BatonClient} is the entry point; read {@link dev.baton.client.ChatStream} next. A stream is
 * pulled: the thread that asks for the next event is the one that dials, reads and waits. Between the network and the
 * caller there is one read's worth of events and the kernel's buffer and nothing else, so a caller who takes his time
 * slows the node down and costs it and himself a bounded amount of memory. Where calls are wanted, {@link
 * dev.baton.client.BatonClient#follow} pulls on a thread of its own for each stream.
 *
 * <p>It speaks HTTP/1.1 over sockets of its own and not by {@code java.net.http.HttpClient}: that one has no close
 * before Java 21. On 17 its selector thread ends some time after the client was found unreachable, and a dial that is
 * under way cannot be cut, so a close that promises that nothing is left could not keep it. What is needed here is
 * little: one request per connection, a body by length, in chunks or until the end, TLS from the JDK. Closing a socket
 * ends a dial, a read and a write of another thread at once, on every JDK.
 *
 * <p>Rules: one {@link dev.baton.client.Line} per request or stream owns at most one connection at a time; a connection
 * is known to its line before it is dialled; there is one way to close it. Everything that is open is in the {@link
 * dev.baton.client.Inventory}, which the client's close empties.
 *
 * <p>May use the JDK and Jackson, and nothing else of Baton.
 */
@NullMarked
package dev.baton.client;

import org.jspecify.annotations.NullMarked;
