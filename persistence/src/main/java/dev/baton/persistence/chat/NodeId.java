package dev.baton.persistence.chat;

/** One life of one node: its address and its incarnation, as {@code akka://baton@127.0.0.1:25520#<uid>}. */
public record NodeId(String value) {

    /** Where it is or was, without the incarnation: another life of the node may answer there. */
    public String address() {
        int end = value.lastIndexOf('#');
        return end < 0 ? value : value.substring(0, end);
    }

    @Override
    public String toString() {
        return value;
    }
}
