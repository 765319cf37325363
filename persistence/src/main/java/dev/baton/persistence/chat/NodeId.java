package dev.baton.persistence.chat;

/** One life of one node: its address and its incarnation, as {@code akka://baton@127.0.0.1:25520#<uid>}. */
public record NodeId(String value) {

    /** The life {@code uid}, an unsigned number, of the node at {@code address}. */
    public static NodeId of(String address, String uid) {
        return new NodeId(address + "#" + uid);
    }

    /** Where it is or was, without the incarnation: another life of the node may answer there. */
    public String address() {
        int end = value.lastIndexOf('#');
        return end < 0 ? value : value.substring(0, end);
    }

    /** The incarnation, as an unsigned number; empty when the value names none. */
    public String uid() {
        int end = value.lastIndexOf('#');
        return end < 0 ? "" : value.substring(end + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
