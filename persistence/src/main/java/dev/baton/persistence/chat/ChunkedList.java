package dev.baton.persistence.chat;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * An immutable list that shares its chunks with the lists made from it, so that appending to a long one copies one chunk
 * at most. Replaying a chat would take time by the square of its length otherwise.
 */
final class ChunkedList<E> extends AbstractList<E> implements RandomAccess {
    private static final int BITS = 7;
    private static final int CHUNK = 1 << BITS;
    private static final int WITHIN = CHUNK - 1;
    private static final ChunkedList<?> EMPTY = new ChunkedList<>(new Object[0][], new Object[0]);

    /** Each of these holds {@link #CHUNK} elements. */
    private final Object[][] full;

    /** The elements after those in full chunks: none only when the list is empty. */
    private final Object[] tail;

    private ChunkedList(Object[][] full, Object[] tail) {
        this.full = full;
        this.tail = tail;
    }

    static <E> ChunkedList<E> copyOf(List<E> elements) {
        return elements instanceof ChunkedList<E> already
                ? already
                : ChunkedList.<E>empty().with(elements);
    }

    @SuppressWarnings("unchecked")
    private static <E> ChunkedList<E> empty() {
        return (ChunkedList<E>) EMPTY;
    }

    /** This list with {@code more} after its last element. */
    ChunkedList<E> with(List<? extends E> more) {
        Object[][] chunks = full;
        Object[] last = tail;
        int taken = 0;
        while (taken < more.size()) {
            if (last.length == CHUNK) {
                chunks = Arrays.copyOf(chunks, chunks.length + 1);
                chunks[chunks.length - 1] = last;
                last = new Object[0];
            }
            int room = Math.min(CHUNK - last.length, more.size() - taken);
            Object[] pieces = more.subList(taken, taken + room).toArray();
            last = Arrays.copyOf(last, last.length + room);
            System.arraycopy(pieces, 0, last, last.length - room, room);
            taken += room;
        }
        return new ChunkedList<>(chunks, last);
    }

    /** The elements before {@code end}. */
    ChunkedList<E> first(int end) {
        return end == size() ? this : ChunkedList.<E>empty().with(subList(0, end));
    }

    @Override
    @SuppressWarnings("unchecked")
    public E get(int index) {
        int chunk = index >> BITS;
        return (E) (chunk < full.length ? full[chunk][index & WITHIN] : tail[index - full.length * CHUNK]);
    }

    @Override
    public int size() {
        return full.length * CHUNK + tail.length;
    }
}
