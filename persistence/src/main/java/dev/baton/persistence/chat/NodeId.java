package dev.baton.persistence.chat;

/** One life of one node: its address and its incarnation, as {@code akka://baton@127.0.0.1:25520#<uid>}. */
public record NodeId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
