/**
 * The part log: what models have said of answers that are not committed yet, so that what people were shown is what the
 * next runner knows.
 *
 * <p>Read {@link dev.baton.persistence.parts.PartLog} first. The chunks of an episode are a chain: whoever writes takes the
 * next number, and whoever finds it taken has lost the episode to somebody else. That is the whole fence; there are no
 * locks. {@link dev.baton.persistence.parts.PartWriter} writes all chunks of a node in groups, without waiting for the disk:
 * a database that crashes may lose the last of them, which then shows as a gap, or was never shown.
 *
 * <p>May use JDBC, the words of {@code persistence.chat} and their JSON. Knows nothing of runners, models and streams.
 */
@NullMarked
package dev.baton.persistence.parts;

import org.jspecify.annotations.NullMarked;
